"""The national help lines stand in the register from the beginning."""

from datetime import date

from django.db import migrations

LINES = [
    # number, name, when to call, hours, emergency, in service since
    ("110", "公安报警", "有人正在受到伤害或威胁，或需要紧急救助", "全天", True, date(1986, 1, 10)),
    ("120", "医疗急救", "有人受伤、服药过量或有生命危险", "全天", True, date(1986, 1, 1)),
    ("12356", "全国统一心理援助热线", "情绪低落、焦虑、想不开，或担心身边的人", "", False, date(2025, 5, 1)),
    ("12355", "青少年服务台", "成长烦恼、家庭矛盾、权益受到侵害", "", False, date(2006, 1, 1)),
    ("12338", "妇女儿童维权热线", "遭受家庭暴力或侵害，需要法律帮助", "", False, date(2005, 1, 1)),
]


def add(apps, schema_editor):
    HelpLine = apps.get_model("schools", "HelpLine")
    for position, (number, name, description, hours, emergency, since) in enumerate(LINES):
        HelpLine.objects.create(
            number=number,
            name=name,
            description=description,
            hours=hours,
            is_emergency=emergency,
            starts_on=since,
            position=(position + 1) * 10,
        )


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
