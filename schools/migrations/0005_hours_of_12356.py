"""12356 answers at least 18 hours a day in every prefecture.

Source: the national rule for the line (each prefecture: one line, two seats, 18 hours a day).
"""

from django.db import migrations


def add_hours(apps, schema_editor):
    lines = apps.get_model("schools", "HelpLine").objects.filter(number="12356")
    lines.filter(hours="").update(hours="每天不少于 18 小时")
    lines.filter(hours_en="").update(hours_en="At least 18 hours a day")


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_a_roster_taken_before")]

    operations = [migrations.RunPython(add_hours, migrations.RunPython.noop)]
