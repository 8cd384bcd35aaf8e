from datetime import date

from django.db import migrations


def first_scheme(apps, schema_editor):
    """Source: decision 0095; the bureau changes it by a new version."""
    apps.get_model("evaluation", "Scheme").objects.create(
        version=1,
        starts_on=date(2023, 9, 1),
        weights={"covered_days": 45, "required_products": 25},
        floors=[9000, 7500, 6000],
        margin=100,
        effective_from=7500,
        notice_days=5,
    )


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_sheets")]

    operations = [migrations.RunPython(first_scheme, migrations.RunPython.noop)]
