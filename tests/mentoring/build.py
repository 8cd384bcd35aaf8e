"""A small school in the spring term: two classes, three teachers, six pupils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from core import jobs
from mentoring import services
from mentoring.models import AssignmentRun
from schools.models import (
    ClassTeacher,
    Pupil,
    Role,
    SchoolClass,
    SchoolYear,
    Teacher,
    TeachingAssignment,
    Term,
    Unit,
)
from tests.people import a_class, a_pupil, a_school, a_teacher

SPRING = date(2026, 2, 16)
NOON = "2026-03-02T12:00:00+08:00"


@dataclass(frozen=True)
class School:
    """The school, its term and its people by name."""

    unit: Unit
    term: Term
    people: dict[str, Teacher]
    pupils: dict[str, Pupil]
    classes: tuple[SchoolClass, SchoolClass]

    def user(self, name: str) -> Any:
        return self.people[name].user


def a_term(
    code: str = "2026-1", starts_on: date = SPRING, ends_on: date = date(2026, 7, 11)
) -> Term:
    """The spring term of the school year 2025."""
    year, _made = SchoolYear.objects.get_or_create(
        name="2025—2026学年",
        defaults={"starts_on": date(2025, 9, 1), "ends_on": date(2026, 9, 1)},
    )
    term, _made = Term.objects.get_or_create(
        code=code,
        defaults={
            "school_year": year,
            "name": "春季学期",
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )
    return term


def a_small_school(name: str = "浉河区第一小学") -> School:
    """王芳 leads class 1 and teaches both, 李强 leads class 2, 赵敏 is the principal."""
    unit = a_school(name)
    first, second = a_class(1, school=unit), a_class(2, school=unit)
    people = {
        "王芳": a_teacher("王芳", school=unit, posts=[Role.CLASS_TEACHER]),
        "李强": a_teacher("李强", school=unit, posts=[Role.CLASS_TEACHER]),
        "赵敏": a_teacher("赵敏", school=unit, posts=[Role.PRINCIPAL]),
    }
    for led, leader in ((first, "王芳"), (second, "李强")):
        ClassTeacher.objects.create(school_class=led, teacher=people[leader], starts_on=SPRING)
    TeachingAssignment.objects.create(
        teacher=people["王芳"], school_class=second, subject="语文", starts_on=SPRING
    )
    seats = {"林小雨": first, "高子涵": first, "周一鸣": first}
    seats |= {"陈思远": second, "何静怡": second, "吴昊天": second}
    pupils = {
        child: a_pupil(child, school_class=seat, since=SPRING) for child, seat in seats.items()
    }
    return School(unit, a_term(), people, pupils, (first, second))


def previewed(school: School) -> AssignmentRun:
    """A computed assignment of the school, as the principal asks for it and a worker makes it."""
    run = services.propose_assignment(actor=school.user("赵敏"), unit=school.unit, term=school.term)
    assert run.job_id is not None
    jobs.run(run.job_id)
    run.refresh_from_db()
    return run


def published(school: School, reason: str = "新学期结对") -> AssignmentRun:
    """A computed assignment made effective by the principal."""
    return services.publish_assignment(
        actor=school.user("赵敏"), run=previewed(school), reason=reason
    )
