"""A form whose token is out of date: nothing is done, and nothing that was typed is lost."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.kept import form_as_sent, page_of_form
from accounts.views.door import sign_in_again
from core.form_words import said_in
from core.http import API_PREFIX, problem


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse with 403; show the fields again only if a page of this very site has sent them.

    So it goes after signing out and in again in another window: the old page's token is void.
    Passwords and codes are never shown again, so at the door there is nothing to send once more.
    """
    if request.path.startswith(API_PREFIX):
        return problem(403, "csrf_failed", _("请求缺少有效的安全令牌，请刷新页面后重试。"))
    ours = _comes_from_here(request)
    door = reverse("accounts:sign_in")
    if request.path == door:
        return sign_in_again(request, name=request.POST.get("username", "") if ours else "")
    kept = form_as_sent(request) if ours and not request.path.startswith(door) else None
    context = {
        "kept": kept,
        "said": said_in(kept.action, kept.fields) if kept else [],
        "page": page_of_form(request) if ours else "",
    }
    return render(request, "accounts/stale.html", context, status=403)


def _comes_from_here(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
