"""Pages of the whole house."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.http import API_PREFIX, problem


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return problem(404, "not_found", "没有找到您要的内容。")
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return problem(500, "error", "系统出现意外错误，请稍后重试。")
    return render(request, "500.html", status=500)
