"""Shapes of evaluation's API; names as the contracts write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from core.api import AskedPage
from evaluation.models import Sheet, SheetLine
from evaluation.rules.standing import TermStage
from evaluation.selectors.terms import Standing


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


class TermIn(Schema):
    school: str = Field(max_length=40, description="学校代码或编号")
    term: str = Field(max_length=20, description="学期代码")


class FreezeIn(Schema):
    reason: str = Field(max_length=1000)


class TermsAsked(AskedPage):
    term: str = Field("", max_length=20, description="学期代码，默认最近三个学年")


class NoticeOut(Schema):
    """When these very figures were put on notice, and the first day after it."""

    announced_on: date
    open_until: date


class FrozenOut(Schema):
    """A link of the term's chain: `digest` covers `previous` and every sheet of the school."""

    sequence: int
    previous: str
    digest: str
    frozen_at: datetime


class TermEvaluationOut(Schema):
    """How far a school's term is; `sha256` names the figures that stand."""

    id: UUID
    job: UUID | None
    school: str
    term: str
    scheme: int
    state: TermStage
    as_of: date | None
    sha256: str
    notice: NoticeOut | None
    freeze: FrozenOut | None


class TermEvaluationPage(Schema):
    count: int
    next: str | None
    results: list[TermEvaluationOut]


def standing_out(standing: Standing) -> dict[str, Any]:
    """A school's term that was asked for once, with what was decided about it."""
    row, notice, freeze = standing.evaluation, standing.notice, standing.freeze
    assert row is not None
    return {
        "id": row.pk,
        "job": row.job_id,
        "school": standing.unit.code,
        "term": standing.term.code,
        "scheme": standing.scheme.version,
        "state": standing.stage,
        "as_of": row.as_of,
        "sha256": row.sha256,
        "notice": notice
        and {name: getattr(notice, name) for name in ("announced_on", "open_until")},
        "freeze": freeze
        and {
            "sequence": freeze.sequence,
            "previous": freeze.previous,
            "digest": freeze.digest,
            "frozen_at": freeze.created_at,
        },
    }


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
