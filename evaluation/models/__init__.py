"""Schemes, the sheets of a school's term, their notice, objections, and their freezing."""

from evaluation.models.decided import Announcement, Freeze
from evaluation.models.objections import Correction, Objection, ObjectionAnswer, Outcome
from evaluation.models.schemes import Scheme
from evaluation.models.sheets import Sheet, SheetLine, TermEvaluation

__all__ = [
    "Announcement",
    "Correction",
    "Freeze",
    "Objection",
    "ObjectionAnswer",
    "Outcome",
    "Scheme",
    "Sheet",
    "SheetLine",
    "TermEvaluation",
]
