from datetime import date

from django.db import migrations


def first_rules(apps, schema_editor):
    """Source: decision 0082; the bureau changes them by a new version."""
    apps.get_model("mentoring", "RuleSet").objects.create(
        version=1,
        soft_cap=15,
        hard_cap=20,
        weights={},
        cadence_days=45,
        care_weight=1,
        starts_on=date(2023, 9, 1),
    )


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0001_assignments")]

    operations = [migrations.RunPython(first_rules, migrations.RunPython.noop)]
