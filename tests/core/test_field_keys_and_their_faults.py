"""Values are sealed with a named key; every fault of a key or value is an error."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from core import crypto

PLACE = "shelf_letter:text:1"


def write(path, content) -> None:
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def key(sign: str) -> str:
    return base64.b64encode(sign.encode() * 32).decode()


def test_a_new_key_file_is_for_its_owner_only_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "fields.json"
    crypto.new_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o400
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        crypto.new_key_file(path)
    assert path.read_bytes() == before


def test_a_value_is_read_back_only_for_its_place():
    sealed = crypto.encrypt("导师谈话", PLACE)
    assert crypto.decrypt(sealed, PLACE) == "导师谈话"
    with pytest.raises(crypto.Tampered, match="shelf_letter:text:2"):
        crypto.decrypt(sealed, "shelf_letter:text:2")


def test_two_ciphertexts_of_one_text_differ():
    assert crypto.encrypt("同", PLACE) != crypto.encrypt("同", PLACE)


def test_every_single_altered_byte_is_noticed():
    sealed = crypto.encrypt("一个字也不能改", PLACE)
    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 1
        with pytest.raises((crypto.Tampered, crypto.KeyFault)):
            crypto.decrypt(bytes(altered), PLACE)


@pytest.mark.parametrize("length", [0, 1, 2, 4, 5, 16, 30])
def test_a_value_that_was_cut_off_is_noticed(length: int):
    sealed = crypto.encrypt("被截断的内容", PLACE)
    with pytest.raises((crypto.Tampered, crypto.KeyFault)):
        crypto.decrypt(sealed[:length], PLACE)


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        {},
        {"current": "k1"},
        {"current": "k1", "keys": []},
        {"current": "k1", "keys": {"k1": "###"}},
        {"current": "k1", "keys": {"k1": base64.b64encode(b"short").decode()}},
        {"current": "k2", "keys": {"k1": key("a")}},
        {"current": "k1", "keys": {"k1": 5}},
    ],
)
def test_a_malformed_key_file_is_refused(settings, tmp_path, content):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    write(settings.FIELD_KEYS_FILE, content)
    with pytest.raises(crypto.KeyFault):
        crypto.encrypt("无", PLACE)


def test_a_missing_key_file_is_refused(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "nowhere.json"
    with pytest.raises(crypto.KeyFault, match="nowhere"):
        crypto.key_ring()


def test_a_changed_key_file_is_read_again(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    write(settings.FIELD_KEYS_FILE, {"current": "k1", "keys": {"k1": key("a")}})
    sealed = crypto.encrypt("旧钥匙", PLACE)
    write(settings.FIELD_KEYS_FILE, {"current": "k2", "keys": {"k1": key("a"), "k2": key("b")}})
    os.utime(settings.FIELD_KEYS_FILE, ns=(1, 1))
    assert crypto.key_ring().current == "k2"
    assert crypto.decrypt(sealed, PLACE) == "旧钥匙"
    assert crypto.key_id_of(crypto.encrypt("新钥匙", PLACE)) == "k2"


def test_adding_a_key_keeps_the_old_one_readable(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    sealed = crypto.encrypt("旧钥匙", PLACE)
    assert crypto.add_key(settings.FIELD_KEYS_FILE) == "k2"
    assert crypto.add_key(settings.FIELD_KEYS_FILE) == "k3"
    ring = crypto.key_ring()
    assert (ring.current, sorted(ring.keys)) == ("k3", ["k1", "k2", "k3"])
    assert settings.FIELD_KEYS_FILE.stat().st_mode & 0o777 == 0o400
    assert crypto.decrypt(sealed, PLACE) == "旧钥匙"


def test_a_key_reaches_the_disk_before_it_is_used_and_a_broken_attempt_stands_in_nobodys_way(
    settings, tmp_path, monkeypatch
):
    settings.FIELD_KEYS_FILE = tmp_path / "keys.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    steps: list[str] = []
    sync, put = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: steps.append("sync") or sync(file))
    monkeypatch.setattr(Path, "replace", lambda *words: steps.append("in place") or put(*words))
    (tmp_path / "keys.json.new").write_text("{", encoding="ascii")
    assert crypto.add_key(settings.FIELD_KEYS_FILE) == "k2"
    assert steps == ["sync", "sync", "in place", "sync"]
    assert crypto.key_ring().current == "k2"


PHONES = "guardian:phone"


def test_a_value_is_found_again_by_its_blind_index(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "fields.json"
    write(settings.FIELD_KEYS_FILE, {"current": "a", "keys": {"a": key("a")}, "index": key("i")})
    digest = crypto.blind_index("13800138000", PHONES)
    assert digest == "ec8fac016779b675721f96e8ef64bddbe2da8c5a756eafd1fc14deb137b62c17"
    assert crypto.blind_index("13800138000", PHONES) == digest
    assert crypto.blind_index("13800138001", PHONES) != digest
    assert crypto.blind_index("13800138000", "teacher:phone") != digest


def test_a_blind_index_outlives_every_rotation(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "fields.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    before = crypto.blind_index("13800138000", PHONES)
    assert crypto.add_key(settings.FIELD_KEYS_FILE) == "k2"
    assert crypto.key_ring().current == "k2"
    assert crypto.blind_index("13800138000", PHONES) == before


def test_a_key_file_of_an_older_release_gets_its_index_key_once(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "fields.json"
    write(settings.FIELD_KEYS_FILE, {"current": "a", "keys": {"a": key("a")}})
    sealed = crypto.encrypt("导师谈话", PLACE)
    with pytest.raises(crypto.KeyFault, match=r"run manage\.py prepare"):
        crypto.blind_index("13800138000", PHONES)
    assert crypto.ensure_index_key(settings.FIELD_KEYS_FILE) is True
    digest = crypto.blind_index("13800138000", PHONES)
    assert crypto.ensure_index_key(settings.FIELD_KEYS_FILE) is False
    assert crypto.blind_index("13800138000", PHONES) == digest
    assert crypto.decrypt(sealed, PLACE) == "导师谈话"
    assert settings.FIELD_KEYS_FILE.stat().st_mode & 0o777 == 0o400


def test_an_index_key_of_a_wrong_length_is_a_fault(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "fields.json"
    short = base64.b64encode(b"short").decode()
    write(settings.FIELD_KEYS_FILE, {"current": "a", "keys": {"a": key("a")}, "index": short})
    with pytest.raises(crypto.KeyFault, match="unusable index key"):
        crypto.blind_index("13800138000", PHONES)
