"""The folder of a backup and its manifest."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core import clock, crypto, witness
from core.backup import databases
from core.backup.databases import BackupFault as BackupFault
from core.models import AuditSeal

FORMAT = 2
MANIFEST = "manifest.json"
UPLOADS = "uploads"
SEALS = "seals.log"


def create(folder: Path) -> dict[str, Any]:
    """Write a new backup; the manifest comes last, so a broken-off one is never taken for whole.

    Raises BackupFault where the folder is not empty, the database is, or a tool is missing.
    """
    if not connection.introspection.table_names():
        raise BackupFault("数据库里没有数据表，没有可备份的内容，请检查 DATABASE_URL。")
    if folder.exists() and any(folder.iterdir()):
        raise BackupFault(f"{folder} 不是空目录。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    noted = witness.length()
    tables = databases.dump(folder / databases.file_name())
    if noted:
        sealed = int(tables[AuditSeal._meta.db_table]["rows"])
        witness.copy_as_of(folder / SEALS, length=noted, sealed=sealed)
    _copy_tree(Path(settings.MEDIA_ROOT), folder / UPLOADS)
    manifest = {
        "format": FORMAT,
        "created_at": clock.now().isoformat(),
        "database": connection.vendor,
        "field_key_ids": sorted(crypto.key_ring().keys),
        "migrations": sorted(f"{app}.{name}" for app, name in _migrations()),
        "tables": tables,
        "files": {name: _facts(folder / name) for name in _files(folder)},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    (folder / f"{MANIFEST}.sha256").write_text(_digest(folder / MANIFEST), encoding="ascii")
    return manifest


def verify(folder: Path) -> list[dict[str, str]]:
    """Every way in which the folder differs from its manifest. Raises BackupFault without one."""
    manifest = _manifest(folder)
    findings = []
    present = set(_files(folder)) - {MANIFEST, f"{MANIFEST}.sha256"}
    for name in sorted(present - manifest["files"].keys()):
        findings.append({"file": name, "fault": "unexpected"})
    for name, facts in sorted(manifest["files"].items()):
        if name not in present:
            findings.append({"file": name, "fault": "missing"})
        elif _facts(folder / name) != facts:
            findings.append({"file": name, "fault": "altered"})
    for key_id in sorted(set(manifest["field_key_ids"]) - crypto.key_ring().keys.keys()):
        findings.append({"file": key_id, "fault": "key_missing"})
    if not findings:
        findings += _check_database(folder, manifest)
    return findings


def restore(folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put database and uploads back, and compare each table with what was backed up.

    Raises BackupFault, before anything is changed, where the backup does not verify, belongs to
    another kind of database, or the present database holds people and ``replace`` is not given.
    """
    manifest = _manifest(folder)
    faults = verify(folder)
    if faults:
        raise BackupFault(f"备份不完整：{faults[0]['file']} {faults[0]['fault']}。")
    if manifest["database"] != connection.vendor:
        raise BackupFault(f"备份来自 {manifest['database']}，当前数据库是 {connection.vendor}。")
    if not replace and _holds_people():
        raise BackupFault("当前数据库里已有账号；确认要覆盖时请加 --replace。")
    tables = databases.load(_database_of(folder))
    _copy_tree(folder / UPLOADS, Path(settings.MEDIA_ROOT))
    seals = Path(settings.AUDIT_SEAL_FILE)
    if (folder / SEALS).is_file() and not seals.exists():
        seals.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / SEALS, seals)
    differing = {
        name: [held, tables.get(name)]
        for name, held in manifest["tables"].items()
        if tables.get(name) != held
    }
    return {"tables": len(tables), "files": len(manifest["files"]), "differing": differing}


def _check_database(folder: Path, manifest: dict[str, Any]) -> list[dict[str, str]]:
    source = _database_of(folder)
    try:
        tables = databases.check(source)
    except BackupFault as fault:
        return [{"file": source.name, "fault": str(fault)}]
    if tables and tables != manifest["tables"]:
        return [{"file": source.name, "fault": "content_differs"}]
    return []


def _database_of(folder: Path) -> Path:
    return next(iter(sorted(folder.glob("database.*"))))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        noted = (folder / f"{MANIFEST}.sha256").read_text(encoding="ascii").strip()
        if _digest(path) != noted:
            raise BackupFault(f"{path} 与其摘要不符。")
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupFault(f"{folder} 不是完整的备份（缺少 {MANIFEST}）。") from error
    if manifest["format"] != FORMAT:
        raise BackupFault(
            f"备份的格式是 {manifest['format']}，本版本读格式 {FORMAT}；请用生成它的版本恢复。"
        )
    return manifest


def _holds_people() -> bool:
    from django.contrib.auth import get_user_model

    user = get_user_model()
    tables = connection.introspection.table_names()
    return user._meta.db_table in tables and user._default_manager.exists()


def _migrations() -> list[tuple[str, str]]:
    return list(MigrationRecorder(connection).applied_migrations())


def _files(folder: Path) -> list[str]:
    """The files there; what vanishes during the look is not there."""
    places = (Path(place) / name for place, _folders, names in os.walk(folder) for name in names)
    return sorted(path.relative_to(folder).as_posix() for path in places if path.is_file())


def _facts(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy_tree(source: Path, target: Path) -> None:
    """Copy file by file; each appears under its name only when it is whole.

    The house goes on working: a file of a recording in the making may have gone in between.
    """
    for name in _files(source):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_name(f".{place.name}.partial")
        try:
            shutil.copyfile(source / name, partial)
        except FileNotFoundError:
            if (source / name).exists():
                raise
            continue
        partial.replace(place)
