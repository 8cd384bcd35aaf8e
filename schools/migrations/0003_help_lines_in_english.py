"""The national help lines are read in English too."""

from django.db import migrations, models


LINES = {
    "110": ("Police", "Somebody is being hurt or threatened, or needs rescue", "All day"),
    "120": ("Ambulance", "Somebody is injured, has taken an overdose or may die", "All day"),
    "12356": (
        "National psychological help line",
        "Low spirits, fear, thoughts of not going on, or worry about somebody near you",
        "",
    ),
    "12355": ("Youth service line", "Growing pains, quarrels at home, rights that are hurt", ""),
    "12338": (
        "Line for the rights of women and children",
        "Violence at home or abuse, when legal help is needed",
        "",
    ),
}


def translate(apps, schema_editor):
    HelpLine = apps.get_model("schools", "HelpLine")
    for number, (name, description, hours) in LINES.items():
        HelpLine.objects.filter(number=number).update(
            name_en=name, description_en=description, hours_en=hours
        )


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0002_national_help_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpline',
            name='description_en',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='什么时候打（英文）'),
        ),
        migrations.AddField(
            model_name='helpline',
            name='hours_en',
            field=models.CharField(blank=True, db_default='', max_length=120, verbose_name='服务时间（英文）'),
        ),
        migrations.AddField(
            model_name='helpline',
            name='name_en',
            field=models.CharField(blank=True, db_default='', max_length=120, verbose_name='英文名称'),
        ),
        migrations.RunPython(translate, migrations.RunPython.noop),
    ]
