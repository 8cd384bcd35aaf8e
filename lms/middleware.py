"""Middleware that needs to know posts: the ages of sessions and the door of every address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts import rules, sessions
from accounts.models import User
from accounts.permissions import standing_of
from accounts.services.kept import keep_form, page_of_form
from accounts.services.sessions import note_use
from core import clock
from core.http import API_PREFIX, problem
from lms.doors import Verdict, is_public, verdict_for

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN = "/sign-in/"
CODE = "/sign-in/code/"
PRIVACY = "/account/privacy/"
DOORS = {Verdict.SIGN_IN: SIGN_IN, Verdict.SECOND_FACTOR: CODE, Verdict.PRIVACY: PRIVACY}


class SessionAgeMiddleware:
    """End sessions that lay idle or lived too long; keep signed-in answers out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            self._end_or_note(request, request.user)
        response = self.get_response(request)
        personal = request.session.accessed and request.user.is_authenticated
        if personal and not response.get("Cache-Control", "").startswith("private"):
            response["Cache-Control"] = "private, no-store"
        return response

    def _end_or_note(self, request: HttpRequest, user: User) -> None:
        row = getattr(request.session, "row", None)
        if row is None or row.signed_in_at is None or row.seen_at is None:
            request.session[sessions.SIGNED_IN_AT] = clock.now().timestamp()
            return
        ages = standing_of(user).ages
        over = rules.session_is_over(
            ages=ages, signed_in=row.signed_in_at, seen=row.seen_at, now=clock.now()
        )
        if not over:
            note_use(row)
            return
        request.session.flush()
        request.user = AnonymousUser()
        messages.info(request, _("您较长时间没有操作，系统已自动退出。请重新登录。"))


class AccessMiddleware:
    """Hold every address to its one rule before its view runs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        verdict = verdict_for(request)
        if verdict is Verdict.OPEN:
            request.behind_the_door = not is_public(request)  # type: ignore[attr-defined]
            return None
        if verdict is Verdict.MISSING:
            raise Http404
        if request.path.startswith(API_PREFIX):
            return _refuse_call(verdict)
        return _send_to_door(request, verdict)


def _refuse_call(verdict: Verdict) -> HttpResponse:
    if verdict is Verdict.SECOND_FACTOR:
        return problem(401, "second_factor_due", _("请先完成身份验证。"))
    if verdict is Verdict.PRIVACY:
        return problem(401, "privacy_notice_due", _("请先在网页上登录并阅读隐私告知。"))
    return problem(401, "sign_in_due", _("请先登录。"))


def _send_to_door(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    if request.method in SAFE_METHODS:
        back = request.get_full_path()
    else:
        keep_form(request)
        back = page_of_form(request)
    door = DOORS[verdict]
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{door}?{urlencode({'next': back})}")
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    response = HttpResponse()
    response["HX-Redirect"] = f"{door}?{urlencode({'next': current.path or back})}"
    return response
