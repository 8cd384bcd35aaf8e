"""Make, damage, verify and restore a backup on the database at hand."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from core import audit, backup, triggers
from core.backup import databases
from core.models import AuditEvent, AuditSeal, Job
from tests.core.shelf.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    uploads = Path(settings.MEDIA_ROOT)
    (uploads / "a").mkdir(parents=True)
    (uploads / "a" / "课.mp4").write_bytes(b"video" * 1000)
    Letter.objects.create(text="备份里也是密文")
    audit.record(None, "test.done")
    audit.seal()
    backup.create(tmp_path / "backup")
    return tmp_path / "backup"


def call(capsys, *words):
    code = 0
    try:
        call_command("backup", *words)
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr()


def test_a_backup_tells_what_it_holds_and_holds_no_key_and_no_plain_text(folder, settings):
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["tables"]["shelf_letter"]["rows"] == 1
    assert manifest["field_key_ids"] == ["k1"]
    assert "uploads/a/课.mp4" in manifest["files"]
    keys = json.loads(Path(settings.FIELD_KEYS_FILE).read_text())["keys"].values()
    whole = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(key.encode() in whole for key in keys)
    assert "备份里也是密文".encode() not in whole
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_lost_comes_back(folder, settings):
    AuditEvent.objects.count()
    Letter.objects.all().delete()
    Job.objects.create(kind="made after the backup")
    shutil.rmtree(settings.MEDIA_ROOT)
    Path(settings.AUDIT_SEAL_FILE).unlink()
    result = backup.restore(folder)
    assert result["differing"] == {}
    assert Letter.objects.get().text == "备份里也是密文"
    assert Job.objects.count() == 0
    assert (Path(settings.MEDIA_ROOT) / "a" / "课.mp4").read_bytes() == b"video" * 1000
    assert audit.verify() == audit.Verdict(1, 1)
    assert triggers.missing(connection) == []


def test_rows_sealed_while_the_database_is_copied_are_in_a_backup_with_their_note_or_not_at_all(
    tmp_path, settings, monkeypatch
):
    audit.record(None, "test.done")
    audit.seal()
    dump = databases.dump

    def sealed_before_and_after(target: Path):
        audit.record(None, "test.before")
        audit.seal()
        tables = dump(target)
        audit.record(None, "test.after")
        audit.seal()
        return tables

    monkeypatch.setattr(databases, "dump", sealed_before_and_after)
    backup.create(tmp_path / "backup")
    Path(settings.AUDIT_SEAL_FILE).unlink()
    backup.restore(tmp_path / "backup")
    assert audit.verify() == audit.Verdict(2, 2)


def test_notes_of_links_that_were_cut_off_before_the_backup_stay_in_it_as_evidence(
    tmp_path, settings
):
    for number in range(2):
        audit.record(None, "test.done", number=number)
        audit.seal()
    triggers.remove_all(connection)
    AuditSeal.objects.filter(sequence=2)._raw_delete("default")
    triggers.install_all()
    backup.create(tmp_path / "backup")
    Path(settings.AUDIT_SEAL_FILE).unlink()
    backup.restore(tmp_path / "backup")
    assert audit.verify() == audit.Verdict(1, 1, 2, "missing")


def test_a_file_that_vanishes_while_a_recording_is_cut_is_passed_over(
    tmp_path, settings, monkeypatch
):
    staging = Path(settings.MEDIA_ROOT) / "staging"
    staging.mkdir(parents=True)
    (staging / "1.m4s").write_bytes(b"1")
    (staging / "2.m4s").write_bytes(b"2")
    copy = shutil.copyfile

    def published_meanwhile(source: Path, target: Path) -> None:
        if source.name == "1.m4s":
            staging.rename(staging.with_name("published"))
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", published_meanwhile)
    manifest = backup.create(tmp_path / "backup")
    assert not [name for name in manifest["files"] if name.startswith("uploads/")]
    assert backup.verify(tmp_path / "backup") == []


def test_a_copy_that_has_no_place_to_go_to_is_no_vanished_file(tmp_path, settings, monkeypatch):
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    (Path(settings.MEDIA_ROOT) / "课.mp4").write_bytes(b"video")

    def away(source: Path, target: Path) -> None:
        raise FileNotFoundError(2, "gone", str(target))

    monkeypatch.setattr(shutil, "copyfile", away)
    with pytest.raises(FileNotFoundError):
        backup.create(tmp_path / "backup")


def test_people_are_not_overwritten_unless_asked(folder):
    get_user_model().objects.create_user("teacher", name="王芳")
    with pytest.raises(backup.BackupFault, match="--replace"):
        backup.restore(folder)
    assert get_user_model().objects.count() == 1
    backup.restore(folder, replace=True)
    assert get_user_model().objects.count() == 0


def test_an_untouched_backup_verifies(folder, capsys):
    assert call(capsys, "verify", str(folder), "--json")[0] == 0
    code, said = call(capsys, "verify", str(folder))
    assert (code, said.out) == (0, "完成。\n")


def test_each_damage_is_named(folder, capsys):
    (folder / "uploads" / "a" / "课.mp4").write_bytes(b"x")
    (folder / "seals.log").unlink()
    (folder / "new.txt").write_text("x")
    code, said = call(capsys, "verify", str(folder), "--json")
    assert code == 1
    assert json.loads(said.out)["findings"] == [
        {"file": "new.txt", "fault": "unexpected"},
        {"file": "seals.log", "fault": "missing"},
        {"file": "uploads/a/课.mp4", "fault": "altered"},
    ]
    with pytest.raises(backup.BackupFault, match="备份不完整"):
        backup.restore(folder)


def test_a_backup_of_keys_we_lack_is_a_finding(folder, settings, tmp_path):
    from core import crypto

    settings.FIELD_KEYS_FILE = tmp_path / "other.json"
    crypto.new_key_file(settings.FIELD_KEYS_FILE)
    content = json.loads(settings.FIELD_KEYS_FILE.read_text())
    settings.FIELD_KEYS_FILE = tmp_path / "third.json"
    settings.FIELD_KEYS_FILE.write_text(
        json.dumps({"current": "k9", "keys": {"k9": content["keys"]["k1"]}})
    )
    assert backup.verify(folder) == [{"file": "k1", "fault": "key_missing"}]


def test_a_forged_or_half_made_backup_is_refused(folder, capsys, tmp_path):
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace("shelf_letter", "shelf_lettre"))
    assert call(capsys, "verify", str(folder), "--json")[0] == 2
    (folder / "manifest.json").unlink()
    code, said = call(capsys, "restore", str(folder), "--json")
    assert (code, json.loads(said.out)["refused"]["code"]) == (2, "backup")
    assert call(capsys, "create", str(folder), "--json")[0] == 2
    assert call(capsys, "create", str(tmp_path / "second"), "--json")[0] == 0


def resign(folder: Path, **changes) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest.update(changes)
    manifest["files"] = {name: backup.folder._facts(folder / name) for name in manifest["files"]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "manifest.json.sha256").write_text(backup.folder._digest(folder / "manifest.json"))


def test_a_damaged_database_is_found_although_its_digest_was_renewed(folder):
    source = folder / databases.file_name()
    source.write_bytes(b"not a database at all" * 100)
    resign(folder)
    [finding] = backup.verify(folder)
    assert finding["file"] == source.name


def test_another_kind_of_database_is_refused(folder):
    resign(folder, database="oracle")
    with pytest.raises(backup.BackupFault, match="oracle"):
        backup.restore(folder)


def test_a_restore_that_gives_other_content_says_so(folder, capsys, monkeypatch):
    tables = json.loads((folder / "manifest.json").read_text())["tables"]
    other = {"rows": 1, "digest": "0"}
    monkeypatch.setattr(databases, "check", lambda source: {})
    resign(folder, tables={**tables, "shelf_letter": other})
    code, said = call(capsys, "restore", str(folder), "--json")
    assert code == 1
    assert json.loads(said.out)["differing"] == {
        "shelf_letter": [other, tables["shelf_letter"]],
    }
    assert call(capsys, "restore", str(folder), "--replace")[0] == 1


def test_one_changed_cell_changes_the_digest_and_the_order_of_rows_does_not():
    for pk in (1, 2, 3):
        Job.objects.create(pk=f"00000000-0000-0000-0000-00000000000{pk}", kind=f"kind {pk}")
    before = databases.contents()["core_job"]
    row = Job.objects.get(kind="kind 2")
    Job.objects.filter(pk=row.pk).delete()
    assert databases.contents()["core_job"]["rows"] == 2
    row.save(force_insert=True)
    assert databases.contents()["core_job"] == before
    Job.objects.filter(pk=row.pk).update(kind="kind 4")
    changed = databases.contents()["core_job"]
    assert (changed["rows"], changed["digest"] != before["digest"]) == (3, True)


def test_a_backup_of_another_format_is_refused_in_words(folder):
    resign(folder, format=1)
    with pytest.raises(backup.BackupFault, match="备份的格式是 1，本版本读格式 2"):
        backup.restore(folder)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite's copy can be read")
def test_a_copy_with_other_content_is_found(folder):
    tables = json.loads((folder / "manifest.json").read_text())["tables"]
    resign(folder, tables={**tables, "shelf_letter": {"rows": 1, "digest": "0"}})
    assert backup.verify(folder) == [{"file": "database.sqlite3", "fault": "content_differs"}]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own check")
def test_a_torn_sqlite_file_is_found(folder, monkeypatch):
    class Copy:
        def execute(self, sql):
            return self

        def fetchone(self):
            return ["row 3 missing from index"]

        def close(self):
            return None

    monkeypatch.setattr(databases.sqlite3, "connect", lambda *args, **kwargs: Copy())
    with pytest.raises(backup.BackupFault, match="row 3 missing"):
        databases.check(folder / "database.sqlite3")


def test_a_missing_tool_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(backup.BackupFault, match="pg_restore"):
        databases.check(tmp_path / "database.dump")


def test_a_database_without_tables_is_not_backed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(backup.BackupFault, match="没有可备份的内容"):
        backup.create(tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_house_that_has_sealed_nothing_yet_is_backed_up_without_notes(tmp_path, settings):
    assert not Path(settings.AUDIT_SEAL_FILE).exists()
    manifest = backup.create(tmp_path / "backup")
    assert "seals.log" not in manifest["files"]
    assert backup.verify(tmp_path / "backup") == []


def test_a_password_travels_in_the_environment_only(tmp_path, monkeypatch):
    program = tmp_path / "asks-for-it"
    program.write_text('#!/bin/sh\n[ "$PGPASSWORD" = "$1" ] || { echo no >&2; exit 1; }\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "geheim")
    databases._call("asks-for-it", "geheim")
    with pytest.raises(backup.BackupFault, match="no"):
        databases._call("asks-for-it", "anders")
