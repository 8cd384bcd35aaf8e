"""Writing the classes of a judged roster, who leads them and who teaches them, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core import audit
from schools.models import ClassTeacher, SchoolClass, Teacher, TeachingAssignment, Unit
from schools.rules.files import JudgedLine
from schools.rules.judging import Verdict
from schools.rules.pupils import LEADER, ClassLine
from schools.rules.roster import Place, TeacherLine
from schools.selectors.chunks import chunks
from schools.services.classes import act, announce_named, end_rows, give_class_posts

BATCH = 500
ClassKey = tuple[UUID, Place]
"""School, and entry year and number."""


def write_classes(actor: Any, lines: Iterable[JudgedLine], units: Mapping[str, Unit]) -> None:
    """Create the new classes; each leaves its own audit row."""
    made = [
        SchoolClass(
            unit=units[item.line.school],
            entry_year=item.line.entry_year,
            number=item.line.number,
        )
        for item in lines
        if isinstance(item.line, ClassLine) and item.judgement.verdict == Verdict.CREATED
    ]
    SchoolClass.objects.bulk_create(made, batch_size=BATCH)
    audit.record_all(actor, [audit.Act("class.added", row, row.unit.path) for row in made])


def classes_of(units: Iterable[Unit]) -> dict[ClassKey, SchoolClass]:
    """The classes of these schools by school and place."""
    found: dict[ClassKey, SchoolClass] = {}
    for part in chunks(sorted({unit.pk for unit in units})):
        for row in SchoolClass.objects.filter(unit__in=part).select_related("unit"):
            found[row.unit_id, (row.entry_year, row.number)] = row
    return found


def write_leaders(
    actor: Any, lines: Iterable[JudgedLine], units: Mapping[str, Unit], day: date
) -> None:
    """Who leads a class by the file leads it from `day` on, with the post; who did, does not."""
    wanted = [
        item.line
        for item in lines
        if isinstance(item.line, ClassLine) and LEADER in item.judgement.changes
    ]
    if not wanted:
        return
    rows = classes_of(units[line.school] for line in wanted)
    people = teachers_by_number({line.leader for line in wanted})
    chosen = {rows[units[line.school].pk, line.place]: people[line.leader] for line in wanted}
    for part in chunks(sorted(row.pk for row in chosen)):
        before = ClassTeacher.objects.reaching(day).filter(school_class__in=part)
        end_rows(actor, list(before.select_related("school_class__unit").order_by("pk")), day)
    named = [
        ClassTeacher(school_class=row, teacher=teacher, starts_on=day)
        for row, teacher in chosen.items()
    ]
    ClassTeacher.objects.bulk_create(named, batch_size=BATCH)
    announce_named(actor, named)
    by_school: dict[Unit, dict[UUID, Teacher]] = defaultdict(dict)
    for row, teacher in chosen.items():
        by_school[row.unit][teacher.pk] = teacher
    for unit, teachers in by_school.items():
        give_class_posts(actor, unit, list(teachers.values()), day)


def teachers_by_number(numbers: Collection[str]) -> dict[str, Teacher]:
    """People by staff number."""
    found: dict[str, Teacher] = {}
    for part in chunks(sorted(numbers)):
        found |= {row.staff_number: row for row in Teacher.objects.filter(staff_number__in=part)}
    return found


def write_teaching(
    actor: Any, changes: Sequence[tuple[Teacher, TeacherLine, Unit]], day: date
) -> None:
    """Open the teaching that the file adds; what is planned for later goes on from its day."""
    rows = classes_of({unit for _teacher, _line, unit in changes})
    standing = teaching_from([teacher.pk for teacher, _line, _unit in changes], day)
    made = []
    for teacher, line, unit in changes:
        for place in sorted(line.classes):
            school_class = rows[unit.pk, place]
            first = standing.get((teacher.pk, school_class.pk))
            if first is not None and first <= day:
                continue
            made.append(
                TeachingAssignment(
                    teacher=teacher, school_class=school_class, starts_on=day, ends_on=first
                )
            )
    TeachingAssignment.objects.bulk_create(made, batch_size=BATCH)
    audit.record_all(actor, [begun(row, day) for row in made])


def begun(row: TeachingAssignment, day: date) -> audit.Act:
    """What the trace says of teaching that begins on `day`."""
    told = act("class.teaching_assigned", row)
    return audit.Act(told.verb, told.thing, told.unit_path, {**told.detail, "day": day.isoformat()})


def teaching_from(teachers: Sequence[UUID], day: date) -> dict[tuple[UUID, UUID], date]:
    """The first day of the teaching that runs on `day` or later, by person and class.

    Of several subjects one that runs counts; of what is planned only the same blank subject, for
    only that would overlap.
    """
    found: dict[tuple[UUID, UUID], date] = {}
    for part in chunks(teachers):
        reaching = TeachingAssignment.objects.reaching(day).filter(teacher__in=part)
        for row in reaching.order_by("-starts_on"):
            if row.starts_on <= day or not row.subject:
                found[row.teacher_id, row.school_class_id] = row.starts_on
    return found
