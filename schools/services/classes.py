"""Classes are opened, led and taught, each from a day on; nobody moves a class up by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import DomainError, Invalid, Missing
from schools.models import (
    ClassTeacher,
    Employment,
    Post,
    Role,
    SchoolClass,
    Teacher,
    TeachingAssignment,
    Unit,
)
from schools.permissions import keeps_roster, scope_of
from schools.rules.days import span_of_a_change
from schools.rules.roster import FIRST_YEAR, LAST_YEAR
from schools.selectors.chunks import chunks
from schools.selectors.classes import finished_on
from schools.services.days import require_between
from schools.services.holding import hold_schools
from schools.services.posts import announce_given

LONGEST_SUBJECT = 20
YEAR_WRONG = _("入学年份应是四位年份，例如 2024。")
NUMBER_WRONG = _("班号应是 1 到 99 的整数。")


class ClassOver(DomainError):
    """The class has gone through all grades of its school by that day."""

    code = "class_over"
    message = _("%(name)s到%(day)s已经毕业，请选择还在校的班级。")


class NotOnStaff(DomainError):
    """The teacher does not work for the school of the class on that day."""

    code = "not_on_staff"
    message = _("%(name)s在%(day)s不是这所学校的教职工，请另选一位，或先办理任职。")


class LeadsSince(DomainError):
    """The person leads the class already, since another day."""

    code = "leads_since"
    message = _("%(name)s从%(day)s起就是这个班的班主任，没有改动。")


class TeachesSince(DomainError):
    """The person teaches the class already, since another day."""

    code = "teaches_since"
    message = _("%(name)s从%(day)s起就任教这个班的这门课，没有改动。")


def require_keeper(actor: Any, unit: Unit) -> None:
    """Raise Missing unless the actor keeps the roster of this school; None is the operator."""
    if not unit.is_school or (actor is not None and not keeps_roster(actor, unit)):
        raise Missing


def require_running(school_class: SchoolClass, day: date) -> None:
    """Raise ClassOver when the class has finished by that day."""
    if finished_on(school_class) <= day:
        raise ClassOver(name=str(school_class), day=date_format(day))


@transaction.atomic
def add_class(*, actor: Any, unit: Unit, entry_year: int, number: int) -> tuple[SchoolClass, bool]:
    """A class of a school, and whether it is new; the same again changes nothing.

    Raises Missing unless the actor keeps the roster, Invalid for an impossible year or number,
    ClassOver for a cohort that has left school.
    """
    require_keeper(actor, unit)
    wrong = {
        "entry_year": None if FIRST_YEAR <= entry_year <= LAST_YEAR else YEAR_WRONG,
        "number": None if 1 <= number <= 99 else NUMBER_WRONG,
    }
    if any(wrong.values()):
        raise Invalid(fields={field: text for field, text in wrong.items() if text})
    require_running(SchoolClass(unit=unit, entry_year=entry_year, number=number), clock.today())
    school_class, created = SchoolClass.objects.get_or_create(
        unit=unit, entry_year=entry_year, number=number
    )
    if created:
        audit.record(actor, "class.added", school_class, unit_path=unit.path)
    return school_class, created


@transaction.atomic
def name_class_teacher(
    *, actor: Any, school_class: SchoolClass, teacher: Teacher, on: date | None = None
) -> tuple[ClassTeacher, bool]:
    """From `on` (today) the teacher leads the class, and whether that is new.

    Who led it before ends that day, who was to lead it later is called off. The post of class
    teacher, which gives the rights, begins with it where the person does not hold it yet. Raises
    Missing unless the actor keeps the roster, and for the actor's own person; NotOnStaff,
    ClassOver, LeadsSince for another day than the one on record, Invalid for a day out of bounds.
    """
    require_keeper(actor, school_class.unit)
    require_other(actor, teacher)
    day, today = on or clock.today(), clock.today()
    hold_schools([school_class.unit])
    require_on_staff(teacher, school_class.unit, day)
    require_running(school_class, day)
    before = list(
        ClassTeacher.objects.reaching(max(day, today))
        .filter(school_class=school_class)
        .order_by("starts_on")
    )
    standing = next((row for row in before if row.starts_on <= day), None)
    if standing is not None and standing.teacher_id == teacher.pk:
        if on is not None and on != standing.starts_on:
            raise LeadsSince(name=teacher.name, day=date_format(standing.starts_on))
        return standing, False
    led = ClassTeacher.objects.filter(school_class=school_class)
    require_between("on", day, *span_of_a_change(today, turning_days(led, today)))
    end_rows(actor, before, day)
    named: ClassTeacher = ClassTeacher.objects.create(
        school_class=school_class, teacher=teacher, starts_on=day
    )
    announce_named(actor, [named])
    give_class_posts(actor, school_class.unit, [teacher], day)
    return named, True


def require_other(actor: Any, teacher: Teacher) -> None:
    """Raise Missing where somebody would name the own person: nobody decides on his own posts."""
    own = scope_of(actor).teacher if actor is not None else None
    if own is not None and own.pk == teacher.pk:
        raise Missing


def require_on_staff(teacher: Teacher, unit: Unit, day: date) -> None:
    """Raise NotOnStaff unless the school employs the teacher on that day."""
    if not Employment.objects.on(day).filter(teacher=teacher, unit=unit).exists():
        raise NotOnStaff(name=teacher.name, day=date_format(day))


def announce_named(actor: Any, rows: Sequence[ClassTeacher]) -> None:
    """Leave the trace of each new class teacher."""
    audit.record_all(actor, [act("class.teacher_named", row) for row in rows])


def act(verb: str, row: ClassTeacher | TeachingAssignment) -> audit.Act:
    """What the trace says of somebody who leads or teaches a class."""
    day = row.ends_on if row.ends_on is not None else row.starts_on
    detail = {"teacher": row.teacher_id, "day": day.isoformat()}
    return audit.Act(verb, row.school_class, row.school_class.unit.path, detail)


def give_class_posts(actor: Any, unit: Unit, teachers: Collection[Teacher], day: date) -> None:
    """These people hold the post of class teacher from `day` on; one planned for later goes on
    from its day."""
    held = Post.objects.reaching(day).filter(
        role=Role.CLASS_TEACHER, unit=unit, teacher__in=teachers
    )
    first: dict[UUID, date] = {}
    for post in held.order_by("-starts_on"):
        first[post.teacher_id] = post.starts_on
    posts = [
        Post(
            teacher=teacher,
            role=Role.CLASS_TEACHER,
            unit=unit,
            starts_on=day,
            ends_on=first.get(teacher.pk),
        )
        for teacher in teachers
        if first.get(teacher.pk) is None or first[teacher.pk] > day
    ]
    Post.objects.bulk_create(posts, batch_size=500)
    announce_given(actor, posts)


@transaction.atomic
def end_class_teacher(*, actor: Any, school_class: SchoolClass, on: date | None = None) -> bool:
    """From `on` (today) nobody leads the class; whether anybody did or was to.

    The post of class teacher stays: the person may lead another class. Raises Missing unless the
    actor keeps the roster, Invalid for a day before the present leader began or out of bounds.
    """
    require_keeper(actor, school_class.unit)
    day, today = on or clock.today(), clock.today()
    hold_schools([school_class.unit])
    rows = list(ClassTeacher.objects.reaching(max(day, today)).filter(school_class=school_class))
    if not rows:
        return False
    require_between("on", day, *span_of_a_change(today, turning_days(rows, today)))
    end_rows(actor, rows, day)
    return True


def turning_days(rows: Iterable[Any], today: date) -> list[date]:
    """The days before which a change may not reach: dated rows begun, former ones ended."""
    return [
        row.ends_on if row.ends_on is not None and row.ends_on <= today else row.starts_on
        for row in rows
        if row.starts_on <= today
    ]


def end_rows(
    actor: Any, rows: Sequence[ClassTeacher] | Sequence[TeachingAssignment], day: date
) -> None:
    """End what runs on `day`, call off what was to begin later; each end leaves its trace."""
    for row in rows:
        row.ends_on = max(day, row.starts_on)
    for model, verb in (
        (ClassTeacher, "class.teacher_ended"),
        (TeachingAssignment, "class.teaching_ended"),
    ):
        chosen: list[Any] = [row for row in rows if isinstance(row, model)]
        model._default_manager.bulk_update(chosen, ["ends_on"], batch_size=500)
        audit.record_all(actor, [act(verb, row) for row in chosen])


@transaction.atomic
def assign_teaching(
    *,
    actor: Any,
    school_class: SchoolClass,
    teacher: Teacher,
    subject: str = "",
    on: date | None = None,
) -> tuple[TeachingAssignment, bool]:
    """From `on` (today) the teacher teaches the class this subject, and whether that is new.

    What is planned for later goes on from its day. Raises Missing unless the actor keeps the
    roster; NotOnStaff, ClassOver, TeachesSince for another day than the one on record, Invalid
    for a subject too long or a day out of bounds.
    """
    require_keeper(actor, school_class.unit)
    subject = "".join(subject.split())
    if len(subject) > LONGEST_SUBJECT:
        raise Invalid(fields={"subject": _("学科名称太长，最多 20 个字。")})
    day, today = on or clock.today(), clock.today()
    require_between("on", day, *span_of_a_change(today, ()))
    hold_schools([school_class.unit])
    require_on_staff(teacher, school_class.unit, day)
    require_running(school_class, day)
    same = {"school_class": school_class, "teacher": teacher, "subject": subject}
    first = TeachingAssignment.objects.reaching(day).filter(**same).order_by("starts_on").first()
    if first is not None and first.starts_on <= day:
        if on is not None and on != first.starts_on:
            raise TeachesSince(name=teacher.name, day=date_format(first.starts_on))
        return first, False
    made: TeachingAssignment = TeachingAssignment.objects.create(
        **same, starts_on=day, ends_on=first.starts_on if first is not None else None
    )
    audit.record_all(actor, [act("class.teaching_assigned", made)])
    return made, True


@transaction.atomic
def end_teaching(*, actor: Any, assignment: TeachingAssignment, on: date | None = None) -> bool:
    """From `on` (today) the teacher does not teach the class this subject any more; whether that
    is new. Raises Missing unless the actor keeps the roster, Invalid for a day out of bounds."""
    require_keeper(actor, assignment.school_class.unit)
    day, today = on or clock.today(), clock.today()
    hold_schools([assignment.school_class.unit])
    held: TeachingAssignment = TeachingAssignment.objects.select_related("school_class__unit").get(
        pk=assignment.pk
    )
    if held.ends_on is not None and held.ends_on <= max(day, today):
        return False
    require_between("on", day, *span_of_a_change(today, turning_days([held], today)))
    end_rows(actor, [held], day)
    return True


def end_class_work_of(actor: Any, teachers: Collection[UUID], day: date) -> None:
    """These people lead and teach no class from `day` on, wherever they did; as with posts, what
    was planned for later is called off and what has ended keeps its end."""
    for part in chunks(teachers):
        for model in (ClassTeacher, TeachingAssignment):
            rows = model._default_manager.reaching(max(day, clock.today()))
            chosen = rows.filter(teacher__in=part).select_related("school_class__unit")
            end_rows(actor, list(chosen.order_by("pk")), day)
