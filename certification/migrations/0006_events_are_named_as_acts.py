
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0005_messages_of_constraints'),
    ]

    operations = [
        migrations.AlterField(
            model_name='certificateevent',
            name='kind',
            field=models.CharField(choices=[('requested', '编号'), ('held', '暂缓签发'), ('retried', '要求重新生成'), ('issued', '签发'), ('superseded', '换发'), ('revoked', '撤销')], max_length=12, verbose_name='事件'),
        ),
    ]
