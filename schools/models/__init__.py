"""The register of the bureau: units, calendar, people, posts, help lines, imports."""

from schools.models.calendar import CalendarDay, SchoolYear, Term
from schools.models.helplines import HelpLine
from schools.models.imports import ImportLine, RosterImport
from schools.models.people import Employment, Post, Role, Teacher
from schools.models.units import Stage, Unit, UnitKind

__all__ = [
    "CalendarDay",
    "Employment",
    "HelpLine",
    "ImportLine",
    "Post",
    "Role",
    "RosterImport",
    "SchoolYear",
    "Stage",
    "Teacher",
    "Term",
    "Unit",
    "UnitKind",
]
