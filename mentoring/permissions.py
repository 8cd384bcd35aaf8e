"""Who sees and changes assignments: the head of the school, and each person their own.

Rights come from dated posts and dated assignments only; a superuser is not special. Source:
docs/features/access.md, C3.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from mentoring.models import AssignmentRun, MentorAssignment
from schools.models import ClassMembership, ClassTeacher, Role, Unit
from schools.permissions import paths_q, scope_of

PLANNERS: Final = (Role.PRINCIPAL, Role.DEPUTY, Role.SCHOOL_ADMIN)
"""Who computes and looks at a school's assignment."""
PUBLISHERS: Final = (Role.PRINCIPAL, Role.DEPUTY)
"""Who makes an assignment effective, or changes a mentor by hand."""
SCHOOL_READERS: Final = (*PLANNERS, Role.PSYCHOLOGY_TEACHER)
"""Who reads all pairs of a school."""


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


def _of_led_classes(user: Any) -> Q:
    """Pairs of pupils who sit today in a class that the user leads and holds the post for."""
    scope, today = scope_of(user), clock.today()
    led = ClassTeacher.objects.on(today).filter(
        paths_q("school_class__unit__path", scope.paths(Role.CLASS_TEACHER)), teacher=scope.teacher
    )
    sits = ClassMembership.objects.on(today).filter(
        pupil=OuterRef("pupil"), school_class__in=led.values("school_class")
    )
    return Q(Exists(sits))
