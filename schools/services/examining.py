"""The first stage of an import: a file is read and judged, its verdicts are kept."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from core import clock
from core.workbooks import Workbook, WorkbookRefused, read_table
from schools.models import ImportLine, RosterImport, Unit
from schools.permissions import keeps_roster
from schools.rules.files import (
    GUIDE,
    SCHOOLS,
    TEACHERS,
    JudgedLine,
    RawLine,
    Roster,
    Tell,
    judge_file,
    say_nothing,
)
from schools.rules.judging import Judgement, Verdict
from schools.rules.roster import (
    CLASSES,
    SCHOOL_HEADERS,
    TEACHER_HEADERS,
    TEACHER_REQUIRED,
    TeacherLine,
)
from schools.selectors.roster import register_for
from schools.selectors.wording import REFUSALS, worded

WANTED = {SCHOOLS: SCHOOL_HEADERS, TEACHERS: TEACHER_REQUIRED}
KNOWN_COLUMNS = {SCHOOLS: frozenset(SCHOOL_HEADERS), TEACHERS: frozenset(TEACHER_HEADERS)}
REASON = "原因"
State = RosterImport.State


@dataclass(frozen=True, slots=True)
class Examination:
    """A file read and judged, nothing written; `refusal` is (code, words) or empty."""

    roster: Roster = field(default_factory=Roster)
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[Mapping[str, Any]] = ()
    refusal: tuple[str, str] = ("", "")
    rows_sha256: str = ""


def examine_roster(*, roster_id: UUID, tell: Tell = say_nothing) -> Examination:
    """Read and judge the uploaded file as its uploader may; writes nothing."""
    roster = RosterImport.objects.select_related("unit", "uploaded_by").get(pk=roster_id)
    if not keeps_roster(roster.uploaded_by, roster.unit):
        return Examination(refusal=refused("rights_ended"))
    return examine_file(
        actor=roster.uploaded_by,
        unit=roster.unit,
        file=io.BytesIO(bytes(roster.content)),
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
    a roster that has been taken before: whoever sends it again is told what has not changed.
    """
    try:
        book = read_table(file, name, sheets=WANTED)
    except WorkbookRefused as error:
        return Examination(refusal=(error.code, str(error)))
    raw = raw_lines(book)
    tell(0, len(raw))
    register = register_for(raw, unit=unit, actor=actor, day=clock.today())
    digest = digest_of(raw)
    mended = any(REASON in sheet.headers for sheet in book.sheets.values())
    partial = partial or mended or was_taken(digest)
    roster = judge_file(raw, register.grounds, register.rosters, partial=partial, tell=tell)
    refusal = ("", "")
    if roster.refusal:
        refusal = refused(roster.refusal, schools="、".join(roster.schools))
    return Examination(
        roster=roster,
        headers={sheet.name: list(sheet.headers) for sheet in book.sheets.values()},
        notes=notes_on(book, roster, register.rosters),
        refusal=refusal,
        rows_sha256=digest,
    )


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
    """The rows of both sheets as plain texts and kinds."""
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
    book: Workbook, roster: Roster, rosters: Mapping[str, frozenset[str]]
) -> list[dict[str, Any]]:
    """What the person should know beside the verdicts."""
    columns = [
        header
        for sheet in book.sheets.values()
        for header in sheet.headers
        if header not in KNOWN_COLUMNS[sheet.name] and header != REASON
    ]
    named = {item.line.staff_number for item in roster.lines if isinstance(item.line, TeacherLine)}
    absent = sum(len(numbers - named) for numbers in rosters.values())
    hidden = [str(item.raw.number) for item in roster.lines if item.raw.hidden][:20]
    unknown = [name for name in book.ignored if name != GUIDE]
    unreachable = sum(
        item.judgement.verdict == Verdict.CREATED
        for item in roster.lines
        if isinstance(item.line, TeacherLine) and not item.line.phone
    )
    classes = any(item.raw.cells.get(CLASSES, ("",))[0] for item in roster.lines)
    found = {
        "ignored_sheets": {"names": "、".join(unknown)} if unknown else None,
        "ignored_columns": {"names": "、".join(columns)} if columns else None,
        "classes_not_imported": {} if classes else None,
        "hidden_rows": {"rows": "、".join(hidden)} if hidden else None,
        "no_phone": {"count": unreachable} if unreachable else None,
        "absent": {"count": absent} if absent else None,
    }
    return [
        {"code": code, "params": params} for code, params in found.items() if params is not None
    ]


def store_preview(*, roster_id: UUID, examination: Examination) -> None:
    """Keep the verdicts for the person to look at, and forget the file; repeating is harmless."""
    roster = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if roster.state != State.READING:
        return
    ImportLine.objects.filter(roster=roster).delete()
    ImportLine.objects.bulk_create(
        [stored_line(roster, item) for item in examination.roster.lines], batch_size=500
    )
    code, words = examination.refusal
    roster.state = State.REFUSED if code else State.PREVIEWED
    roster.refusal_code, roster.refusal = code, words
    roster.headers = dict(examination.headers)
    roster.notes = list(examination.notes)
    roster.content = b""
    roster.rows_sha256 = examination.rows_sha256
    set_counts(roster, examination.roster.lines)
    roster.save()


def set_counts(roster: RosterImport, lines: Sequence[JudgedLine]) -> None:
    """Put the counts of these verdicts on the import (unsaved)."""
    judged = Roster(lines=tuple(lines))
    for verdict in Verdict:
        setattr(roster, f"{verdict}_count", judged.count(verdict))


def stored_line(roster: RosterImport, item: JudgedLine) -> ImportLine:
    """A judged line as a row (unsaved)."""
    return ImportLine(
        roster=roster,
        sheet=item.raw.sheet,
        number=item.raw.number,
        is_hidden=item.raw.hidden,
        cells={header: list(cell) for header, cell in item.raw.cells.items()},
        **stored_judgement(item.judgement),
    )


def stored_judgement(judgement: Judgement) -> dict[str, Any]:
    """A verdict as plain values."""
    return {
        "verdict": str(judgement.verdict),
        "changes": {column: list(pair) for column, pair in judgement.changes.items()},
        "problems": [
            {"column": item.column, "code": item.code, "params": dict(item.params)}
            for item in judgement.problems
        ],
    }
