"""Writing a judged roster into the register, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.services import correct_name, correct_phone
from core import audit, events
from schools.events import TeacherMoved
from schools.models import Employment, Post, Teacher, Unit
from schools.rules.files import JudgedLine
from schools.rules.judging import Verdict
from schools.rules.names import spell
from schools.rules.pupils import PupilLine
from schools.rules.repeats import Tell, say_nothing
from schools.rules.roster import CLASSES, COUNTY, DUTY, NAME, PHONE, SCHOOL, SchoolLine, TeacherLine
from schools.selectors.chunks import chunks
from schools.services.classes import end_class_work_of
from schools.services.moving import end_employments
from schools.services.posts import announce_given, end_posts_of
from schools.services.writing_classes import write_classes, write_leaders, write_teaching
from schools.services.writing_pupils import write_pupils

BATCH = 500
STEP = 1_000
"""So many lines are written between two words about it."""
WRITES = (Verdict.CREATED, Verdict.UPDATED)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of 教师 that writes: the line, its person and its school."""

    item: JudgedLine
    line: TeacherLine
    teacher: Teacher
    unit: Unit

    @property
    def changes(self) -> Mapping[str, tuple[str, str]]:
        """The columns that change."""
        return self.item.judgement.changes


@transaction.atomic
def write_lines(
    *,
    actor: Any,
    unit: Unit,
    lines: Sequence[JudgedLine],
    day: date,
    tell: Tell = say_nothing,
) -> None:
    """Write the lines whose verdict is created or updated, effective on `day`.

    All or nothing. The lines must have been judged in this same transaction or under a lock;
    what the database refuses all the same (a number taken a moment ago) raises IntegrityError.
    """
    writing = [item for item in lines if item.judgement.verdict in WRITES]
    tell(0, len(writing))
    write_schools(actor=actor, unit=unit, lines=writing)
    units = {item.code: item for item in Unit.objects.under(unit)}
    write_classes(actor, writing, units)
    changes = prepared(units, writing)
    pupils = [item for item in writing if isinstance(item.line, PupilLine)]
    done = len(writing) - len(changes) - len(pupils)
    for start in range(0, len(changes), STEP):
        part = changes[start : start + STEP]
        write_changes(actor, part, day)
        done += len(part)
        tell(done, len(writing))
    write_leaders(actor, writing, units, day)
    for start in range(0, len(pupils), STEP):
        children = pupils[start : start + STEP]
        write_pupils(actor, children, units, day)
        done += len(children)
        tell(done, len(writing))


def write_changes(actor: Any, changes: Sequence[Change], day: date) -> None:
    """New people, corrections, moves and posts of some lines."""
    Teacher.objects.bulk_create(
        [change.teacher for change in changes if change.teacher._state.adding], batch_size=BATCH
    )
    corrected = [change for change in changes if {NAME, PHONE} & change.changes.keys()]
    write_facts(actor=actor, changes=corrected)
    write_moves(actor, [change for change in changes if SCHOOL in change.changes], day)
    write_posts(actor, [change for change in changes if DUTY in change.changes], day)
    taught = [
        (change.teacher, change.line, change.unit)
        for change in changes
        if CLASSES in change.changes
    ]
    write_teaching(actor, taught, day)


def write_schools(*, actor: Any, unit: Unit, lines: Iterable[JudgedLine]) -> None:
    """Create and correct schools; each leaves its own audit row."""
    counties = {item.name: item for item in Unit.objects.under(unit).filter(kind="county")}
    for item in lines:
        line = item.line
        if not isinstance(line, SchoolLine):
            continue
        if item.judgement.verdict == Verdict.CREATED:
            county = counties[item.judgement.changes[COUNTY][1]]
            school = Unit.objects.create(
                kind="school",
                code=line.code,
                name=line.name,
                parent=county,
                path=f"{county.path}{line.code}/",
                stage=line.stage,
            )
            audit.record(actor, "unit.added", school, unit_path=school.path)
        else:
            school = Unit.objects.get(code=line.code)
            school.name, school.stage = line.name, line.stage
            school.save(update_fields=["name", "stage"])
            columns = sorted(item.judgement.changes)
            audit.record(actor, "unit.corrected", school, unit_path=school.path, columns=columns)


