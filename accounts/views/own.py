"""The own account: profile, password, second factor, sessions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import forms, rules, selectors
from accounts.permissions import needs_second_factor, posts_of
from accounts.services import passwords, second_factor, sessions
from accounts.services.sign_in import has_second_factor, raise_to_second_factor
from accounts.views.enrolment import (
    codes_to_show,
    enrolment_context,
    forget_codes,
    show_codes_once,
)
from accounts.views.ways import sent, signed_in


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "person": user,
        "phone": rules.masked_phone(user.phone),
        "posts": posts_of(user),
        "has_authenticator": selectors.authenticator_of(user) is not None,
        "needs_second_factor": needs_second_factor(user),
        "sessions": selectors.sessions_of(user),
        "current_key": request.session.session_key,
    }
    return render(request, "accounts/profile.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    user = signed_in(request)
    form = forms.PasswordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            passwords.change_password(
                actor=user,
                present=form.cleaned_data["present_password"],
                new=form.cleaned_data["new_password"],
            )
        except passwords.PasswordRefused as refused:
            for name, why in refused.fields.items():
                form.add_error(name, why)
        else:
            update_session_auth_hash(request, user)
            sessions.end_other_sessions(actor=user, keep=request.session.session_key)
            messages.success(request, _("密码已更改，其他设备上的登录已全部退出。"))
            return redirect("accounts:profile")
    return render(
        request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    sessions.end_session(actor=signed_in(request), public_id=session_id)
    messages.success(request, _("已退出所选设备上的登录。"))
    return redirect("accounts:profile")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    ended = sessions.end_other_sessions(actor=signed_in(request), keep=request.session.session_key)
    messages.success(request, _("已退出其他 %(ended)s 处登录。") % {"ended": ended})
    return redirect("accounts:profile")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_page(request: HttpRequest) -> HttpResponseBase:
    """State of the second factor; a POST with the present password starts or renews it."""
    user = signed_in(request)
    form = forms.ConfirmForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            passwords.confirm_password(actor=user, present=form.cleaned_data["present_password"])
        except passwords.PasswordRefused as refused:
            form.add_error("present_password", refused.fields["present_password"])
        else:
            return _start_or_renew(request)
    device = selectors.authenticator_of(user)
    context = {
        "form": form,
        "device": device,
        "codes_left": selectors.recovery_codes_left(user),
        "needed": needs_second_factor(user),
    }
    return render(
        request, "accounts/second_factor.html", context, status=422 if form.errors else 200
    )


def _start_or_renew(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if selectors.authenticator_of(user) is not None and not has_second_factor(request):
        raise Http404
    if "renew" in request.POST:
        codes = second_factor.renew_recovery_codes(actor=user)
        show_codes_once(request, user, codes, "/account/second-factor/")
        return redirect("accounts:recovery_codes")
    second_factor.start_authenticator(actor=user)
    return redirect("accounts:replace_authenticator")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace_authenticator(request: HttpRequest) -> HttpResponseBase:
    """Show the pending key and take its first number; the former authenticator then goes."""
    user = signed_in(request)
    pending = selectors.pending_authenticator_of(user)
    if pending is None:
        return redirect("accounts:second_factor")
    form = forms.CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm_authenticator(actor=user, code=form.cleaned_data["code"])
        except second_factor.CodeRefused as refused:
            form.add_error("code", str(refused))
        else:
            raise_to_second_factor(request, user=user, second_factor="totp")
            show_codes_once(request, user, codes, "/account/second-factor/")
            return redirect("accounts:recovery_codes")
    context = {
        "form": form,
        "needed": needs_second_factor(user),
        "demo": second_factor.demo_code_accepted(),
        "back": reverse("accounts:second_factor"),
        **enrolment_context(user, pending),
    }
    return render(request, "accounts/enrol.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Fresh recovery codes, until the person says that they are saved."""
    shown = codes_to_show(request, signed_in(request))
    if shown is None:
        return redirect("accounts:second_factor")
    if request.method == "POST":
        forget_codes(request)
        return redirect(shown["next"])
    return render(request, "accounts/recovery_codes.html", {"codes": shown["codes"]})


@never_cache
@require_GET
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same codes as a text file."""
    shown = codes_to_show(request, signed_in(request))
    if shown is None:
        raise Http404
    lines = [_("恢复码（每个只能使用一次，请妥善保管）"), "", *shown["codes"], ""]
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
