import re
import unicodedata
from contextlib import contextmanager

from django.db import migrations
from django.db.models import Q

BRACKETS = str.maketrans(dict.fromkeys("〔[［【(（「﹝{｛〖", "〔") | dict.fromkeys("〕]］】)）」﹞}｝〗", "〕"))
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
SHAPE = re.compile(r"(?P<prefix>.+?)〔(?P<year>\d{4})〕(?:第)?(?P<sequence>\d+)号?")
LAID = {
    "sqlite": "SELECT name, '', sql FROM sqlite_master WHERE type = 'trigger' "
    "AND name = 'certification_certificate__append_only_update'",
    "postgresql": "SELECT tgname, ' ON certification_certificate', pg_get_triggerdef(oid) "
    "FROM pg_trigger WHERE tgname = 'certification_certificate__append_only'",
}


def spell_keys_anew(apps, schema_editor):
    """An older release kept the brackets of a prefix as they were in the key, and a number that is
    looked up has one kind of bracket. Of two that would read the same now the later one stays.
    """
    certificates = apps.get_model("certification", "Certificate").objects
    bracketed = Q()
    for bracket in "([{【「〖":
        bracketed |= Q(number_key__contains=bracket)
    found = certificates.filter(bracketed).order_by("created_at", "pk")
    kept = list(found.values_list("pk", "number", "number_key"))
    if not kept:
        return
    with without_the_trigger(schema_editor):
        for pk, number, key in kept:
            meant = key_of(number)
            if meant and meant != key and not certificates.filter(number_key=meant):
                certificates.filter(pk=pk).update(number_key=meant)


def key_of(number):
    """The key of a printed number by the rules of this release; None where it cannot be read."""
    visible = INVISIBLE.sub("", number).translate(BRACKETS)
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", visible)).translate(BRACKETS)
    match = SHAPE.fullmatch(plain)
    if match is None or not match["sequence"].isascii() or not match["year"].isascii():
        return None
    sequence = int(match["sequence"]) if len(match["sequence"]) <= 12 else 0
    if sequence < 1:
        return None
    return f"{match['prefix']}〔{int(match['year'])}〕{sequence}"


@contextmanager
def without_the_trigger(schema_editor):
    """The key is no fact of the paper: it may be spelled anew, and nothing else meanwhile."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(LAID[connection.vendor])
        laid = cursor.fetchall()
        for name, on_table, _definition in laid:
            cursor.execute(f"DROP TRIGGER {name}{on_table}")
        yield
        for _name, _on_table, definition in laid:
            cursor.execute(definition)


class Migration(migrations.Migration):
    dependencies = [("certification", "0006_events_are_named_as_acts")]

    operations = [migrations.RunPython(spell_keys_anew, migrations.RunPython.noop)]
