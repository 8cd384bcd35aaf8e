"""The second stage of an import: what was confirmed is judged again and written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.services import notify
from core import audit, clock, events
from schools.events import RosterImported
from schools.models import ImportLine, ImportSecret, RosterImport, Teacher, Unit
from schools.permissions import keeps_roster
from schools.rules.files import JudgedLine, RawLine, judge_file
from schools.rules.judging import Verdict, rejected
from schools.rules.repeats import Tell, say_nothing
from schools.rules.roster import SCHOOL, STAFF_NUMBER, Problem, clean_code
from schools.selectors.chunks import chunks
from schools.selectors.roster import register_for
from schools.services.examining import Examination, refused, set_counts, stored_judgement
from schools.services.holding import hold_schools
from schools.services.upserting import upsert
from schools.services.writing_rosters import write_lines

State = RosterImport.State


@transaction.atomic
def apply_roster(*, actor: Any, roster_id: UUID, tell: Tell = say_nothing) -> RosterImport:
    """Write what the preview promised, re-judged now; all or nothing, and only once.

    A row that would now do something else than its preview said is rejected with the reason.
    `tell` hears how many rows of how many are written; what it raises takes everything back.
    """
    roster = (
        RosterImport.objects.select_related("unit")
        .select_for_update(of=("self",))
        .get(pk=roster_id)
    )
    if roster.state != State.APPLYING:
        return roster
    if not keeps_roster(actor, roster.unit):
        return end_without_rights(roster)
    lines_in_order = roster.lines.select_related("secret").order_by("sheet", "number")
    stored = [line.unsealed() for line in lines_in_order]
    lock_people(stored)
    lines = rejudged(
        actor=actor,
        unit=roster.unit,
        stored=stored,
        day=clock.today(),
        tell=lambda _done, total: tell(0, total),
    )
    write_lines(actor=actor, unit=roster.unit, lines=lines, day=clock.today(), tell=tell)
    store_outcome(stored, lines)
    set_counts(roster, lines)
    roster.state, roster.done_at = State.DONE, clock.now()
    roster.save()
    announce(actor=actor, roster=roster)
    tell_outcome(actor, roster)
    return roster


def lock_people(stored: Sequence[ImportLine]) -> None:
    """Hold the schools and people of the file, so that nobody changes seats, gives posts or moves
    people meanwhile.

    All imports lock in one order, that of the keys, over all parts of the file: two that name
    the same people wait for one another and never for each other.
    """
    codes = {clean_code(line.cells.get(SCHOOL, [""])[0]) for line in stored}
    for school_part in chunks(sorted(codes)):
        hold_schools(Unit.objects.filter(kind="school", code__in=school_part))
    numbers = {clean_code(line.cells.get(STAFF_NUMBER, [""])[0]) for line in stored}
    keys: list[UUID] = []
    for part in chunks(sorted(numbers)):
        keys += Teacher.objects.filter(staff_number__in=part).values_list("pk", flat=True)
    for key_part in chunks(sorted(keys)):
        people = Teacher.objects.filter(pk__in=key_part).order_by("pk")
        list(people.select_for_update(of=("self",)).values_list("pk"))


def end_without_rights(roster: RosterImport) -> RosterImport:
    """Close an import whose person may not write it any more."""
    roster.state = State.REFUSED
    roster.refusal_code, roster.refusal = refused("rights_ended")
    roster.save(update_fields=["state", "refusal_code", "refusal"])
    return roster


def rejudged(
    *,
    actor: Any,
    unit: Unit,
    stored: Sequence[ImportLine],
    day: date,
    tell: Tell = say_nothing,
) -> list[JudgedLine]:
    """The stored lines judged against the register of this moment, in the same order.

    `tell` is called while it lasts, so that the job keeps its lease.
    """
    raw = [
        RawLine(
            sheet=line.sheet,
            number=line.number,
            cells={header: (text, kind) for header, (text, kind) in line.cells.items()},
            hidden=line.is_hidden,
        )
        for line in stored
    ]
    register = register_for(raw, unit=unit, actor=actor, day=day)
    judged = judge_file(
        raw,
        register.grounds,
        register.rosters,
        pupils=register.pupils,
        partial=True,
        tell=tell,
    ).lines
    by_place = {(item.raw.sheet, item.raw.number): item for item in judged}
    return [as_promised(line, by_place[line.sheet, line.number]) for line in stored]


def as_promised(stored: ImportLine, item: JudgedLine) -> JudgedLine:
    """The line if it still does what its preview said, or nothing; else rejected."""
    if stored.verdict == Verdict.REJECTED:
        problems = (
            Problem(problem["column"], problem["code"], problem["params"])
            for problem in stored.problems
        )
        return JudgedLine(item.raw, item.line, rejected(*problems))
    now = item.judgement
    promised = {column: tuple(pair) for column, pair in stored.changes.items()}
    if now.verdict in (Verdict.REJECTED, Verdict.UNCHANGED):
        return item
    if now.verdict == stored.verdict and dict(now.changes) == promised:
        return item
    column = next(iter(now.changes), STAFF_NUMBER)
    return JudgedLine(item.raw, item.line, rejected(Problem(column, "changed_meanwhile")))


def store_outcome(stored: Sequence[ImportLine], lines: Sequence[JudgedLine]) -> None:
    """Correct the stored verdicts where the register had changed since the preview."""
    changed: dict[bool, list[ImportLine]] = {True: [], False: []}
    for row, item in zip(stored, lines, strict=True):
        if row.verdict == str(item.judgement.verdict):
            continue
        values = stored_judgement(item.judgement)
        row.verdict, row.changes = str(item.judgement.verdict), values["changes"]
        row.problems = values["problems"]
        changed[row.secret is not None].append(row)
    plain, sealed = changed[False], changed[True]
    ImportLine.objects.bulk_update(plain, ["verdict", "changes", "problems"], batch_size=500)
    ImportLine.objects.bulk_update(sealed, ["verdict"], batch_size=500)
    secrets = [
        ImportSecret(pk=row.secret_id, roster_id=row.roster_id, content=sealed_text(row))
        for row in sealed
    ]
    upsert(secrets, ["content"])


def sealed_text(row: ImportLine) -> str:
    """What the secret of a line about a pupil says."""
    told = {"cells": row.cells, "changes": row.changes, "problems": row.problems}
    return json.dumps(told, ensure_ascii=False)


def announce(*, actor: Any, roster: RosterImport) -> None:
    """Leave the trace of an import and publish the fact."""
    counts = {str(verdict): getattr(roster, f"{verdict}_count") for verdict in Verdict}
    audit.record(actor, "roster.imported", roster, unit_path=roster.unit.path, **counts)
    events.publish(
        RosterImported(
            roster_id=roster.pk,
            unit_id=roster.unit_id,
            created=roster.created_count,
            updated=roster.updated_count,
        )
    )


def tell_outcome(user: Any, roster: RosterImport) -> None:
    """Put the outcome into the inbox of the person who confirmed."""
    notify(
        user=user,
        kind="roster_imported",
        text=gettext_noop(
            "名册已导入：新增 %(created)s 行，更新 %(updated)s 行，退回 %(rejected)s 行。"
        ),
        values={
            "created": roster.created_count,
            "updated": roster.updated_count,
            "rejected": roster.rejected_count,
        },
        url=f"/schools/imports/{roster.pk}/",
    )


@transaction.atomic
def import_file(
    *, actor: Any, unit: Unit, examination: Examination, day: date, name: str
) -> RosterImport:
    """Write an examined file at once, for the operator's command; it stands among the imports."""
    now = clock.now()
    roster = RosterImport(
        unit=unit,
        uploaded_by=actor,
        file_name=name,
        rows_sha256=examination.rows_sha256,
        headers=dict(examination.headers),
        notes=list(examination.notes),
        state=RosterImport.State.DONE,
        confirmed_at=now,
        done_at=now,
    )
    set_counts(roster, examination.roster.lines)
    roster.save()
    write_lines(actor=actor, unit=unit, lines=examination.roster.lines, day=day)
    announce(actor=actor, roster=roster)
    return roster
