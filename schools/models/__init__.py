"""The register of the bureau: units, calendar, people, posts, classes, pupils, help lines."""

from schools.models.calendar import CalendarDay, SchoolYear, Term
from schools.models.classes import ClassTeacher, SchoolClass, TeachingAssignment
from schools.models.helplines import HelpLine
from schools.models.imports import ImportLine, ImportSecret, RosterImport
from schools.models.people import Employment, Post, Role, Teacher
from schools.models.pupils import ClassMembership, Guardian, Household, Pupil, Sex
from schools.models.units import Stage, Unit, UnitKind

__all__ = [
    "CalendarDay",
    "ClassMembership",
    "ClassTeacher",
    "Employment",
    "Guardian",
    "HelpLine",
    "Household",
    "ImportLine",
    "ImportSecret",
    "Post",
    "Pupil",
    "Role",
    "RosterImport",
    "SchoolClass",
    "SchoolYear",
    "Sex",
    "Stage",
    "Teacher",
    "TeachingAssignment",
    "Term",
    "Unit",
    "UnitKind",
]
