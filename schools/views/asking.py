"""One page for every form of the register: asked, sent, and asked again with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.errors import DomainError, Invalid


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: Any,
    back: str,
    **page: Any,
) -> HttpResponseBase:
    """Show the form, or act on what was sent and go `back` with the words `done`.

    What is wrong stands beside its field, nothing that was typed is lost.
    """
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, done)
        return redirect(back)
    return form_page(request, form, back=back, **page)


def form_page(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    """The form on a page of its own."""
    status = 422 if form.errors else 200
    return render(request, "schools/form.html", {"form": form, **page}, status=status)


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the act was done; a refusal becomes errors of the form."""
    try:
        act(form.cleaned_data)
    except Invalid as refusal:
        for name, text in (refusal.fields or {"": str(refusal)}).items():
            form.add_error(name if name in form.fields else None, str(text))
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
    return form.is_valid()
