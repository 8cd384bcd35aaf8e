"""Classes as those who keep or lead them look at them; every read takes the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from core import clock
from core.errors import Missing
from schools.models import (
    ClassMembership,
    ClassTeacher,
    SchoolClass,
    SchoolYear,
    Teacher,
    TeachingAssignment,
    Unit,
)
from schools.permissions import (
    PUPIL_READERS,
    can_view_class,
    keeps_pupils,
    keeps_roster,
    led_classes,
    scope_of,
    sees_classes_of,
    visible_classes,
)
from schools.rules.grades import (
    Standing,
    autumn_by_custom,
    last_school_year,
    standing_of,
)
from schools.rules.small_counts import with_small_hidden
from schools.selectors.wording import grade_text


@dataclass(frozen=True, slots=True)
class ClassShown:
    """A class in a list: its grade, who leads it, how many sit in it (None: not told)."""

    school_class: SchoolClass
    grade: str
    leaders: tuple[Teacher, ...]
    pupils: int | None


def autumn_on(day: date) -> int:
    """The year in whose autumn the school year of a civil date began: by the calendar where it
    knows that day, else from 1 September on."""
    year = SchoolYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()
    return year.starts_on.year if year else autumn_by_custom(day)


def first_day_of_autumn(autumn: int) -> date:
    """The first day of the school year that begins in this autumn, as `autumn_on` reckons."""
    year = SchoolYear.objects.filter(starts_on__year=autumn).order_by("starts_on").first()
    return year.starts_on if year else date(autumn, 9, 1)


def standing(school_class: SchoolClass, day: date) -> Standing:
    """The grade of a class on a civil date."""
    return standing_of(school_class.unit.stage, school_class.entry_year, autumn_on(day))


def finished_on(school_class: SchoolClass) -> date:
    """The first day on which the class has gone through all grades of its school."""
    last = last_school_year(school_class.unit.stage, school_class.entry_year)
    return first_day_of_autumn(last + 1)


def classes_for(viewer: Any, unit: Unit | None = None) -> QuerySet[SchoolClass]:
    """The viewer's classes (of one school), the youngest cohort first, each with the `leaders` and
    the `pupil_count` of today."""
    today = clock.today()
    seats = ClassMembership.objects.on(today).filter(school_class=OuterRef("pk")).order_by()
    count = seats.values("school_class").annotate(number=Count("pk")).values("number")
    leaders = ClassTeacher.objects.on(today).select_related("teacher")
    classes = visible_classes(viewer).select_related("unit")
    if unit is not None:
        classes = classes.filter(unit=unit)
    return (
        classes.annotate(pupil_count=Subquery(count))
        .prefetch_related(Prefetch("class_teachers", leaders, to_attr="leaders"))
        .order_by("unit__path", "-entry_year", "number")
    )


def classes_shown(viewer: Any, unit: Unit) -> list[ClassShown]:
    """The viewer's classes of a school with their grades; counts outside the school as
    `with_small_hidden` tells them, and none where the school's own is not told."""
    autumn = autumn_on(clock.today())
    classes = list(classes_for(viewer, unit))
    counts = [item.pupil_count or 0 for item in classes]  # type: ignore[attr-defined]
    exact = scope_of(viewer).covers(unit.path, *PUPIL_READERS)
    led = set(led_classes(viewer).values_list("pk", flat=True))
    told: list[int | None] = list(counts) if exact else with_small_hidden(counts)
    if not exact and pupils_told(unit) is None:
        told = [0 if shown == 0 else None for shown in told]
    return [
        ClassShown(
            school_class=item,
            grade=grade_text(standing_of(unit.stage, item.entry_year, autumn)),
            leaders=tuple(row.teacher for row in item.leaders),  # type: ignore[attr-defined]
            pupils=count if item.pk in led else shown,
        )
        for item, count, shown in zip(classes, counts, told, strict=True)
    ]


