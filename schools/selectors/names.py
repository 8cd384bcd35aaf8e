"""What the register's objects are called in the access log: identity, for auditors only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.trace import Thing, named
from schools.models import (
    ClassTeacher,
    HelpLine,
    Post,
    Pupil,
    Role,
    RosterImport,
    SchoolClass,
    SchoolYear,
    Teacher,
    TeachingAssignment,
    Term,
    Unit,
)
from schools.permissions import paths_q, scope_of, visible_pupils
from schools.rules.names import clean_name
from schools.rules.roster import clean_code


def teacher_name(teacher: Teacher) -> str:
    """A person with the staff number, which tells namesakes apart."""
    values = {"name": teacher.name, "number": teacher.staff_number}
    return _("%(name)s（工号 %(number)s）") % values


NAMED: Final[dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]]] = {
    "schools.teacher": (Teacher.objects.all, teacher_name),
    "schools.unit": (Unit.objects.all, str),
    "schools.schoolclass": (SchoolClass.objects.all, str),
    "schools.classteacher": (
        lambda: ClassTeacher.objects.select_related("school_class", "teacher"),
        str,
    ),
    "schools.teachingassignment": (
        lambda: TeachingAssignment.objects.select_related("school_class", "teacher"),
        str,
    ),
    "schools.post": (lambda: Post.objects.select_related("teacher", "unit"), str),
    "schools.rosterimport": (lambda: RosterImport.objects.defer("content"), str),
    "schools.schoolyear": (SchoolYear.objects.all, str),
    "schools.term": (Term.objects.all, str),
    "schools.helpline": (HelpLine.objects.all, str),
}


def register_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Names of the register's objects by kind and id; nothing for anybody but an auditor."""
    return named(NAMED, wanted) if scope_of(viewer).holds(Role.AUDITOR) else {}


def paths_below(paths: Collection[str]) -> tuple[str, ...]:
    """The paths of the units with these paths and of all below them."""
    return tuple(Unit.objects.filter(paths_q("path", paths)).values_list("path", flat=True))


def own_pupil_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Names of the pupils whom the viewer may know by name; an auditor knows none."""
    kind = "schools.pupil"
    keys = [key for key in wanted.get(kind, ()) if _is_key(key)]
    found = visible_pupils(viewer).filter(pk__in=keys) if keys else Pupil.objects.none()
    return {(kind, str(pupil.pk)): pupil.name for pupil in found}


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def register_called(viewer: Any, words: str) -> set[Thing]:
    """The people and units with exactly this name, number or code; for auditors only."""
    if not scope_of(viewer).holds(Role.AUDITOR):
        return set()
    name, code = clean_name(words), clean_code(words)
    people = Teacher.objects.filter(Q(name=name) | Q(staff_number=code))
    units = Unit.objects.filter(Q(name=name) | Q(code=code))
    return {
        *(("schools.teacher", str(key)) for key in people.values_list("pk", flat=True)),
        *(("schools.unit", str(key)) for key in units.values_list("pk", flat=True)),
    }
