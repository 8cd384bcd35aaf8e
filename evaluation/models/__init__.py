"""Schemes, the sheets of a school's term, their notice, and their freezing."""

from evaluation.models.decided import Announcement, Freeze
from evaluation.models.schemes import Scheme
from evaluation.models.sheets import Sheet, SheetLine, TermEvaluation

__all__ = ["Announcement", "Freeze", "Scheme", "Sheet", "SheetLine", "TermEvaluation"]
