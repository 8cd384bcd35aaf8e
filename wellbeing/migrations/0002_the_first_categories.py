"""The categories of the bureau's scheme. Source: reply to proposal 61129, row 8; decision 0090."""

from datetime import date

from django.db import migrations

CATEGORIES = [
    # code, name, English name, days, weight, whether the mentor must be qualified
    ("left_behind", "留守儿童", "Left-behind child", 30, 2, False),
    ("single_parent", "单亲家庭", "Single-parent family", 30, 2, False),
    ("divorced", "离异家庭", "Divorced family", 30, 2, False),
    ("migrant", "流动儿童", "Migrant child", 30, 2, False),
    ("orphan", "孤儿", "Orphan", 21, 3, False),
    ("in_difficulty", "困境儿童", "Child in difficulty", 21, 3, False),
    ("family_upheaval", "家庭变故", "Upheaval in the family", 14, 3, True),
    ("needs_support", "心理需要支持", "Needs psychological support", 14, 3, True),
]


def add(apps, schema_editor):
    LedgerCategory = apps.get_model("wellbeing", "LedgerCategory")
    for number, (code, name, name_en, days, weight, qualified) in enumerate(CATEGORIES):
        LedgerCategory.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            days=days,
            weight=weight,
            needs_qualified=qualified,
            position=(number + 1) * 10,
            starts_on=date(2023, 9, 1),
        )


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0001_the_ledger")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
