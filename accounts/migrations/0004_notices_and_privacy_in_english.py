"""Notices are put into words when they are read; the privacy notice is read in English too."""

import wagtail.fields
from django.db import migrations, models

BODY_EN = """
<h2>What we collect</h2>
<p>The platform keeps your name, staff number, mobile number, school and posts, and your records of study, credit hours, certificates and work on the platform. Your school or bureau supplies them, or they arise as you use the platform.</p>
<h2>What it is used for</h2>
<p>Only for teacher training, the keeping of credit hours and certificates, the mentoring of pupils, and the care of pupils as the law provides. It is not used for business, and not given to anybody who has no part in this.</p>
<h2>Who can see it</h2>
<p>You can see all of your own records. Staff of schools, counties and the bureau see only what their post covers; when a post ends, so does the sight, from the next visit on. Every look at a pupil's case leaves a record.</p>
<h2>How it is protected</h2>
<p>Passwords and recovery codes are kept as digests only, and text about pupils is stored encrypted. Accounts that reach information about pupils need a one-time code to sign in and are signed out when left idle.</p>
<h2>About children under fourteen</h2>
<p>Pupils' personal data are sensitive. Pupils have no standing accounts; screening and counselling of children under fourteen need a guardian's consent first, collect only what is necessary, and are in the hands of named staff. Guardians may ask the school to see or correct the data, or to delete what should not be kept.</p>
<h2>Your rights</h2>
<p>You may see and correct your own data, and see and end your sessions on other devices. If something is wrong, or you suspect a leak, tell your school's administrator or the bureau at once.</p>
"""


def translate(apps, schema_editor):
    notices = apps.get_model("accounts", "PrivacyNotice").objects
    notices.filter(version="2026-1", body_en="").update(body_en=BODY_EN.strip())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_first_privacy_notice")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="values",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                verbose_name="内容中的值",
            ),
        ),
        migrations.AddField(
            model_name="privacynotice",
            name="body_en",
            field=wagtail.fields.RichTextField(
                blank=True, db_default="", verbose_name="正文（英文）"
            ),
        ),
        migrations.RunPython(translate, migrations.RunPython.noop),
    ]
