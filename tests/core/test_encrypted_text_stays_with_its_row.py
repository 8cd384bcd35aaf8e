"""A note about a child is readable through its own row only, and never by accident."""

from __future__ import annotations

import json
import logging
import pickle
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction

from core import crypto
from core.fields import Ciphertext, EncryptedTextField, Sealed
from tests.core.shelf.models import Letter

pytestmark = pytest.mark.django_db
NOTE = "小雨的妈妈在外打工，最近常常哭。"


def stored(letter: Letter, column: str = "text") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM shelf_letter WHERE id = %s",
            [letter.pk.hex if connection.vendor == "sqlite" else letter.pk],
        )
        return bytes(cursor.fetchone()[0])


def test_the_database_holds_only_ciphertext_and_the_row_reads_it_back():
    letter = Letter.objects.create(text=NOTE)
    assert NOTE.encode() not in stored(letter)
    assert stored(letter)[:5] == b"\x01\x01\x02k1"
    assert Letter.objects.get().text == NOTE


def test_saving_an_unread_row_keeps_its_ciphertext_and_reading_gives_a_fresh_one():
    letter = Letter.objects.create(text=NOTE)
    before = stored(letter)
    unread = Letter.objects.get()
    unread.save()
    assert stored(letter) == before
    assert unread.text == NOTE
    unread.save()
    assert stored(letter) != before
    assert Letter.objects.get().text == NOTE


def test_empty_and_missing_texts_stay_what_they_are():
    letter = Letter.objects.create()
    again = Letter.objects.get()
    assert (again.text, again.aside) == ("", None)
    assert stored(letter) != b""
    assert Letter.objects.filter(aside__isnull=True).count() == 1


def test_rows_made_in_bulk_are_encrypted_too():
    Letter.objects.bulk_create([Letter(text="甲"), Letter(text="乙")])
    assert sorted(letter.text for letter in Letter.objects.all()) == ["乙", "甲"]
    assert "甲".encode() not in stored(Letter.objects.first())


def test_writing_past_the_row_is_refused():
    letter = Letter.objects.create(text=NOTE)
    with pytest.raises(TypeError), transaction.atomic():
        Letter.objects.update(text="改")
    letter.text = "改"
    with pytest.raises(TypeError), transaction.atomic():
        Letter.objects.bulk_update([letter], ["text"])
    assert Letter.objects.get().text == NOTE


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__startswith", "text__in"])
def test_looking_up_by_content_is_refused(lookup: str):
    with pytest.raises((TypeError, FieldError)):
        list(Letter.objects.filter(**{lookup: [NOTE] if lookup.endswith("in") else NOTE}))


def test_a_deferred_text_is_loaded_when_it_is_read():
    letter = Letter.objects.create(text=NOTE, aside="旁注")
    assert Letter.objects.defer("text").get().text == NOTE
    assert Letter.objects.only("title").get().aside == "旁注"
    lazy = Letter.objects.defer("text").get()
    lazy.title = "信"
    lazy.save()
    letter.refresh_from_db()
    assert (letter.text, letter.title) == (NOTE, "信")


def test_refreshing_forgets_what_was_typed():
    letter = Letter.objects.create(text=NOTE)
    letter.text = "没有保存"
    letter.refresh_from_db()
    assert letter.text == NOTE
    letter.text = "没有保存"
    letter.refresh_from_db(fields=["text"])
    assert letter.text == NOTE


def test_lists_of_values_give_something_opaque():
    Letter.objects.create(text=NOTE)
    value = Letter.objects.values_list("text", flat=True).get()
    assert isinstance(value, Ciphertext)
    assert (str(value), repr(value), f"{value}") == ("<Ciphertext>",) * 3


def test_a_text_moved_to_another_row_or_column_is_refused():
    mine, other = Letter.objects.create(text=NOTE), Letter.objects.create(text="别人的")
    ciphertext = Letter.objects.values_list("text", flat=True).get(pk=mine.pk)
    Letter.objects.filter(pk=other.pk).update(text=bytes(ciphertext))
    Letter.objects.filter(pk=mine.pk).update(aside=bytes(ciphertext))
    with pytest.raises(crypto.Tampered):
        _ = Letter.objects.get(pk=other.pk).text
    with pytest.raises(crypto.Tampered):
        _ = Letter.objects.get(pk=mine.pk).aside
    assert Letter.objects.get(pk=mine.pk).text == NOTE


