"""The first stage of an import: a file is read and judged, its verdicts are kept."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from core import audit, clock
from core.workbooks import Workbook, WorkbookRefused, read_table
from schools.models import ImportLine, ImportSecret, RosterImport, Unit
from schools.permissions import keeps_pupils, keeps_roster
from schools.rules.files import (
    GUIDE,
    PUPILS,
    SCHOOL_CLASSES,
    SCHOOLS,
    TEACHERS,
    JudgedLine,
    RawLine,
    Roster,
    guesses_told,
    judge_file,
)
from schools.rules.judging import Judgement, Verdict
from schools.rules.judging_pupils import HELD, UNCHECKED
from schools.rules.pupils import (
    CLASS_HEADERS,
    CLASS_REQUIRED,
    PUPIL_HEADERS,
    PUPIL_REQUIRED,
    PupilLine,
    has_right_check_sign,
)
from schools.rules.repeats import Tell, say_nothing
from schools.rules.roster import (
    SCHOOL_HEADERS,
    TEACHER_HEADERS,
    TEACHER_REQUIRED,
    TeacherLine,
)
from schools.selectors.imports import numbers_left
from schools.selectors.roster import Register, register_for
from schools.selectors.wording import REFUSALS, worded
from schools.services.holding import hold_schools

WANTED = {
    SCHOOLS: SCHOOL_HEADERS,
    SCHOOL_CLASSES: CLASS_REQUIRED,
    TEACHERS: TEACHER_REQUIRED,
    PUPILS: PUPIL_REQUIRED,
}
KNOWN_COLUMNS = {
    SCHOOLS: frozenset(SCHOOL_HEADERS),
    SCHOOL_CLASSES: frozenset(CLASS_HEADERS),
    TEACHERS: frozenset(TEACHER_HEADERS),
    PUPILS: frozenset(PUPIL_HEADERS),
}
REASON = "原因"
ABSENCES = ("absent", "absent_pupils")
State = RosterImport.State


@dataclass(frozen=True, slots=True)
class Examination:
    """A file read and judged, nothing written; `refusal` is (code, words) or empty.

    `numbers_told` is what it takes from the `allowance` of school numbers under which it was
    judged; None knows no limit.
    """

    roster: Roster = field(default_factory=Roster)
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[Mapping[str, Any]] = ()
    refusal: tuple[str, str] = ("", "")
    rows_sha256: str = ""
    numbers_told: int = 0
    allowance: int | None = None


def examine_roster(*, roster_id: UUID, tell: Tell = say_nothing) -> Examination:
    """Read and judge the uploaded file as its uploader may; writes nothing."""
    roster = RosterImport.objects.select_related("unit", "uploaded_by").get(pk=roster_id)
    if not keeps_roster(roster.uploaded_by, roster.unit):
        return Examination(refusal=refused("rights_ended"))
    return examine_file(
        actor=roster.uploaded_by,
        unit=roster.unit,
        file=io.BytesIO(base64.b64decode(roster.content or "")),
        name=roster.file_name,
        partial=roster.is_partial,
        tell=tell,
    )


def refused(code: str, **params: object) -> tuple[str, str]:
    """A refusal's code and words."""
    return code, worded(REFUSALS, code, params)


def examine_file(
    *,
    actor: Any,
    unit: Unit,
    file: BinaryIO,
    name: str,
    partial: bool = False,
    tell: Tell = say_nothing,
) -> Examination:
    """A roster file judged against the register; `actor` None is the system's operator.

    A corrected error workbook of ours (it carries the column 原因) counts as partial, and so does
    a roster that has been taken before: whoever sends it again is told what has not changed. The
    sheet 学生 is dropped unread where the actor does not keep the pupils.
    """
    try:
        book = read_table(file, name, sheets=WANTED)
    except WorkbookRefused as error:
        return Examination(refusal=(error.code, str(error)))
    dropped = PUPILS in book.sheets and not (actor is None or keeps_pupils(actor, unit))
    if dropped:
        book = without_pupils(book)
    raw = raw_lines(book)
    if dropped and not raw:
        return Examination(refusal=refused("pupils_by_school"))
    tell(0, len(raw))
    allowance = None if actor is None else numbers_left(unit)
    register = register_for(raw, unit=unit, actor=actor, day=clock.today(), allowance=allowance)
    digest = digest_of(raw)
    partial = partial or was_mended(book) or was_taken(digest)
    roster = judge_file(
        raw,
        register.grounds,
        register.rosters,
        pupils=register.pupils,
        partial=partial,
        tell=tell,
    )
    refusal = ("", "")
    if roster.refusal:
        refusal = refused(roster.refusal, schools="、".join(roster.schools))
    return Examination(
        roster=roster,
        headers={sheet.name: list(sheet.headers) for sheet in book.sheets.values()},
        notes=notes_on(book, roster, register, dropped=dropped, partial=partial),
        refusal=refusal,
        rows_sha256=digest,
        numbers_told=numbers_taken(roster, register),
        allowance=allowance,
    )


