"""Numbers for the county and the bureau; nobody is named and small ones are not told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mentoring.selectors.figures import figures_for


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The numbers below the viewer's own unit."""
    return render(request, "mentoring/figures.html", {"page": figures_for(request.user)})


@require_GET
def of_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The numbers below a unit that the viewer's own contains."""
    context = {"page": figures_for(request.user, unit_id), "is_below": True}
    return render(request, "mentoring/figures.html", context)
