"""One mentor's sheet, and the rows behind each of its numbers."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evaluation import services
from evaluation.permissions import objects_to, reads_in
from evaluation.selectors import advice
from evaluation.selectors.objections import (
    objected_indicators,
    objections_of_sheet,
    own_objections,
)
from evaluation.selectors.overview import overseen_units
from evaluation.selectors.reading import own_sheets
from evaluation.selectors.rows import rows_behind
from evaluation.selectors.terms import (
    notice_taking_objections,
    read_schools,
    recent_terms,
    standing_of_sheets,
    standings,
    superseded_by,
)
from evaluation.selectors.wording import MEANINGS, NAMES

PAGE_ROWS = 50
SHOWN = ("parts", "counted", "excluded")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The viewer's own sheets, and the terms of the schools that the viewer reads."""
    context = {
        "sheets": own_sheets(request.user),
        "objections": own_objections(request.user),
        "terms": [term for term, _scheme in recent_terms()],
        "overseen": overseen_units(request.user),
        "standings": standings(list(read_schools(request.user)[:PAGE_ROWS]), recent_terms()),
    }
    return render(request, "evaluation/index.html", context)


@require_GET
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A sheet: its numbers, what they come to, and what would raise them."""
    found = services.open_sheet(actor=request.user, sheet_id=sheet_id)
    lines = list(found.lines.all())
    standing = standing_of_sheets(found.evaluation)
    own = objects_to(request.user, found)
    notice = notice_taking_objections(found.evaluation) if own else None
    context = {
        "sheet": found,
        "standing": standing,
        "superseded": superseded_by(found.evaluation),
        "objects": notice is not None,
        "objected": objected_indicators(found, notice) if notice else set(),
        "objections": objections_of_sheet(request.user, found),
        "figures": advice.figures_of(found, lines),
        "quality": advice.quality_in_words(found),
        "floors": advice.floors_in_words(found.evaluation.scheme),
        "way_to_go": advice.way_to_go(found),
        "advice": advice.advice_for(found, lines, standing),
        "preference": advice.preference_in_words(found),
        "as_of": advice.as_of_in_words(standing),
        "reads_school": reads_in(request.user, found.evaluation.unit),
    }
    return render(request, "evaluation/sheet.html", context)


@require_GET
def rows(request: HttpRequest, sheet_id: UUID, indicator: str) -> HttpResponse:
    """What a number is made of, and why every other record does not count."""
    found, line, behind = services.open_rows(actor=request.user, sheet_id=sheet_id, code=indicator)
    only = request.GET.get("pupil", "")
    opened = rows_behind(request.user, found, behind, only)
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        shown = "parts" if behind.pupils else "counted"
    context = {
        "sheet": found,
        "figure": advice.figures_of(found, [line])[0],
        "name": NAMES[line.code],
        "meaning": MEANINGS[line.code],
        "opened": opened,
        "shown": shown,
        "only": only,
        "page": Paginator(getattr(opened, shown), PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "evaluation/rows.html", context)
