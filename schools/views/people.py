"""People across all units of whoever looks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schools import services
from schools.selectors import staff

PAGE_ROWS = 50


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The staff of all units in scope, or those of them without an account."""
    query = request.GET.get("q", "")
    without = request.GET.get("account") == "without"
    found = services.open_people(actor=request.user, query=query, without_account=without)
    context = {
        "query": query,
        "without_account": without,
        "keeps": staff.roster_roots(request.user).exists(),
        "page": Paginator(found, PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "schools/people.html", context)
