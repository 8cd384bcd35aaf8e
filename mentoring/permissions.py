"""Who sees and changes assignments: the head of the school, and each person their own.

Rights come from dated posts and dated assignments only; a superuser is not special. Source:
docs/features/access.md, C3.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from mentoring.models import OPEN, AssignmentRun, Conflict, Handover, MentorAssignment
from schools.models import ClassMembership, ClassTeacher, Employment, Pupil, Role, Unit
from schools.permissions import paths_q, scope_of

PLANNERS: Final = (Role.PRINCIPAL, Role.DEPUTY, Role.SCHOOL_ADMIN)
"""Who computes and looks at a school's assignment."""
PUBLISHERS: Final = (Role.PRINCIPAL, Role.DEPUTY)
"""Who makes an assignment effective, or changes a mentor by hand."""
SCHOOL_READERS: Final = (*PLANNERS, Role.PSYCHOLOGY_TEACHER)
"""Who reads all pairs of a school."""


class Reading(IntEnum):
    """How much of a pupil's check-ins somebody reads; more includes less. Source: C6 of
    docs/features/access.md.
    """

    NOTHING = 0
    FACTS = 1
    """Who, when, how and with what outcome."""
    OWN_WORDS = 2
    """Also what one wrote oneself, as long as one is the pupil's mentor."""
    ALL_WORDS = 3


def plans_in(user: Any, unit: Unit) -> bool:
    """Whether the user computes assignments of this school."""
    return unit.is_school and scope_of(user).covers(unit.path, *PLANNERS)


def publishes_in(user: Any, unit: Unit) -> bool:
    """Whether the user makes assignments of this school effective."""
    return unit.is_school and scope_of(user).covers(unit.path, *PUBLISHERS)


def visible_runs(user: Any) -> QuerySet[AssignmentRun]:
    """Computed assignments of the schools that the user plans for."""
    return AssignmentRun.objects.filter(paths_q("unit__path", scope_of(user).paths(*PLANNERS)))


def can_view_run(user: Any, run: AssignmentRun) -> bool:
    """Whether the run is among the user's visible ones."""
    return scope_of(user).covers(run.unit.path, *PLANNERS)


def visible_assignments(user: Any) -> QuerySet[MentorAssignment]:
    """Pairs of today: one's own, those of one's school, and those of the class one leads."""
    scope = scope_of(user)
    today = MentorAssignment.objects.on(clock.today())
    if scope.teacher is None:
        return today.none()
    return today.filter(
        Q(mentor=scope.teacher)
        | paths_q("unit__path", scope.paths(*SCHOOL_READERS))
        | _of_led_classes(user)
    )


def can_view_assignment(user: Any, assignment: MentorAssignment) -> bool:
    """Whether the pair is among the user's visible ones."""
    return visible_assignments(user).filter(pk=assignment.pk).exists()


def reading_of(user: Any, pupil: Pupil) -> Reading:
    """What the user reads today of the check-ins with a pupil.

    The psychology teacher of the pupil's school reads all words; the mentor of today the own
    ones; the class teacher and the head of the school who was seen when.
    """
    scope, today = scope_of(user), clock.today()
    if scope.teacher is None:
        return Reading.NOTHING
    seats = ClassMembership.objects.on(today).filter(pupil=pupil)
    seat = seats.select_related("school_class__unit").first()
    path = seat.school_class.unit.path if seat else ""
    if seat and scope.covers(path, Role.PSYCHOLOGY_TEACHER):
        return Reading.ALL_WORDS
    pairs = MentorAssignment.objects.on(today).filter(pupil=pupil, mentor=scope.teacher)
    if seat and pairs.filter(unit=seat.school_class.unit).exists():
        return Reading.OWN_WORDS
    leads = seat and _led_classes(user).filter(school_class=seat.school_class).exists()
    if leads or (seat and scope.covers(path, *PUBLISHERS)):
        return Reading.FACTS
    return Reading.NOTHING


def visible_handovers(user: Any) -> QuerySet[Handover]:
    """Handovers of pupils who sit today in the schools whose head or psychology teacher the user
    is, and those of the user's own.
    """
    scope = scope_of(user)
    if scope.teacher is None:
        return Handover.objects.none()
    sits = ClassMembership.objects.on(clock.today()).filter(
        pupil=OuterRef("pupil"), school_class__unit=OuterRef("unit")
    )
    office = paths_q("unit__path", scope.paths(*PUBLISHERS, Role.PSYCHOLOGY_TEACHER))
    own = own_handovers(user).values("pk")
    return Handover.objects.filter((office & Q(Exists(sits))) | Q(pk__in=own))


def own_handovers(user: Any) -> QuerySet[Handover]:
    """Handovers that the user takes part in today: the pair holds, and who is asked is employed
    there and not in conflict with the pupil; and those by which the user is a pupil's mentor.
    """
    scope, today = scope_of(user), clock.today()
    if scope.teacher is None:
        return Handover.objects.none()
    pairs = MentorAssignment.objects.on(today)
    works = Employment.objects.on(today).filter(teacher=scope.teacher, unit=OuterRef("unit"))
    apart = Conflict.objects.on(today).filter(teacher=scope.teacher, pupil=OuterRef("pupil"))
    asked = Q(Exists(works)) & ~Q(Exists(apart)) & Q(to_mentor=scope.teacher)
    open_ones = Q(state__in=OPEN, pair__in=pairs.values("pk"))
    return Handover.objects.filter(
        (open_ones & (Q(from_mentor=scope.teacher) | asked))
        | Q(made__in=pairs.filter(mentor=scope.teacher).values("pk"))
    )


def _led_classes(user: Any) -> QuerySet[ClassTeacher]:
    """Classes that the user leads today and holds the post for."""
    scope = scope_of(user)
    led: QuerySet[ClassTeacher] = ClassTeacher.objects.on(clock.today()).filter(
        paths_q("school_class__unit__path", scope.paths(Role.CLASS_TEACHER)), teacher=scope.teacher
    )
    return led


def _of_led_classes(user: Any) -> Q:
    """Pairs of pupils who sit today in a class that the user leads and holds the post for."""
    sits = ClassMembership.objects.on(clock.today()).filter(
        pupil=OuterRef("pupil"), school_class__in=_led_classes(user).values("school_class")
    )
    return Q(Exists(sits))