def pupils_told(unit: Unit) -> int | None:
    """How many pupils a school has as it is told beside the other schools of its county; None
    where that would give a small number away."""
    schools = list(Unit.objects.filter(parent=unit.parent_id, kind="school").order_by("path"))
    seats = ClassMembership.objects.on(clock.today()).filter(
        school_class__unit__parent=unit.parent_id
    )
    rows = seats.order_by().values_list("school_class__unit").annotate(number=Count("pk"))
    pupils: dict[UUID, int] = dict(rows)
    told = with_small_hidden([pupils.get(school.pk, 0) for school in schools])
    return told[schools.index(unit)]


def led_by(viewer: Any) -> QuerySet[SchoolClass]:
    """The classes that the viewer leads today."""
    return led_classes(viewer).select_related("unit").order_by("unit__path", "-entry_year")


def schools_read_by(viewer: Any) -> QuerySet[Unit]:
    """The schools whose pupils the viewer reads."""
    return Unit.objects.filter(path__in=scope_of(viewer).paths(*PUPIL_READERS)).order_by("path")


def school_with_classes(viewer: Any, unit_id: UUID) -> Unit:
    """A school of which the viewer sees every class. Raises Missing."""
    unit = Unit.objects.filter(pk=unit_id, kind="school").first()
    if unit is None or not sees_classes_of(viewer, unit):
        raise Missing
    return unit


def running_classes(viewer: Any, unit: Unit) -> QuerySet[SchoolClass]:
    """The viewer's classes of a school that have not finished, the youngest cohort first."""
    oldest = autumn_on(clock.today()) - last_school_year(unit.stage, 0)
    classes = visible_classes(viewer).filter(unit=unit, entry_year__gte=oldest)
    return classes.order_by("-entry_year", "number")


def class_whose_pupils_are_kept(viewer: Any, class_id: UUID) -> SchoolClass:
    """A class of a school whose pupils the viewer keeps. Raises Missing."""
    found = SchoolClass.objects.select_related("unit").filter(pk=class_id).first()
    if found is None or not keeps_pupils(viewer, found.unit):
        raise Missing
    return found


def get_class_for(viewer: Any, class_id: UUID) -> SchoolClass:
    """A class that the viewer may see. Raises Missing."""
    found = SchoolClass.objects.select_related("unit").filter(pk=class_id).first()
    if found is None or not can_view_class(viewer, found):
        raise Missing
    return found


def kept_class(viewer: Any, class_id: UUID) -> SchoolClass:
    """A class of a school whose roster the viewer keeps. Raises Missing."""
    found = SchoolClass.objects.select_related("unit").filter(pk=class_id).first()
    if found is None or not keeps_roster(viewer, found.unit):
        raise Missing
    return found


def get_teaching_for(viewer: Any, assignment_id: UUID) -> TeachingAssignment:
    """A teaching assignment in a school whose roster the viewer keeps. Raises Missing."""
    rows = TeachingAssignment.objects.select_related("school_class__unit", "teacher")
    found: TeachingAssignment | None = rows.filter(pk=assignment_id).first()
    if found is None or not keeps_roster(viewer, found.school_class.unit):
        raise Missing
    return found


def names_pupils_of(viewer: Any, school_class: SchoolClass) -> bool:
    """Whether the viewer may know the pupils of this class by name."""
    if scope_of(viewer).covers(school_class.unit.path, *PUPIL_READERS):
        return True
    return led_classes(viewer).filter(pk=school_class.pk).exists()


def leaders_of(school_class: SchoolClass) -> QuerySet[ClassTeacher]:
    """Who leads the class, who will and who did, latest first."""
    rows: QuerySet[ClassTeacher] = school_class.class_teachers.select_related("teacher")
    return rows.order_by("-starts_on")


def teaching_in(school_class: SchoolClass) -> QuerySet[TeachingAssignment]:
    """Who teaches the class today or will."""
    rows: QuerySet[TeachingAssignment] = TeachingAssignment.objects.reaching(clock.today())
    chosen = rows.filter(school_class=school_class).select_related("teacher")
    return chosen.order_by("subject", "teacher__pinyin")
