
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0003_qualifications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='certificatecheck',
            options={'verbose_name': '批量查验', 'verbose_name_plural': '批量查验'},
        ),
        migrations.AlterModelOptions(
            name='verificationlog',
            options={'verbose_name': '查验记录', 'verbose_name_plural': '查验记录'},
        ),
        migrations.AlterField(
            model_name='certificate',
            name='address',
            field=models.URLField(verbose_name='查验地址'),
        ),
        migrations.AlterField(
            model_name='certificatecheck',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_checks', to=settings.AUTH_USER_MODEL, verbose_name='查验人'),
        ),
    ]
