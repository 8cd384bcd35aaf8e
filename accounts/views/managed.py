"""Screens of those who look after accounts: slips, lost authenticators, closing and reopening."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import forms, selectors
from accounts.services import opening, second_factor, slips
from accounts.views.ways import signed_in

PAGE_ROWS = 50


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    rows = selectors.managed_accounts(signed_in(request), query)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"query": query, "page": page})


@require_GET
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    account = selectors.managed_account(signed_in(request), user_id)
    return render(request, "accounts/person.html", {"account": account, "form": forms.ReasonForm()})


@never_cache
@require_POST
def issue_slip(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Print a slip; this answer is the only place where its code can be read."""
    actor = signed_in(request)
    account = selectors.managed_account(actor, user_id)
    issued = slips.issue_slip(actor=actor, user=account.user)
    context = {"issued": issued, "address": selectors.slip_address()}
    return render(request, "accounts/slip_print.html", context)


@never_cache
@require_POST
def reissue(request: HttpRequest, user_id: UUID) -> HttpResponseBase:
    """Start the second factor again after a loss; prints the slip for the new password."""
    actor = signed_in(request)
    account = selectors.managed_account(actor, user_id)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return render(
            request, "accounts/person.html", {"account": account, "form": form}, status=422
        )
    issued = second_factor.reissue_second_factor(
        actor=actor, user=account.user, reason=form.cleaned_data["reason"]
    )
    context = {"issued": issued, "reissued": True, "address": selectors.slip_address()}
    return render(request, "accounts/slip_print.html", context)


@require_POST
def switch(request: HttpRequest, user_id: UUID) -> HttpResponseBase:
    """Close an open account, or open a closed one."""
    actor = signed_in(request)
    account = selectors.managed_account(actor, user_id)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return render(
            request, "accounts/person.html", {"account": account, "form": form}, status=422
        )
    reason = form.cleaned_data["reason"]
    if "close" in request.POST:
        opening.disable_account(actor=actor, user=account.user, reason=reason)
        messages.success(request, _("账号已停用，此人的所有登录已退出。"))
    else:
        opening.enable_account(actor=actor, user=account.user, reason=reason)
        messages.success(request, _("账号已恢复使用。"))
    return redirect("accounts:person", user_id=user_id)
