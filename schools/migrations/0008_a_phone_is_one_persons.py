"""A phone is one person's; where two have it by a race, who was recorded first keeps it."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def keep_the_first(apps, schema_editor):
    teachers = apps.get_model("schools", "Teacher").objects
    earlier = teachers.filter(phone=OuterRef("phone"), created_at__lt=OuterRef("created_at"))
    same = teachers.filter(
        phone=OuterRef("phone"), created_at=OuterRef("created_at"), pk__lt=OuterRef("pk")
    )
    doubled = teachers.exclude(phone="").filter(Q(Exists(earlier)) | Q(Exists(same)))
    teachers.filter(pk__in=list(doubled.values_list("pk", flat=True))).update(phone="")


class Migration(migrations.Migration):
    dependencies = [("schools", "0007_rosters_bring_pupils")]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="teacher",
            constraint=models.UniqueConstraint(
                condition=~Q(phone=""),
                fields=("phone",),
                name="schools_teacher_phone_once",
                violation_error_message="这个手机号已登记在另一位教师名下，请核对。",
            ),
        ),
    ]
