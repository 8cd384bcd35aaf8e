"""A school's term: its sheets, computed, put on notice and frozen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import Missing
from evaluation import services
from evaluation.forms import FreezeForm
from evaluation.models import Sheet
from evaluation.permissions import announces_in, freezes_in
from evaluation.selectors import advice, terms, trying
from evaluation.selectors.objections import objections_of_term
from evaluation.selectors.overview import overview_for, rows_of
from evaluation.selectors.terms import Standing
from evaluation.selectors.wording import SORTS, STAGES
from schools.views.asking import carried_out

PAGE_ROWS = 50


@require_GET
def term(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponse:
    """The sheets of a school's term, and the next step on their way."""
    return term_page(
        request, services.open_term(actor=request.user, unit_id=unit_id, term=term), FreezeForm()
    )


def term_page(request: HttpRequest, standing: Standing, form: FreezeForm) -> HttpResponse:
    """The page itself, also after a refusal."""
    sort, band = request.GET.get("sort", ""), request.GET.get("band", "")
    band = band if band in Sheet.Band.values else ""
    sheets = terms.sheets_of(standing.evaluation) if standing.evaluation else []
    mentors = terms.arranged(sheets, sort, band)
    context = {
        "standing": standing,
        "unit": standing.unit,
        "term": standing.term,
        "form": form,
        "whole": next((one for one in sheets if one.sheet.mentor is None), None),
        "bands": terms.bands_of(sheets),
        "band": band,
        "sorts": SORTS,
        "sort": sort if sort in terms.SORTS else "name",
        "page": Paginator(mentors, PAGE_ROWS).get_page(request.GET.get("page")),
        "as_of": advice.as_of_in_words(standing),
        "objections": (
            objections_of_term(request.user, standing.evaluation) if standing.evaluation else []
        ),
        "others": trying.other_schemes(standing),
        "announces": announces_in(request.user, standing.unit),
        "freezes": freezes_in(request.user, standing.unit),
    }
    fragment = getattr(request, "htmx", False) and request.method == "GET"
    template = "evaluation/term.html" + ("#body" if fragment else "")
    return render(request, template, context, status=422 if form.errors else 200)


@require_GET
def what_if(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponse:
    """The same figures under another version of the scheme, as a simulation."""
    standing = services.open_term(actor=request.user, unit_id=unit_id, term=term)
    scheme = trying.get_other_scheme(standing, request.GET.get("scheme", ""))
    rows = trying.tried(standing, scheme)
    context = {
        "standing": standing,
        "scheme": scheme,
        "others": trying.other_schemes(standing),
        "floors": advice.floors_in_words(scheme),
        "weights": advice.weights_in_words(scheme),
        "differing": sum(row.differs for row in rows),
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "evaluation/what_if.html", context)


@require_GET
def overview(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponse:
    """How far the schools of a county or of the bureau are, and what they froze."""
    found = overview_for(viewer=request.user, unit_id=unit_id, term=term)
    page = Paginator(found.standings, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "overview": found,
        "counts": [(stage.value, STAGES[stage], number) for stage, number in found.counts],
        "page": page,
        "rows": rows_of(list(page)),
        "terms": [one for one, _scheme in terms.recent_terms()],
    }
    return render(request, "evaluation/overview.html", context)


@require_POST
def compute(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponseBase:
    """Have the sheets computed in the background."""
    unit = terms.get_school_for(viewer=request.user, unit_id=unit_id)
    services.compute_sheets(actor=request.user, unit=unit, term=terms.get_term(term))
    return redirect("evaluation:term", unit_id=unit_id, term=term)


@require_POST
def announce(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponseBase:
    """Put the sheets on notice."""
    row = terms.get_evaluation_for(viewer=request.user, unit_id=unit_id, term=term)
    services.announce_sheets(actor=request.user, evaluation=row)
    messages.success(request, _("已公示，并通知了每位导师。"))
    return redirect("evaluation:term", unit_id=unit_id, term=term)


@require_POST
def freeze(request: HttpRequest, unit_id: UUID, term: str) -> HttpResponseBase:
    """Keep the sheets for ever."""
    row = terms.get_evaluation_for(viewer=request.user, unit_id=unit_id, term=term)
    if not freezes_in(request.user, row.unit):
        raise Missing
    form = FreezeForm(request.POST)

    def act(given: dict[str, Any]) -> None:
        services.freeze_sheets(actor=request.user, evaluation=row, **given)

    if form.is_valid():
        carried_out(form, act)
    if form.is_valid():
        messages.success(request, _("评价已冻结，数字不再改变。"))
        return redirect("evaluation:term", unit_id=unit_id, term=term)
    standing = services.open_term(actor=request.user, unit_id=unit_id, term=term)
    return term_page(request, standing, form)
