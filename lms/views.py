"""Pages of the whole house."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core import clock
from core.http import API_PREFIX, problem
from lms.access_log import Filters, read_log
from lms.forms import LogForm
from lms.home import home_of


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness. Source: RFC 9116."""
    expires = clock.now().replace(microsecond=0) + timedelta(days=365)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh, en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def home(request: HttpRequest) -> HttpResponse:
    """What is due today, by the posts of whoever looks."""
    page = {"home": home_of(request.user), "today": clock.today()}
    return render(request, "lms/home.html", page)


def access_log(request: HttpRequest) -> HttpResponse:
    """The access log, for auditors."""
    form = LogForm(request.GET)
    form.is_valid()
    filters = Filters(**form.cleaned_data)
    number = request.GET.get("page", "")
    log = read_log(request.user, filters, int(number) if number.isdecimal() else 1)
    return render(request, "lms/access_log.html", {"log": log, "filters": filters})


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return problem(404, "not_found", "没有找到您要的内容。")
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return problem(500, "error", "系统出现意外错误，请稍后重试。")
    return render(request, "500.html", status=500)
