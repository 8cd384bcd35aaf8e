"""Shapes of evaluation's API; names as the contracts write them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from core.api import AskedPage
from evaluation.models import Sheet, SheetLine


class SheetsAsked(AskedPage):
    term: str = Field("", max_length=20, description="学期代码，默认全部学期")


class IndicatorOut(Schema):
    code: str
    version: int
    value: float | None
    numerator: int
    denominator: int


class SheetOut(Schema):
    """One sheet; `teacher` is null on the school's own, `quality` is in ten-thousandths."""

    id: UUID
    school: str
    term: str
    scheme: int
    as_of: str | None
    teacher: UUID | None
    quality: int | None
    band: str
    qualified: bool
    preferred: bool
    indicators: list[IndicatorOut]


class SheetPage(Schema):
    count: int
    next: str | None
    results: list[SheetOut]


class RowsAsked(Schema):
    indicator: str = Field("covered_days", max_length=30, description="指标代码")


class ExcludedOut(Schema):
    """A record that does not count, and why."""

    id: UUID
    reason: str
    pupil: UUID | None = None


class RowsOut(Schema):
    """What a number is made of: pupil by pupil, the records that count, and those that do not."""

    code: str
    version: int
    numerator: int
    denominator: int
    pupils: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    excluded: list[ExcludedOut]


def sheet_out(sheet: Sheet) -> dict[str, Any]:
    """A sheet with its figures, without the rows behind them."""
    evaluation = sheet.evaluation
    return {
        "id": sheet.pk,
        "school": evaluation.unit.code,
        "term": evaluation.term.code,
        "scheme": evaluation.scheme.version,
        "as_of": evaluation.as_of.isoformat() if evaluation.as_of else None,
        "teacher": sheet.mentor_id,
        "quality": sheet.quality,
        "band": sheet.band,
        "qualified": sheet.qualified,
        "preferred": sheet.preferred,
        "indicators": [
            {
                "code": line.code,
                "version": line.version,
                "value": line.value,
                "numerator": line.numerator,
                "denominator": line.denominator,
            }
            for line in sheet.lines.all()
        ],
    }


def rows_out(line: SheetLine, behind: SheetLine) -> dict[str, Any]:
    """A number, and the rows of the line that it is taken from."""
    return {
        "code": line.code,
        "version": line.version,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "pupils": behind.pupils,
        "rows": behind.rows,
        "excluded": behind.excluded,
    }
