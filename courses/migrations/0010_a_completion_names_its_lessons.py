from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0009_progress_is_weighed_not_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='coursecompletion',
            name='lessons',
            field=models.JSONField(editable=False, null=True, verbose_name='计入的课节'),
        ),
    ]
