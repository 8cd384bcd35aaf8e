"""The inbox, the header's fragment, the privacy notice and kept text."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import selectors
from accounts.models import User
from accounts.permissions import menu_of
from accounts.services.kept import forget_kept_form, kept_form
from accounts.services.notices import mark_all_notices_read, mark_notice_read
from accounts.services.privacy import acknowledge_privacy
from accounts.services.sign_in import note_privacy_due
from accounts.views.ways import into_the_house, safe_next, signed_in
from core.form_words import said_in

PAGE_ROWS = 50


@never_cache
@require_GET
def fragment(request: HttpRequest) -> HttpResponse:
    """Who is signed in, the unread count and the way out, for the header of any page."""
    user = request.user
    context: dict[str, object] = {"unread": 0, "entries": ()}
    if isinstance(user, User):
        context = {"unread": selectors.unread_notices(user), "entries": menu_of(user)}
    return render(request, "accounts/fragment.html", context)


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    page = Paginator(selectors.notices_of(user), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "unread": selectors.unread_notices(user)}
    return render(request, "accounts/notices.html", context)


@require_POST
def read_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice read and go where it leads."""
    user = signed_in(request)
    notice = selectors.notice_for(user, notice_id)
    mark_notice_read(actor=user, notice=notice)
    target = safe_next(request, notice.url) if notice.url else "/notices/"
    return HttpResponseRedirect(target)


@require_POST
def read_all_notices(request: HttpRequest) -> HttpResponse:
    mark_all_notices_read(actor=signed_in(request))
    return redirect("accounts:notices")


@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponseBase:
    """The privacy notice in force; a POST says that the person has seen it."""
    user = signed_in(request)
    target = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        acknowledge_privacy(actor=user)
        note_privacy_due(request, user=user)
        return into_the_house(request, user, target)
    context = {
        "notice": selectors.privacy_notice_in_force(),
        "due": selectors.privacy_notice_due(user) is not None,
        "next": target,
    }
    return render(request, "accounts/privacy.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponseBase:
    """What the person sent after the session had ended: send it again, or drop it."""
    form = kept_form(request, signed_in(request))
    if form is None:
        return redirect("/home/")
    if request.method == "POST":
        forget_kept_form(request)
        return HttpResponseRedirect(safe_next(request, form.page))
    said = said_in(form.action, form.fields)
    return render(request, "accounts/kept.html", {"kept": form, "said": said})
