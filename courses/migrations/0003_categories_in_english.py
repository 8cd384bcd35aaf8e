"""Credit categories have an English name."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0002_transcript_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='creditcategory',
            name='name_en',
            field=models.CharField(blank=True, db_default='', max_length=120, verbose_name='英文名称'),
        ),
    ]
