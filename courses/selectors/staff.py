"""How far the people of a viewer's units are with their courses: the counts and the rows behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from core import clock
from courses.models import Enrolment, EnrolmentState
from courses.permissions import LEARNING_STATES, PROGRESS_READERS
from schools.models import Teacher
from schools.permissions import scope_of, works_under
from schools.selectors.staff import person_q

STATES = ("learning", "completed", "late")


@dataclass(frozen=True, slots=True)
class StaffProgress:
    """Enrolments of the staff; those that are late are among those under way."""

    learning: int
    completed: int
    late: int


def staff_progress(viewer: Any) -> StaffProgress:
    """The counts over everybody who works today under the viewer's units."""
    counts = {state: Count("pk", filter=_state_q(state)) for state in STATES}
    return StaffProgress(**_of_staff(viewer).aggregate(**counts))


def staff_enrolments(viewer: Any, state: str = "", query: str = "") -> QuerySet[Enrolment]:
    """The same enrolments as rows, those that end first on top; of one state if given."""
    rows = _of_staff(viewer, query).filter(_state_q(state))
    return rows.select_related("teacher", "run__course").order_by(
        Case(When(state=EnrolmentState.ENROLLED, then=Value(0)), default=Value(1)),
        F("run__learn_closes_on").asc(nulls_last=True),
        "teacher__pinyin",
        "teacher__staff_number",
        "pk",
    )


def _of_staff(viewer: Any, query: str = "") -> QuerySet[Enrolment]:
    paths = scope_of(viewer).paths(*PROGRESS_READERS)
    people = Teacher.objects.filter(works_under(paths), person_q(query))
    return Enrolment.objects.filter(teacher__in=people.order_by().values("pk"))


def _state_q(state: str) -> Q:
    under_way = Q(state=EnrolmentState.ENROLLED)
    late = Q(run__learn_closes_on__lte=clock.today())
    return {
        "learning": under_way,
        "completed": Q(state=EnrolmentState.COMPLETED),
        "late": under_way & late,
    }.get(state, Q(state__in=LEARNING_STATES))
