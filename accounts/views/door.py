"""The door: sign in, second factor, first password, sign out."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import forms
from accounts.models import User
from accounts.permissions import needs_second_factor
from accounts.selectors import authenticator_of, pending_authenticator_of
from accounts.services import sign_in as way_in
from accounts.services.passwords import PasswordRefused
from accounts.services.second_factor import (
    CodeRefused,
    confirm_authenticator,
    demo_code_accepted,
    start_authenticator,
    verify_second_factor,
)
from accounts.services.slips import SlipRefused, redeem_slip
from accounts.views.enrolment import enrolment_context, show_codes_once
from accounts.views.ways import into_the_house, safe_next, sent, with_next
from core.http import client_address

STEP_PAGES = {
    way_in.Step.CODE: "accounts:code",
    way_in.Step.ENROL: "accounts:enrol",
}


@sensitive_post_parameters()
@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    target = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(target)
        return _sign_in_page(request, forms.SignInForm(initial={"next": target}))
    form = forms.SignInForm(request.POST)
    user = None
    if form.is_valid():
        user = way_in.check_credentials(
            request, name=form.cleaned_data["username"], password=form.cleaned_data["password"]
        )
    if user is None:
        if not form.errors:
            form.add_error(
                None, _("账号或密码不正确。请检查后重试，或请学校管理员重新签发密码单。")
            )
        return _sign_in_page(request, form, status=422)
    return _next_step(request, user, target)


def locked_out(
    request: HttpRequest, _response: HttpResponse, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """What django-axes answers after five failures of one name from one address."""
    minutes = math.ceil(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    form = forms.SignInForm(request.POST)
    form.is_valid()
    form.add_error(
        None,
        _(
            "登录失败次数过多，此账号在当前网络已暂停登录，请 %(minutes)s 分钟后再试，"
            "或请学校管理员重新签发密码单。"
        )
        % {"minutes": minutes},
    )
    response = _sign_in_page(request, form, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def sign_in_again(request: HttpRequest, *, name: str) -> HttpResponse:
    """The form once more, refused with 403: its page was out of date, and no password is kept."""
    target = safe_next(request, request.POST.get("next", ""))
    form = forms.SignInForm(initial={"next": target, "username": name})
    context = {"form": form, "out_of_date": True}
    return render(request, "accounts/sign_in.html", context, status=403)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    target = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    user = _person_at_the_door(request)
    if user is None:
        return redirect(with_next("accounts:sign_in", target))
    if way_in.has_second_factor(request):
        return HttpResponseRedirect(target)
    if authenticator_of(user) is None and not demo_code_accepted():
        return redirect(with_next("accounts:enrol", target))
    if request.method != "POST":
        return _code_page(request, forms.CodeAtTheDoorForm(initial={"next": target}), user)
    form = forms.CodeAtTheDoorForm(request.POST)
    if form.is_valid():
        try:
            shown = verify_second_factor(user=user, code=form.cleaned_data["code"])
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        else:
            _let_in(request, user, shown)
            return into_the_house(request, user, target)
    return _code_page(request, form, user, status=422)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponseBase:
    """First authenticator of a person for whom the second factor is due."""
    target = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    user = _person_at_the_door(request)
    if user is None:
        return redirect(with_next("accounts:sign_in", target))
    if authenticator_of(user) is not None:
        return redirect(with_next("accounts:code", target))
    if request.user.is_authenticated and not needs_second_factor(user):
        return redirect("accounts:second_factor")
    if request.method == "POST" and "start" in request.POST:
        start_authenticator(actor=user)
        return redirect(with_next("accounts:enrol", target))
    form = forms.CodeForm(sent(request), initial={"next": target})
    if request.method == "POST" and form.is_valid():
        try:
            codes = confirm_authenticator(actor=user, code=form.cleaned_data["code"])
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        else:
            _let_in(request, user, "totp")
            show_codes_once(request, user, codes, target)
            return redirect("accounts:recovery_codes")
    context = {"form": form, "next": target, "needed": True, "demo": demo_code_accepted()}
    context |= enrolment_context(user, pending_authenticator_of(user))
    status = 422 if form.errors else 200
    return render(request, "accounts/enrol.html", context, status=status)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest) -> HttpResponseBase:
    """Set an own password with a slip."""
    form = forms.SlipForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            redeem_slip(
                name=form.cleaned_data["username"],
                code=form.cleaned_data["code"],
                new_password=form.cleaned_data["new_password"],
                address=client_address(request),
            )
        except PasswordRefused as refused:
            form.add_error("new_password", refused.fields["new_password"])
        except SlipRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("新密码已设置，请用新密码登录。"))
            return redirect("accounts:sign_in")
    return render(request, "accounts/slip.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/forgotten.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session; reading the address only shows the button that does."""
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "accounts/sign_out.html")
    if request.method != "POST":
        return redirect("accounts:sign_in")
    way_in.sign_out(request)
    messages.info(request, _("您已退出登录。"))
    return redirect("accounts:sign_in")


def _next_step(request: HttpRequest, user: User, target: str) -> HttpResponseBase:
    step = way_in.begin(request, user=user)
    if step is way_in.Step.DONE:
        return into_the_house(request, user, target)
    return redirect(with_next(STEP_PAGES[step], target))


def _person_at_the_door(request: HttpRequest) -> User | None:
    if isinstance(request.user, User):
        return request.user
    return way_in.pending_user(request)


def _let_in(request: HttpRequest, user: User, shown: str) -> None:
    if request.user.is_authenticated:
        way_in.raise_to_second_factor(request, user=user, second_factor=shown)
    else:
        way_in.complete(request, user=user, second_factor=shown)


def _sign_in_page(request: HttpRequest, form: forms.SignInForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/sign_in.html", {"form": form}, status=status)


def _code_page(
    request: HttpRequest, form: forms.CodeForm, user: User, status: int = 200
) -> HttpResponse:
    has_device = authenticator_of(user) is not None
    context = {"form": form, "demo": demo_code_accepted(), "has_device": has_device}
    return render(request, "accounts/code.html", context, status=status)