def prepared(units: Mapping[str, Unit], lines: Iterable[JudgedLine]) -> list[Change]:
    """The teacher lines with their people (new ones unsaved) and schools."""
    wanted = [item for item in lines if isinstance(item.line, TeacherLine)]
    numbers = [item.line.staff_number for item in wanted if isinstance(item.line, TeacherLine)]
    known: dict[str, Teacher] = {}
    people = Teacher.objects.select_related("user")
    for part in chunks(numbers):
        known |= {row.staff_number: row for row in people.filter(staff_number__in=part)}
    changes = []
    for item in wanted:
        line = item.line
        assert isinstance(line, TeacherLine)
        created = item.judgement.verdict == Verdict.CREATED
        teacher = new_teacher(line) if created else known[line.staff_number]
        changes.append(Change(item=item, line=line, teacher=teacher, unit=units[line.school]))
    return changes


def new_teacher(line: TeacherLine) -> Teacher:
    """An unsaved teacher, spelled for search."""
    spelling = spell(line.name)
    return Teacher(
        staff_number=line.staff_number,
        name=line.name,
        pinyin=spelling.full,
        initials=spelling.initials,
        phone=line.phone,
    )


def write_facts(*, actor: Any, changes: Sequence[Change]) -> None:
    """Correct names (with their spelling, and in their accounts) and phones of people on record."""
    teachers = []
    for change in changes:
        if change.item.judgement.verdict == Verdict.CREATED:
            continue
        teacher, line = change.teacher, change.line
        if NAME in change.changes:
            spelling = spell(line.name)
            teacher.name, teacher.pinyin = line.name, spelling.full
            teacher.initials = spelling.initials
            if teacher.user is not None:
                correct_name(actor=actor, user=teacher.user, name=line.name)
        if PHONE in change.changes:
            teacher.phone = line.phone
            if teacher.user is not None:
                correct_phone(actor=actor, user=teacher.user, phone=line.phone)
        teachers.append(teacher)
    fields = ["name", "pinyin", "initials", "phone"]
    Teacher.objects.bulk_update(teachers, fields, batch_size=BATCH)


def write_moves(actor: Any, changes: Sequence[Change], day: date) -> None:
    """End what people did elsewhere and begin their work at the new school, on the same day."""
    leaving = [change.teacher.pk for change in changes if change.changes[SCHOOL][0]]
    end_employments(leaving, day)
    end_posts_of(actor, leaving, day)
    end_class_work_of(actor, leaving, day)
    Employment.objects.bulk_create(
        [Employment(teacher=item.teacher, unit=item.unit, starts_on=day) for item in changes],
        batch_size=BATCH,
    )
    moved = set(leaving)
    for change in changes:
        if change.teacher.pk in moved:
            events.publish(TeacherMoved(change.teacher.pk, change.unit.pk, day))


def write_posts(actor: Any, changes: Sequence[Change], day: date) -> None:
    """Open the posts that the file adds; one that was planned for later goes on from its day."""
    planned = planned_posts([change.teacher.pk for change in changes], day)
    posts = []
    for change in changes:
        before, after = (set(filter(None, value.split(","))) for value in change.changes[DUTY])
        posts += [
            Post(
                teacher=change.teacher,
                role=role,
                unit=change.unit,
                starts_on=day,
                ends_on=planned.get((change.teacher.pk, role, change.unit.pk)),
            )
            for role in sorted(after - before)
        ]
    Post.objects.bulk_create(posts, batch_size=BATCH)
    announce_given(actor, posts)


def planned_posts(teachers: Sequence[UUID], day: date) -> dict[tuple[UUID, str, UUID], date]:
    """The first day of each post that begins after `day`, by person, role and unit."""
    found: dict[tuple[UUID, str, UUID], date] = {}
    for part in chunks(teachers):
        later = Post.objects.reaching(day).filter(teacher__in=part, starts_on__gt=day)
        for post in later.order_by("-starts_on"):
            found[post.teacher_id, post.role, post.unit_id] = post.starts_on
    return found