def numbers_taken(roster: Roster, register: Register) -> int:
    """What a judged file takes from its allowance of school numbers: those told, or all that was
    left where it asked for more."""
    if any(item.has(UNCHECKED) for item in roster.lines):
        return register.pupils.allowance or 0
    return guesses_told(roster.lines, register.pupils)


def without_pupils(book: Workbook) -> Workbook:
    """The workbook without the sheet 学生."""
    left = {name: sheet for name, sheet in book.sheets.items() if name != PUPILS}
    return Workbook(sheets=left, ignored=book.ignored)


def was_mended(book: Workbook) -> bool:
    """Whether this is a corrected error workbook of ours."""
    return any(REASON in sheet.headers for sheet in book.sheets.values())


def digest_of(lines: Sequence[RawLine]) -> str:
    """SHA-256 of what the rows say, the same for every way in which a file is saved."""
    told = [
        [line.sheet, [[header, text] for header, (text, _kind) in line.cells.items() if text]]
        for line in lines
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def was_taken(rows_sha256: str) -> bool:
    """Whether a roster with just these rows has been imported."""
    return RosterImport.objects.filter(rows_sha256=rows_sha256, state=State.DONE).exists()


def raw_lines(book: Workbook) -> list[RawLine]:
    """The rows of all sheets as plain texts and kinds."""
    return [
        RawLine(
            sheet=sheet.name,
            number=row.number,
            cells={header: (cell.text, str(cell.kind)) for header, cell in row.cells.items()},
            hidden=row.hidden,
        )
        for sheet in book.sheets.values()
        for row in sheet.rows
    ]


def notes_on(
    book: Workbook, roster: Roster, register: Register, *, dropped: bool, partial: bool
) -> list[dict[str, Any]]:
    """What the person should know beside the verdicts; of a supplement not who is missing in it."""
    found = {**notes_on_file(book, roster), **notes_on_people(roster, register)}
    if dropped:
        found["pupils_by_school"] = {}
    told = [
        {"code": code, "params": params} for code, params in found.items() if params is not None
    ]
    return without_absences(told) if partial else told


def without_absences(notes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notes without those on who is on record and not in the file."""
    return [note for note in notes if note["code"] not in ABSENCES]


def notes_on_file(book: Workbook, roster: Roster) -> dict[str, dict[str, Any] | None]:
    """What was not read, and what was hidden."""
    columns = [
        header
        for sheet in book.sheets.values()
        for header in sheet.headers
        if header not in KNOWN_COLUMNS[sheet.name] and header != REASON
    ]
    hidden = [str(item.raw.number) for item in roster.lines if item.raw.hidden][:20]
    unknown = [name for name in book.ignored if name != GUIDE]
    return {
        "ignored_sheets": {"names": "、".join(unknown)} if unknown else None,
        "ignored_columns": {"names": "、".join(columns)} if columns else None,
        "hidden_rows": {"rows": "、".join(hidden)} if hidden else None,
    }


def notes_on_people(roster: Roster, register: Register) -> dict[str, dict[str, Any] | None]:
    """Who cannot be reached, who is on record and not in the file, and which numbers look wrong."""
    teachers = [item for item in roster.lines if isinstance(item.line, TeacherLine)]
    children = [item.line for item in roster.lines if isinstance(item.line, PupilLine)]
    named = {item.line.key for item in teachers}
    absent = sum(len(numbers - named) for numbers in register.rosters.values())
    sitting = {register.pupils.key_of(line) for line in children}
    missing = sum(len(keys - sitting) for keys in register.pupils.rosters.values())
    unreachable = sum(
        item.judgement.verdict == Verdict.CREATED
        for item in teachers
        if isinstance(item.line, TeacherLine) and not item.line.phone
    )
    wrong = [
        str(item.raw.number)
        for item in roster.lines
        if isinstance(item.line, PupilLine) and not has_right_check_sign(item.line.number)
    ]
    signs = {"count": len(wrong), "rows": "、".join(wrong[:20])}
    return {
        "no_phone": {"count": unreachable} if unreachable else None,
        "absent": {"count": absent} if absent else None,
        "absent_pupils": {"count": missing} if missing else None,
        "check_signs": signs if wrong else None,
    }


def store_preview(*, roster_id: UUID, examination: Examination) -> None:
    """Keep the verdicts for the person to look at, and forget the file; repeating is harmless."""
    roster = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if roster.state != State.READING:
        return
    ImportLine.objects.filter(roster=roster).delete()
    ImportSecret.objects.filter(roster=roster).delete()
    examination = unless_overtaken(examination, roster.unit)
    lines = [stored_line(roster, item) for item in examination.roster.lines]
    secrets = [line.secret for line in lines if line.secret is not None]
    ImportSecret.objects.bulk_create(secrets, batch_size=500)
    ImportLine.objects.bulk_create(lines, batch_size=500)
    code, words = examination.refusal
    roster.state = State.REFUSED if code else State.PREVIEWED
    roster.refusal_code, roster.refusal = code, words
    roster.headers = dict(examination.headers)
    roster.notes = list(examination.notes)
    roster.content = None
    roster.has_pupils = bool(secrets)
    roster.rows_sha256 = examination.rows_sha256
    roster.numbers_told = examination.numbers_told
    set_counts(roster, examination.roster.lines)
    roster.save()
    trace_held_numbers(roster, examination.roster.lines)


def unless_overtaken(examination: Examination, unit: Unit) -> Examination:
    """The examination, refused where another file of the unit was told numbers meanwhile: each was
    judged as if it were alone. Holds the unit until the transaction ends."""
    hold_schools([unit])
    allowance = examination.allowance
    asks = any(isinstance(item.line, PupilLine) for item in examination.roster.lines)
    if allowance is None or not asks or numbers_left(unit) >= allowance:
        return examination
    return Examination(refusal=refused("read_meanwhile"))


def trace_held_numbers(roster: RosterImport, lines: Sequence[JudgedLine]) -> None:
    """Leave how many school numbers of a file were refused, as a number typed by hand does: those
    that stand elsewhere, and those that were not looked at."""
    held = sum(item.has(HELD) for item in lines)
    unchecked = sum(item.has(UNCHECKED) for item in lines)
    if held or unchecked:
        audit.record(
            roster.uploaded_by,
            "pupil.number_refused",
            roster,
            unit=roster.unit,
            numbers=held,
            unchecked=unchecked,
        )


def set_counts(roster: RosterImport, lines: Sequence[JudgedLine]) -> None:
    """Put the counts of these verdicts on the import (unsaved)."""
    judged = Roster(lines=tuple(lines))
    for verdict in Verdict:
        setattr(roster, f"{verdict}_count", judged.count(verdict))


def stored_line(roster: RosterImport, item: JudgedLine) -> ImportLine:
    """A judged line as a row (unsaved), with its secret (unsaved) where it is about a pupil."""
    row = ImportLine(
        roster=roster,
        sheet=item.raw.sheet,
        number=item.raw.number,
        is_hidden=item.raw.hidden,
        verdict=str(item.judgement.verdict),
    )
    told = {
        "cells": {header: list(cell) for header, cell in item.raw.cells.items()},
        **stored_judgement(item.judgement),
    }
    if isinstance(item.line, PupilLine):
        row.secret = ImportSecret(roster=roster, content=json.dumps(told, ensure_ascii=False))
    else:
        row.cells, row.changes, row.problems = told["cells"], told["changes"], told["problems"]
    return row


def stored_judgement(judgement: Judgement) -> dict[str, Any]:
    """What a verdict changes, or why it rejects, as plain values."""
    return {
        "changes": {column: list(pair) for column, pair in judgement.changes.items()},
        "problems": [
            {"column": item.column, "code": item.code, "params": dict(item.params)}
            for item in judgement.problems
        ],
    }
