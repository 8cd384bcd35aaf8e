"""The versions of the evaluation scheme: how figures are weighed, for everybody to read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import Missing
from evaluation import services
from evaluation.forms import SchemeForm
from evaluation.permissions import sets_scheme
from evaluation.selectors.advice import schemes_in_words
from schools.views.asking import ask


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every version, the newest first."""
    context = {"schemes": schemes_in_words(), "sets": sets_scheme(request.user)}
    return render(request, "evaluation/schemes.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponseBase:
    """A new version, for terms that have not begun."""
    if not sets_scheme(request.user):
        raise Missing
    form = SchemeForm(request.POST or None)

    def act(_given: dict[str, Any]) -> bool:
        _scheme, is_new = services.publish_scheme(actor=request.user, facts=form.facts)
        return is_new

    return ask(
        request,
        form,
        act,
        done=_("新版评价方案已发布，用于以后开始的学期。"),
        back=reverse("evaluation:schemes"),
        title=_("发布新版评价方案"),
        lead=_("已经开始的学期仍用原来的方案。发布以后不能修改，只能再发布新版。"),
        button=_("发布"),
    )
