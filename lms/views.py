"""Pages of the whole house."""

import sys
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core import clock, health
from core.http import API_PREFIX, problem, whole_number
from core.language import speak_to_reader
from core.unavailable import database_is_away, typed_fields
from lms import reference
from lms.access_log import Filters, read_log
from lms.api import api
from lms.forms import LearningForm, LogForm
from lms.home import home_of
from lms.reports import open_learning

RETRY_SECONDS: Final = 10
REPORT_ROWS: Final = 50


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness. Source: RFC 9116."""
    expires = clock.now().replace(microsecond=0) + timedelta(days=365)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh, en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is due today, by the posts of whoever looks."""
    page = {"home": home_of(request.user), "today": clock.today()}
    return render(request, "lms/home.html", page)


@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """The access log, for auditors."""
    form = LogForm(request.GET)
    form.is_valid()
    filters = Filters(**form.cleaned_data)
    log = read_log(request.user, filters, whole_number(request.GET.get("page", ""), 1))
    context = {"log": log, "filters": filters, "form": form}
    return render(request, "lms/access_log.html", context)


@require_safe
def learning_report(request: HttpRequest) -> HttpResponse:
    """The rows behind the figures of learning, for those who read the staff of a unit."""
    form = LearningForm(request.GET)
    form.is_valid()
    state, query = form.cleaned_data.get("state", ""), form.cleaned_data.get("q", "")
    rows = open_learning(actor=request.user, state=state, query=query)
    page = Paginator(rows, REPORT_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "query": query, "today": clock.today()}
    return render(request, "lms/learning_report.html", context)


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What is not there, or not for this visitor, in the form the caller understands."""
    if request.path.startswith(API_PREFIX):
        return problem(404, "not_found", _("没有找到您要的内容。"))
    request.behind_the_door = False  # type: ignore[attr-defined]
    speak_to_reader(request)
    part = "HX-Request" in request.headers
    template = "errors/missing_fragment.html" if part else "404.html"
    response = render(request, template, status=404)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """The API as a person reads it."""
    document = api.get_openapi_schema()
    return render(request, "lms/reference.html", {"sections": reference.sections(document)})


@csrf_exempt
def no_such_call(request: HttpRequest) -> HttpResponse:
    """An address under /api/ that no room has: not there, whatever the method or final slash."""
    return problem(404, "not_found", _("没有找到您要的内容。"))


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every check of ``core.health`` holds, else 503; details on the machine only."""
    checks = health.report()
    ready = all(check["ok"] for check in checks.values())
    body: dict[str, object] = {"status": "ready" if ready else "not_ready"}
    if health.may_see_details(request):
        body["checks"] = checks
    return JsonResponse(body, status=200 if ready else 503)


def broken(request: HttpRequest) -> HttpResponseBase:
    """A fault of ours: 503 while the database does not answer, else 500; neither page asks it."""
    away = database_is_away(sys.exc_info()[1])
    if request.path.startswith(API_PREFIX):
        response: HttpResponseBase = _broken_call(away=away)
    elif "HX-Request" in request.headers and away:
        response = HttpResponse(render_to_string("errors/busy_fragment.html"), status=503)
    else:
        again = {"action": request.get_full_path(), "fields": typed_fields(request)}
        page = render_to_string("errors/503.html" if away else "500.html", again)
        response = HttpResponse(page, status=503 if away else 500)
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _broken_call(*, away: bool) -> HttpResponse:
    if away:
        return problem(503, "unavailable", _("系统暂时无法应答，请稍后重试。"))
    return problem(500, "error", _("系统出现意外错误，请稍后重试。"))
