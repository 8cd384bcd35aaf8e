"""Rotation: two keys readable, resumable, nothing lost; every unreadable value is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from core import crypto, rotation
from tests.core.shelf.models import Entry, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path, monkeypatch):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    monkeypatch.setattr(rotation, "places", lambda: _letters())


def _letters():
    return [(Letter, Letter._meta.get_field("text")), (Letter, Letter._meta.get_field("aside"))]


def call(name, capsys, *words):
    code = 0
    try:
        call_command(name, *words)
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr()


def letters(count: int = 5) -> None:
    Letter.objects.bulk_create(
        [Letter(text=f"第{n}封", aside="旁" if n else None) for n in range(count)]
    )


def test_all_values_move_to_the_new_key(capsys):
    letters()
    code, said = call("rotate_field_keys", capsys, "--add-key", "--batch", "2", "--json")
    assert code == 0
    assert json.loads(said.out) == {
        "current": "k2",
        "rotated": 9,
        "remaining": 0,
        "by_key": {"k2": 9},
    }
    assert sorted(letter.text for letter in Letter.objects.all()) == [f"第{n}封" for n in range(5)]
    code, said = call("rotate_field_keys", capsys)
    assert (code, said.out.splitlines()[-1]) == (0, "当前密钥 k2，仍由旧密钥加密的有 0 条。")


def test_facts_that_are_never_changed_move_to_the_new_key_too(settings, monkeypatch):
    place = (Entry, Entry._meta.get_field("text"))
    monkeypatch.setattr(rotation, "places", lambda: [place])
    entry = Entry.objects.create(text="谈过一次", title="三月")
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    assert sum(done for _field, done, _left in rotation.rotate(2)) == 1
    assert rotation.count_by_key() == {"k2": 1}
    assert Entry.objects.get(pk=entry.pk).text == "谈过一次"


def test_a_rotation_that_was_stopped_goes_on(settings):
    letters()
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    steps = rotation.rotate(2)
    assert next(steps) == ("shelf.Letter.text", 2, 0)
    steps.close()
    assert rotation.count_by_key() == {"k1": 7, "k2": 2}
    assert sum(done for _field, done, _left in rotation.rotate(2)) == 7
    assert rotation.count_by_key() == {"k2": 9}


def test_what_somebody_saves_meanwhile_is_not_overwritten(settings, monkeypatch):
    letters(1)
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    encrypt = crypto.encrypt

    def meanwhile(*words):
        monkeypatch.setattr(crypto, "encrypt", encrypt)
        letter = Letter.objects.get()
        letter.text = "刚刚改过"
        letter.save()
        return encrypt(*words)

    monkeypatch.setattr(crypto, "encrypt", meanwhile)
    assert next(iter(rotation.rotate(10))) == ("shelf.Letter.text", 0, 1)
    assert Letter.objects.get().text == "刚刚改过"


def test_a_key_without_values_may_be_taken_out_and_verification_says_so(settings, capsys):
    letters(2)
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    code, said = call("verify_field_keys", capsys, "--json")
    assert (code, json.loads(said.out)["unused"]) == (0, [])
    call("rotate_field_keys", capsys, "--json")
    code, said = call("verify_field_keys", capsys, "--json")
    assert json.loads(said.out) == {
        "current": "k2",
        "by_key": {"k2": 3},
        "unused": ["k1"],
        "faults": [],
    }


def test_unreadable_values_are_named_without_their_content(settings, capsys):
    letters(3)
    ids = sorted(Letter.objects.values_list("pk", flat=True))
    Letter.objects.filter(pk=ids[0]).update(text=b"\x09broken")
    moved = Letter.objects.values_list("text", flat=True).get(pk=ids[1])
    Letter.objects.filter(pk=ids[2]).update(text=bytes(moved))
    code, said = call("verify_field_keys", capsys, "--json")
    assert code == 1
    assert json.loads(said.out)["faults"] == [
        {"field": "shelf.Letter.text", "row": str(ids[0]), "fault": "Tampered"},
        {"field": "shelf.Letter.text", "row": str(ids[2]), "fault": "Tampered"},
    ]
    assert json.loads(said.out)["by_key"] == {"?": 1, "k1": 4}
    code, said = call("verify_field_keys", capsys)
    assert (code, said.out.splitlines()[0]) == (1, "共 5 条，读不出 2 条。")


def test_a_value_that_cannot_be_read_keeps_no_other_from_its_new_key(settings, capsys):
    letters(3)
    first, second = sorted(Letter.objects.values_list("pk", flat=True))[:2]
    Letter.objects.filter(pk=first).update(text=b"\x09broken")
    moved = Letter.objects.values_list("text", flat=True).get(pk=second)
    Letter.objects.filter(pk=second).update(text=bytes(moved)[:-1])
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    code, said = call("rotate_field_keys", capsys, "--json")
    assert code == 1
    told = json.loads(said.out)
    assert (told["remaining"], told["by_key"]["?"], told["by_key"]["k1"]) == (2, 1, 1)


def test_rotation_tells_what_remains(settings, capsys, monkeypatch):
    letters(2)
    crypto.add_key(Path(settings.FIELD_KEYS_FILE))
    monkeypatch.setattr(rotation, "rotate", lambda batch: iter(()))
    code, said = call("rotate_field_keys", capsys, "--json")
    assert (code, json.loads(said.out)["remaining"]) == (1, 3)


def test_without_a_key_file_verification_refuses(settings, capsys, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "nowhere.json"
    code, said = call("verify_field_keys", capsys, "--json")
    words = f"FIELD_KEYS_FILE：{tmp_path}/nowhere.json 读不出可用的密钥，请检查内容与权限。"
    assert (code, json.loads(said.out)) == (
        2,
        {"refused": {"code": "field_keys", "message": words}},
    )


def test_a_key_is_not_added_to_a_file_that_cannot_be_read(settings, capsys, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "fields.json"
    settings.FIELD_KEYS_FILE.write_text("{not json")
    code, said = call("rotate_field_keys", capsys, "--add-key", "--json")
    assert (code, json.loads(said.out)["refused"]["code"]) == (2, "field_keys")
    assert settings.FIELD_KEYS_FILE.read_text() == "{not json"


def test_every_encrypted_field_of_the_house_is_found(monkeypatch):
    monkeypatch.undo()
    names = {f"{model._meta.label}.{field.name}" for model, field in rotation.places()}
    assert {"shelf.Letter.text", "shelf.Letter.aside", "accounts.Authenticator.key"} <= names
