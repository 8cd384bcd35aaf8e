"""One page for every form of the register: asked, sent, and asked again with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.errors import DomainError, Invalid
from core.throttle import Throttled

Answer = TypeVar("Answer")


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], bool | int | None],
    *,
    done: Any,
    back: str,
    after: str = "",
    **page: Any,
) -> HttpResponseBase:
    """Show the form, or act on what was sent and go `after` (else `back`) with the words `done`.

    An act that answers False or 0 found all of it on record already, and the words say so. What
    is wrong stands beside its field, nothing that was typed is lost.
    """
    if request.method == "POST" and form.is_valid():
        answer = carried_out(form, act)
        if form.is_valid():
            tell(request, done, changed=answer is None or bool(answer))
            return redirect(after or back)
    return form_page(request, form, back=back, **page)


def form_page(
    request: HttpRequest, form: forms.Form, *, template: str = "schools/form.html", **page: Any
) -> HttpResponse:
    """The form on a page of its own; a `template` that extends the common one may add to it."""
    wait = seconds_to_wait(form)
    status = 429 if wait else 422 if form.errors else 200
    response = render(request, template, {"form": form, **page}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def seconds_to_wait(form: forms.Form) -> int:
    """In how many seconds what was sent too often may be sent again; 0 for every other form."""
    refusals = form.errors.as_data().get(NON_FIELD_ERRORS, [])
    told = [one.params for one in refusals if one.code == Throttled.code and one.params]
    waits: list[int] = [params["retry_after"] for params in told]
    return max(waits, default=0)


def tell(request: HttpRequest, done: Any, *, changed: bool) -> None:
    """Say what was done, or that nothing had to be."""
    if changed:
        messages.success(request, done)
    else:
        messages.info(request, _("这些内容此前已经登记，这次没有改动。"))


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], Answer]) -> Answer | None:
    """What the act answers; None with the refusal in the form, beside the field it is about."""
    try:
        return act(form.cleaned_data)
    except Invalid as refusal:
        for name, text in (refusal.fields or {"": str(refusal)}).items():
            form.add_error(name if name in form.fields else None, str(text))
    except Throttled as refusal:
        told = {"retry_after": refusal.retry_after}
        form.add_error(None, ValidationError(refusal.message, Throttled.code, told))
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
    return None


def press(request: HttpRequest, act: Callable[[], object], *, done: Any) -> bool:
    """Act on a button without fields and say `done`, or say why not; whether it was carried out."""
    try:
        act()
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
