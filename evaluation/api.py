"""Evaluation's part of the API: sheets, and the rows behind each number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from core.api import Router, page_of
from evaluation import schemas, services

router = Router(tags=["evaluation"])


@router.get("evaluation/sheets", response=schemas.SheetPage, url_name="evaluation_sheets")
def list_sheets(request: HttpRequest, asked: Query[schemas.SheetsAsked]) -> dict[str, Any]:
    """The caller's own sheets, and those of the schools that the caller leads."""
    sheets = services.open_sheets(actor=request.user, term=asked.term)
    return page_of(sheets, request, asked, schemas.sheet_out)


@router.get(
    "evaluation/sheets/{uuid:sheet_id}/rows",
    response=schemas.RowsOut,
    url_name="evaluation_rows",
)
def show_rows(
    request: HttpRequest, sheet_id: UUID, asked: Query[schemas.RowsAsked]
) -> dict[str, Any]:
    """What one number of a sheet is made of, and why every other record does not count."""
    _sheet, line, behind = services.open_rows(
        actor=request.user, sheet_id=sheet_id, code=asked.indicator
    )
    return schemas.rows_out(line, behind)
