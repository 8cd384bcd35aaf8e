from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0008_a_lease_counts_its_beats'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='enrolment',
            name='courses_enrol_floor_below_done',
        ),
        migrations.RemoveField(
            model_name='enrolment',
            name='percent_floor',
        ),
    ]
