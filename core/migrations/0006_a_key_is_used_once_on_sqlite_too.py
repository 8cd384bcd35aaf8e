from django.db import migrations, models


def keep_the_first(apps, schema_editor):
    """SQLite has had no such constraint: of several answers under one key the first one counts."""
    answers = apps.get_model('core', 'IdempotencyRecord').objects
    place = ('actor_id', 'route', 'key')
    for used in answers.values(*place).annotate(count=models.Count('pk')).filter(count__gt=1):
        of_one_key = answers.filter(**{name: used[name] for name in place})
        later = of_one_key.order_by('created_at', 'pk').values_list('pk', flat=True)[1:]
        answers.filter(pk__in=list(later)).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_the_trace_is_found_by_unit'),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='idempotencyrecord',
            name='core_idempotency_once',
        ),
        migrations.AddConstraint(
            model_name='idempotencyrecord',
            constraint=models.UniqueConstraint(fields=('actor_id', 'route', 'key'), name='core_idempotency_once', violation_error_message='这个请求编号已经用过，请换一个编号。'),
        ),
        migrations.AddConstraint(
            model_name='idempotencyrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('actor_id__isnull', True)), fields=('route', 'key'), name='core_idempotency_once_of_nobody', violation_error_message='这个请求编号已经用过，请换一个编号。'),
        ),
    ]
