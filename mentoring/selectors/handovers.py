"""Handovers as each side sees them: who has to write, who has to answer, who offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core import clock
from core.errors import Missing
from mentoring.models import OPEN, Handover, HandoverState, MentorAssignment
from mentoring.permissions import PUBLISHERS, own_handovers, publishes_in, visible_handovers
from mentoring.selectors.assignments import seats_of
from mentoring.selectors.planning import places_of
from schools.models import ClassMembership, Employment, Pupil, Role, Teacher, Unit
from schools.permissions import paths_q, scope_of

RECENT = 50
PATIENCE = timedelta(days=7)
"""After so long without an answer a handover stands on the home of the head of the school."""


@dataclass(frozen=True, slots=True)
class Given:
    """A pupil of a mentor whom the head may hand over; `waiting` is the handover under way."""

    pupil: Pupil
    school_class: str
    waiting: Handover | None


@dataclass(frozen=True, slots=True)
class HandoverList:
    """What the viewer has to write, has to answer, and the viewer's school has offered."""

    to_brief: list[Handover]
    to_answer: list[Handover]
    offered: list[Handover]


def handovers_for(viewer: Any) -> HandoverList:
    """The viewer's handovers, the oldest open first; of the school's all open ones and the latest
    that are over. Three queries.
    """
    teacher = scope_of(viewer).teacher
    if teacher is None:
        return HandoverList([], [], [])
    people = ("pupil", "unit", "from_mentor", "to_mentor")
    mine = own_handovers(viewer).filter(state__in=OPEN).select_related(*people)
    own = list(mine.order_by("created_at"))
    school = _of_headed_schools(viewer).select_related(*people)
    still_open = list(school.filter(state__in=OPEN).order_by("created_at"))
    over = list(school.exclude(state__in=OPEN).order_by("-closed_at")[:RECENT])
    return HandoverList(
        [row for row in own if row.from_mentor_id == teacher.pk and not row.briefed_at],
        [row for row in own if row.to_mentor_id == teacher.pk],
        [*still_open, *over],
    )


def _of_headed_schools(viewer: Any) -> QuerySet[Handover]:
    paths = scope_of(viewer).paths(*PUBLISHERS)
    return visible_handovers(viewer).filter(paths_q("unit__path", paths))


def get_handover_for(*, viewer: Any, handover_id: UUID) -> Handover:
    """A handover that the viewer takes part in or answers for. Raises Missing."""
    rows = visible_handovers(viewer).select_related("pupil", "unit", "from_mentor", "to_mentor")
    row = rows.filter(pk=handover_id).first()
    if row is None:
        raise Missing
    return row


def get_handover_to_brief(*, viewer: Any, handover_id: UUID) -> Handover:
    """A handover whose brief is the viewer's to write. Raises Missing."""
    row = get_handover_for(viewer=viewer, handover_id=handover_id)
    if row.from_mentor != scope_of(viewer).teacher:
        raise Missing
    return row


def get_handover_to_answer(*, viewer: Any, handover_id: UUID) -> Handover:
    """A handover that is the viewer's to accept or decline. Raises Missing."""
    row = get_handover_for(viewer=viewer, handover_id=handover_id)
    if row.to_mentor != scope_of(viewer).teacher:
        raise Missing
    return row


def get_handover_to_withdraw(*, viewer: Any, handover_id: UUID) -> Handover:
    """A handover of a school that the viewer heads. Raises Missing."""
    row = get_handover_for(viewer=viewer, handover_id=handover_id)
    if not publishes_in(viewer, row.unit):
        raise Missing
    return row


def brief_for(viewer: Any, handover: Handover) -> str | None:
    """The brief, for whom it was written and who wrote it; None for who may not read it.

    The writer reads it until the handover ends, the next mentor as long as he or she is asked or
    is the pupil's mentor, and the psychology teacher of the school always.
    """
    brief = getattr(handover, "brief", None)
    return str(brief.text) if brief is not None and _reads(viewer, handover) else None


def _reads(viewer: Any, handover: Handover) -> bool:
    scope = scope_of(viewer)
    if scope.covers(handover.unit.path, Role.PSYCHOLOGY_TEACHER) and _sits_here(handover):
        return True
    return own_handovers(viewer).filter(pk=handover.pk).exists()


def _sits_here(handover: Handover) -> bool:
    seats = ClassMembership.objects.on(clock.today()).filter(pupil=handover.pupil_id)
    return bool(seats.filter(school_class__unit=handover.unit_id).exists())


def briefs_of(viewer: Any, pupil: Pupil) -> list[tuple[Handover, str]]:
    """What was handed over about a pupil, the newest first, as far as the viewer may read it."""
    rows = Handover.objects.filter(pupil=pupil, brief__isnull=False)
    known = rows.select_related("unit", "from_mentor", "to_mentor", "brief").order_by("-briefed_at")
    return [(row, text) for row in known if (text := brief_for(viewer, row)) is not None]


def get_mentor_of_school(*, viewer: Any, teacher_id: UUID) -> tuple[Unit, Teacher]:
    """A mentor or teacher of a school that the viewer heads, and the school. Raises Missing."""
    today, paths = clock.today(), scope_of(viewer).paths(*PUBLISHERS)
    works = Employment.objects.on(today).filter(paths_q("unit__path", paths), teacher=teacher_id)
    pairs = MentorAssignment.objects.on(today).filter(
        paths_q("unit__path", paths), mentor=teacher_id
    )
    pair = pairs.select_related("unit", "mentor").first()
    work = works.select_related("unit", "teacher").first()
    if pair is not None:
        return pair.unit, pair.mentor
    if work is not None:
        return work.unit, work.teacher
    raise Missing


def given_of(unit: Unit, mentor: Teacher) -> list[Given]:
    """The mentor's pupils in the school today by class and name. Four queries."""
    today = clock.today()
    pairs = MentorAssignment.objects.on(today).filter(mentor=mentor, unit=unit)
    pupils = list(Pupil.objects.filter(pk__in=pairs.values("pupil")).order_by("pinyin", "pk"))
    seats = seats_of([pupil.pk for pupil in pupils])
    rows = Handover.objects.filter(pupil__in=pupils, state__in=OPEN).select_related("to_mentor")
    waiting = {row.pupil_id: row for row in rows}
    found = [Given(row, seats[row.pk], waiting.get(row.pk)) for row in pupils if row.pk in seats]
    return sorted(found, key=lambda given: given.school_class)


def next_mentors(viewer: Any, unit: Unit, giver: Teacher) -> list[Any]:
    """Who else of the school takes pupils, by name."""
    places = places_of(viewer, unit)
    return [place for place in places if place.hard_cap and place.teacher.pk != giver.pk]


def waiting_handovers(viewer: Any) -> int:
    """How many handovers wait for the viewer to write or to answer. One query."""
    own = scope_of(viewer).teacher
    waits = Q(from_mentor=own, state=HandoverState.OFFERED) | Q(
        to_mentor=own, state=HandoverState.BRIEFED
    )
    return own_handovers(viewer).filter(waits).count() if own else 0


def stuck_handovers(viewer: Any) -> list[Handover]:
    """What has waited longer than PATIENCE in the schools that the viewer heads, oldest first."""
    rows = _of_headed_schools(viewer).filter(state__in=OPEN, created_at__lt=clock.now() - PATIENCE)
    return list(rows.select_related("from_mentor", "to_mentor").order_by("created_at"))
