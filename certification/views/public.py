"""Public verification: a form, and the page that the QR code opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certification import services
from certification.forms import CodeForm, NameForm, NumberForm
from certification.models.certificates import STATE_LABELS
from certification.services.verifying import Verification
from certification.views.presenting import course_words
from core.http import client_address

VERDICT_WORDS: dict[str, object] = {**STATE_LABELS, "unknown": _("未查到")}
MEANINGS = {
    "valid": _("这张证书真实有效。"),
    "superseded": _("这张证书已由新证书替换，请持证人出示新证书。"),
    "revoked": _("这张证书已被发证机构撤销，不能作为凭证使用。"),
    "expired": _("这张证书是真实的，但有效期已过。"),
    "pending": _("这张证书已编号，正在签发，暂时不能作为凭证使用。"),
    "unknown": _(
        "没有查到与所填信息一致的证书。请对照原件检查后再试；仍查不到的，请向发证机构核实。"
    ),
}
METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def verify(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    by_number = "number" in given or "name" in given
    by_code = "code" in given and not by_number
    code_form = CodeForm(given if by_code else None)
    number_form = NumberForm(given if by_number else None)
    context: dict[str, Any] = {"code_form": code_form, "number_form": number_form}
    if by_code and code_form.is_valid():
        answer = services.verify_by_code(
            code=code_form.cleaned_data["code"], address=client_address(request)
        )
        context |= _shown(answer) | {"name_form": NameForm(auto_id="confirm_%s")}
    elif by_number and number_form.is_valid():
        context |= _shown(
            services.verify_by_number(
                number=number_form.cleaned_data["number"],
                name=number_form.cleaned_data["name"],
                address=client_address(request),
            )
        )
    return render(request, "certification/verify.html", context)


@never_cache
@require_http_methods(METHODS)
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    address = client_address(request)
    context = _shown(services.verify_by_code(code=code, address=address))
    name_form = NameForm(request.POST if request.method == "POST" else None)
    if name_form.is_bound and name_form.is_valid():
        context["name_is_right"] = services.confirm_name(
            code=code, name=name_form.cleaned_data["name"], address=address
        )
    context["name_form"] = name_form
    return render(request, "certification/verification.html", context)


def _shown(answer: Verification) -> dict[str, Any]:
    return {
        **(course_words(answer.certificate) if answer.certificate else {}),
        "answer": answer,
        "certificate": answer.certificate,
        "verdict": answer.verdict,
        "verdict_text": VERDICT_WORDS[answer.verdict],
        "meaning": MEANINGS[answer.verdict],
    }
