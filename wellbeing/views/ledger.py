"""The ledger of who needs care: proposed, confirmed by two people, ended by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Missing
from core.http import whole_number
from schools.models import SchoolClass
from schools.views.asking import ask, carried_out, press
from wellbeing import services
from wellbeing.forms import EndForm, EntryForm
from wellbeing.models import LedgerEntry
from wellbeing.permissions import keeps_ledger
from wellbeing.selectors.ledger import (
    categories_today,
    classes_in_reach,
    get_entry_for,
    get_pupil_for,
    pupils_to_propose,
)
from wellbeing.services import reading


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Who is looked after, what waits for the viewer first."""
    page = whole_number(request.GET.get("page", ""), 1)
    shown = reading.open_ledger_page(actor=request.user, page=page)
    return render(request, "wellbeing/ledger.html", {"ledger": shown})


@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry with its grounds and signatures; the look is traced."""
    opened = reading.open_entry_page(actor=request.user, entry_id=entry_id)
    return render(request, "wellbeing/entry.html", {"opened": opened})


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponseBase:
    """First the class, where there are several; then the pupil, the category and the grounds."""
    if not keeps_ledger(request.user):
        raise Missing
    classes = list(classes_in_reach(request.user))
    chosen = _chosen(request, classes)
    if chosen is None:
        return render(request, "wellbeing/choose_class.html", {"classes": classes})
    form = EntryForm(
        request.POST or None,
        pupils=pupils_to_propose(request.user, chosen),
        categories=categories_today(),
    )
    made: list[LedgerEntry] = []
    if request.method == "POST" and form.is_valid():
        carried_out(form, lambda given: made.append(_propose(request.user, given)))
        if made:
            messages.success(request, _("已提出，等另一位老师确认。"))
            return redirect("wellbeing:entry", entry_id=made[0].pk)
    page = {
        "form": form,
        "title": _("提出关注"),
        "lead": _("由心理教师和班主任两个人分别确认后才列入台账。"),
        "kicker": str(chosen),
        "button": _("提出"),
        "back": reverse("wellbeing:ledger"),
    }
    return render(request, "schools/form.html", page, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, classes: list[SchoolClass]) -> SchoolClass | None:
    """The class named in the address, or the only one."""
    named = request.GET.get("class", "")
    found = [one for one in classes if str(one.pk) == named]
    if not found and len(classes) == 1:
        return classes[0]
    return found[0] if found else None


def _propose(actor: Any, given: dict[str, Any]) -> LedgerEntry:
    pupil = get_pupil_for(actor, UUID(given["pupil"]))
    return services.propose_entry(
        actor=actor, pupil=pupil, category=given["category"], reason=given["reason"]
    )


@require_POST
def confirm(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Sign that the entry stands."""
    return _settle(request, entry_id, services.confirm_entry, _("您已确认。"))


@require_POST
def withdraw(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take back what has not been signed twice."""
    return _settle(request, entry_id, services.withdraw_entry, _("已撤回。"))


def _settle(
    request: HttpRequest, entry_id: UUID, verb: Callable[..., Any], done: str
) -> HttpResponse:
    row = get_entry_for(request.user, entry_id)
    press(request, lambda: verb(actor=request.user, entry=row), done=done)
    return redirect("wellbeing:entry", entry_id=row.pk)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """Sign that the pupil leaves the ledger, and say why."""
    row = get_entry_for(request.user, entry_id)

    def act(given: dict[str, Any]) -> None:
        services.end_entry(actor=request.user, entry=row, **given)

    return ask(
        request,
        EndForm(request.POST or None),
        act,
        done=_("您已确认结束关注。"),
        back=reverse("wellbeing:entry", args=[row.pk]),
        title=_("结束关注"),
        lead=_("由心理教师和班主任两个人分别确认后才移出台账，记录保留。"),
        button=_("确认结束"),
    )
