"""Sheets as a viewer may read them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from core.errors import Missing
from evaluation.models import Sheet, SheetLine
from evaluation.permissions import visible_sheets
from evaluation.rules.evidence import SAME_ROWS
from schools.permissions import scope_of


def sheets_for(*, viewer: Any, term: str = "") -> QuerySet[Sheet]:
    """The viewer's own sheets and those of the schools that the viewer reads, newest term first.

    `term` is a term's code; empty means all.
    """
    figures = SheetLine.objects.defer("pupils", "rows", "excluded")
    sheets = visible_sheets(viewer).select_related(
        "evaluation__unit", "evaluation__term", "evaluation__scheme", "mentor"
    )
    if term:
        sheets = sheets.filter(evaluation__term__code=term)
    ordered = sheets.order_by(
        "-evaluation__term__starts_on", "evaluation__unit__code", "mentor__pinyin", "pk"
    )
    return ordered.prefetch_related(Prefetch("lines", figures))


def get_sheet_for(*, viewer: Any, sheet_id: UUID) -> Sheet:
    """A sheet that the viewer may read. Raises Missing."""
    related = ("evaluation__unit", "evaluation__term", "evaluation__scheme", "mentor")
    sheet = visible_sheets(viewer).select_related(*related).filter(pk=sheet_id).first()
    if sheet is None:
        raise Missing
    return sheet


def line_of(sheet: Sheet, code: str) -> tuple[SheetLine, SheetLine]:
    """A number of a sheet, and the line whose rows it is taken from. Raises Missing."""
    lines = {line.code: line for line in sheet.lines.filter(code__in=[code, SAME_ROWS.get(code)])}
    if code not in lines:
        raise Missing
    return lines[code], lines[SAME_ROWS.get(code, code)]


def own_sheets(viewer: Any) -> QuerySet[Sheet]:
    """The viewer's own sheets, the newest term first."""
    own = scope_of(viewer).teacher
    rows = Sheet.objects.filter(mentor=own) if own is not None else Sheet.objects.none()
    related = rows.select_related("evaluation__unit", "evaluation__term", "evaluation__scheme")
    return related.order_by("-evaluation__term__starts_on", "evaluation__unit__code")
