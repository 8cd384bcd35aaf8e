import django.db.models.deletion
from django.db import migrations, models

from core import triggers


def queue_what_is_unsealed(apps, schema_editor):
    """First the trigger, which waits for writers at work, then the rows from before it."""
    with schema_editor.connection.cursor() as cursor:
        for command in triggers.awaiting_seal(schema_editor.connection):
            cursor.execute(command)
        cursor.execute(
            "INSERT INTO core_unsealedevent (event_id) SELECT id FROM core_auditevent "
            "WHERE NOT EXISTS (SELECT 1 FROM core_auditseal WHERE event_id = core_auditevent.id)"
        )


def take_the_trigger_away(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON core_auditevent"
    schema_editor.execute(f"DROP TRIGGER IF EXISTS core_auditevent__awaits_seal{on_table}")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnsealedEvent',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='unsealed', serialize=False, to='core.auditevent', verbose_name='审计记录')),
            ],
            options={
                'verbose_name': '待封存的审计记录',
                'verbose_name_plural': '待封存的审计记录',
            },
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['verb', 'at'], name='core_audit_verb'),
        ),
        migrations.RunPython(queue_what_is_unsealed, take_the_trigger_away),
    ]
