from django.db import migrations, models
from django.db.models import OuterRef, Subquery
import django.db.models.deletion


def name_the_schools(apps, schema_editor):
    """The trigger that guards what is frozen names its columns, and this one is new to it."""
    evaluations = apps.get_model("evaluation", "TermEvaluation").objects
    unit = evaluations.filter(pk=OuterRef("evaluation")).values("unit")
    apps.get_model("evaluation", "Freeze").objects.update(unit=Subquery(unit))


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_objections"), ("schools", "0009_messages_of_constraints")]

    operations = [
        migrations.AddField(
            model_name="freeze",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="freezes",
                to="schools.unit",
                verbose_name="学校",
            ),
        ),
        migrations.RunPython(name_the_schools, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="freeze",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="freezes",
                to="schools.unit",
                verbose_name="学校",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                fields=["unit", "term"],
                name="evaluation_freeze_once_in_a_term",
                violation_error_message="这所学校这个学期的评价已经冻结。",
            ),
        ),
    ]