def test_a_copied_row_is_refused_unless_its_text_was_read():
    Letter.objects.create(text=NOTE)
    copy = Letter.objects.get()
    copy.pk = uuid4()
    copy._state.adding = True
    with pytest.raises(crypto.Tampered), transaction.atomic():
        copy.save(force_insert=True)
    original = Letter.objects.get()
    assert original.text == NOTE
    _ = original.aside
    original.pk = uuid4()
    original._state.adding = True
    original.save(force_insert=True)
    assert [letter.text for letter in Letter.objects.all()] == [NOTE, NOTE]


def test_an_unread_row_may_be_put_back_under_its_own_key():
    Letter.objects.create(text=NOTE)
    unread = Letter.objects.get()
    Letter.objects.all().delete()
    unread.save(force_insert=True)
    assert Letter.objects.get().text == NOTE


def test_a_row_without_a_key_cannot_hold_a_secret():
    with pytest.raises(ValueError, match="key before saving"):
        Letter._meta.get_field("text").bound(Letter(pk=None, text=NOTE))


def test_the_wrong_key_raises_and_never_shows_ciphertext(settings, tmp_path):
    letter = Letter.objects.create(text=NOTE)
    settings.FIELD_KEYS_FILE = tmp_path / "other.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    with pytest.raises(crypto.Tampered):
        _ = Letter.objects.get().text
    ring = json.loads(settings.FIELD_KEYS_FILE.read_text())
    renamed = {"current": "k9", "keys": {"k9": ring["keys"]["k1"]}}
    (tmp_path / "third.json").write_text(json.dumps(renamed))
    settings.FIELD_KEYS_FILE = tmp_path / "third.json"
    with pytest.raises(crypto.KeyFault, match="k1"):
        _ = Letter.objects.get().text
    assert letter.text == NOTE


def test_nothing_is_shown_by_representation_log_or_debugger(caplog):
    Letter.objects.create(text=NOTE, title="信")
    letter = Letter.objects.get()
    logging.getLogger("core").warning("read %r and %r", letter.text, letter.__dict__)
    assert NOTE not in caplog.text + repr(letter) + repr(vars(letter))
    assert repr(letter.text) == "<Sealed>"
    assert isinstance(letter.text, Sealed)
    assert str(letter.text) == NOTE
    assert pickle.loads(pickle.dumps(letter)).text == NOTE


def test_it_is_not_serialised():
    letter = Letter.objects.create(text=NOTE)
    with pytest.raises(TypeError, match="not serialised"):
        serializers.serialize("json", [letter])


def test_validation_sees_the_text_and_forms_do_not_see_the_field():
    letter = Letter(text=NOTE, title="信", aside="")
    letter.clean_fields(exclude=["aside"])
    assert letter.text == NOTE
    assert not Letter._meta.get_field("text").editable


def test_a_default_may_be_a_text_or_a_call():
    assert EncryptedTextField(default="无").get_default() == "无"
    assert EncryptedTextField(default=lambda: "现算").get_default() == "现算"
    assert isinstance(Letter.__dict__["text"].__get__(None, Letter), type(Letter.__dict__["text"]))


def test_a_person_has_one_key_for_a_purpose_and_nobody_else_has_it(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    mine = crypto.personal_key("wang", "drafts")
    assert len(mine) == 32
    assert crypto.personal_key("wang", "drafts") == mine
    crypto.add_key(settings.FIELD_KEYS_FILE)
    assert crypto.personal_key("wang", "drafts") == mine
    assert crypto.personal_key("li", "drafts") != mine
    assert crypto.personal_key("wang", "other") != mine


def test_a_file_without_an_index_key_gives_no_personal_key():
    ring = crypto.KeyRing(current="k1", keys={"k1": bytes(32)})
    with pytest.raises(crypto.KeyFault, match=r"manage\.py prepare"):
        crypto.personal_key("wang", "drafts", ring)
