"""A slip is good while its owner works where it was handed out; open ones are printed anew."""

from django.db import migrations, models
from django.db.models.functions import Now


def withdraw_open_slips(apps, schema_editor):
    slips = apps.get_model("accounts", "Slip").objects
    slips.filter(redeemed_at=None, withdrawn_at=None).update(withdrawn_at=Now())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_notices_and_privacy_in_english")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="place",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=70, verbose_name="签发时的单位"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(withdraw_open_slips, migrations.RunPython.noop),
    ]
