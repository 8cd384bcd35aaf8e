"""Looking at what names pupils: every look leaves a trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, clock
from mentoring.models import AssignmentRun, Handover, MentorAssignment, RunState
from mentoring.permissions import Reading, plans_in, publishes_in
from mentoring.selectors.assignments import Gap, gaps_for, get_run_for, seats_of
from mentoring.selectors.caseload import Case, caseload_for
from mentoring.selectors.contacts import Entry, entries_of, get_pupil_to_read
from mentoring.selectors.handovers import (
    Given,
    brief_for,
    briefs_of,
    get_handover_for,
    get_mentor_of_school,
    given_of,
)
from mentoring.selectors.planning import get_planned_school
from mentoring.services.needs import school_of
from schools.models import Pupil, Teacher, Unit
from schools.selectors.leaving import LeftBehind


@dataclass(frozen=True, slots=True)
class PupilOpened:
    """A pupil as the reader sees them: class, contacts, for the mentor when contact is due,
    and the briefs of handovers that the reader may read.
    """

    pupil: Pupil
    school_class: str
    reading: Reading
    entries: list[Entry]
    case: Case | None
    handed_over: list[tuple[Handover, str]]


@transaction.atomic
def open_run(*, actor: Any, run_id: UUID) -> AssignmentRun:
    """A computed assignment, looked at. While it is computed there is nothing to see yet.

    Raises Missing.
    """
    run = get_run_for(viewer=actor, run_id=run_id)
    if run.state != RunState.COMPUTING:
        audit.record(actor, "mentoring.open_run", run, unit=run.unit)
    return run


@transaction.atomic
def open_gaps(*, actor: Any, unit_key: str | UUID) -> tuple[Unit, list[Gap]]:
    """A school and its pupils who have no mentor today. Raises Missing."""
    unit = get_planned_school(viewer=actor, key=unit_key)
    gaps = gaps_for(viewer=actor, unit=unit)
    audit.record(actor, "mentoring.open_gaps", unit, unit=unit, pupils=len(gaps))
    return unit, gaps


@transaction.atomic
def open_caseload(*, actor: Any) -> list[Case]:
    """The actor's own pupils in the order in which they are due; empty for who mentors nobody.

    Each school of theirs has its own trace of the look.
    """
    cases = caseload_for(viewer=actor)
    schools = Counter(case.unit_path for case in cases)
    for path, count in sorted(schools.items()):
        audit.record(actor, "mentoring.open_caseload", unit_path=path, basis="mentor", pupils=count)
    return cases


@transaction.atomic
def open_pupil(*, actor: Any, pupil_id: UUID) -> PupilOpened:
    """A pupil's contacts, with the words that the reader may read. Raises Missing."""
    pupil, reading = get_pupil_to_read(viewer=actor, pupil_id=pupil_id)
    entries = entries_of(actor, pupil, reading)
    handed_over = briefs_of(actor, pupil)
    mine = caseload_for(viewer=actor)
    audit.record(
        actor,
        "mentoring.open_pupil",
        pupil,
        unit=school_of(pupil, clock.today()),
        basis=reading.name.lower(),
        contacts=len(entries),
        words=sum(bool(entry.text) for entry in entries) + len(handed_over),
    )
    return PupilOpened(
        pupil,
        seats_of([pupil.pk]).get(pupil.pk, ""),
        reading,
        entries,
        next((case for case in mine if case.pupil_id == pupil.pk), None),
        handed_over,
    )


@transaction.atomic
def open_handover(*, actor: Any, handover_id: UUID) -> tuple[Handover, str | None]:
    """A handover, and its brief for who may read it. Raises Missing."""
    row = get_handover_for(viewer=actor, handover_id=handover_id)
    brief = brief_for(actor, row)
    audit.record(actor, "mentoring.open_handover", row, unit=row.unit, words=int(brief is not None))
    return row, brief


@transaction.atomic
def open_mentor(*, actor: Any, teacher_id: UUID) -> tuple[Unit, Teacher, list[Given]]:
    """A mentor of the actor's school and the pupils who could be handed over. Raises Missing."""
    unit, mentor = get_mentor_of_school(viewer=actor, teacher_id=teacher_id)
    given = given_of(unit, mentor)
    audit.record(actor, "mentoring.open_mentor", mentor, unit=unit, pupils=len(given))
    return unit, mentor, given


def left_by_mentor(actor: Any, teacher: Teacher) -> Iterator[LeftBehind]:
    """The pupils who lose their mentor when `teacher` goes, by school; named and traced for who
    plans there, and with the way to hand them over for the head."""
    pairs = MentorAssignment.objects.reaching(clock.today()).filter(mentor=teacher)
    for unit in Unit.objects.filter(pk__in=pairs.values("unit")).order_by("path"):
        yield _left_in(actor, teacher, unit)


@transaction.atomic
def _left_in(actor: Any, teacher: Teacher, unit: Unit) -> LeftBehind:
    names: tuple[str, ...] = ()
    heads = publishes_in(actor, unit)
    if plans_in(actor, unit):
        given = given_of(unit, teacher)
        names = tuple(f"{row.pupil.name}（{row.school_class}）" for row in given)
        audit.record(actor, "mentoring.open_mentor", teacher, unit=unit, pupils=len(given))
    return LeftBehind(
        title=_("是这些学生的导师") if names else _("是一些学生的导师"),
        names=names,
        note=_("从离开那天起，这些学生没有导师，学校领导会收到通知。请先办理交接。")
        if heads
        else _("从离开那天起，这些学生没有导师，学校领导会收到通知。请学校领导先办理交接。"),
        url=reverse("mentoring:handover_offer", args=[teacher.pk]) if heads else "",
        link=_("交接学生"),
    )
