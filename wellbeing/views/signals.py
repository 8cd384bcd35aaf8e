"""Raising a worry, the inbox of those who answer, one signal and taking it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Missing
from core.http import whole_number
from schools.views.asking import ask, carried_out, press
from wellbeing import services
from wellbeing.forms import CloseForm, ConfirmForm, SignalForm
from wellbeing.models import Urgency
from wellbeing.selectors.naming import get_pupil_to_name, may_raise, pupils_to_name
from wellbeing.selectors.phones import phones
from wellbeing.selectors.signals import get_signal_for
from wellbeing.selectors.steps import steps_of
from wellbeing.services import reading


@require_http_methods(["GET", "POST"])
def raise_worry(request: HttpRequest) -> HttpResponseBase:
    """Tell of a worry about a pupil; the numbers to call stand above the form."""
    form = SignalForm(request.POST or None, pupils=pupils_to_name(request.user))
    if request.method == "POST":
        if not may_raise(request.user):
            raise Missing
        if form.is_valid():
            carried_out(form, lambda given: _send(request.user, given))
            if form.is_valid():
                return redirect(
                    f"{reverse('wellbeing:sent')}?urgency={form.cleaned_data['urgency']}"
                )
    context = {"form": form, "phones": phones(), "may_raise": may_raise(request.user)}
    status = 422 if form.errors else 200
    return render(request, "wellbeing/raise.html", context, status=status)


def _send(actor: Any, given: dict[str, Any]) -> None:
    facts = dict(given)
    chosen = facts.pop("pupil", "")
    pupil = get_pupil_to_name(actor, UUID(chosen)) if chosen else None
    services.raise_signal(actor=actor, pupil=pupil, **facts)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, by roles; the same for everybody, nothing is read back. Whoever does not
    come from a form is led to it."""
    urgency = request.GET.get("urgency", "")
    if urgency not in Urgency.values:
        return redirect("wellbeing:raise")
    context = {"urgency": urgency, "steps": steps_of(urgency), "phones": phones()}
    return render(request, "wellbeing/sent.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer in the locked room."""
    page = whole_number(request.GET.get("page", ""), 1)
    desk = reading.open_desk(actor=request.user, page=page)
    return render(request, "wellbeing/index.html", {"desk": desk})


@require_safe
def signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """One signal with its words; the look is traced."""
    opened = reading.open_signal_page(actor=request.user, signal_id=signal_id)
    return render(request, "wellbeing/signal.html", {"opened": opened})


@require_POST
def acknowledge(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The viewer takes the signal on (我接手)."""
    row = get_signal_for(request.user, signal_id)
    press(
        request,
        lambda: services.acknowledge_signal(actor=request.user, signal=row),
        done=_("您已接手。其他收件人会看到由您负责。"),
    )
    return redirect("wellbeing:signal", signal_id=row.pk)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, signal_id: UUID) -> HttpResponseBase:
    """The owner says what was found."""
    row = get_signal_for(request.user, signal_id)

    def act(given: dict[str, Any]) -> None:
        services.close_signal(actor=request.user, signal=row, **given)

    return ask(
        request,
        CloseForm(request.POST or None),
        act,
        done=_("结果已保存。"),
        back=reverse("wellbeing:signal", args=[row.pk]),
        title=_("写结果"),
        lead=_("由接手的人写，保存后不能修改。情况变急，请重新报告一条“红”。"),
        button=_("保存结果"),
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, signal_id: UUID) -> HttpResponseBase:
    """A second reader confirms that nothing was there."""
    row = get_signal_for(request.user, signal_id)

    def act(given: dict[str, Any]) -> None:
        services.confirm_unfounded(actor=request.user, signal=row, **given)

    return ask(
        request,
        ConfirmForm(request.POST or None),
        act,
        done=_("已复核，这条信号到此结束。"),
        back=reverse("wellbeing:signal", args=[row.pk]),
        title=_("复核“没有依据”"),
        lead=_("请自己核实后再写。不同意的，请与接手的人当面商量，由他改写结果。"),
        button=_("确认没有依据"),
    )


@require_POST
def join(request: HttpRequest, signal_id: UUID, other_id: UUID) -> HttpResponse:
    """Another signal about the same pupil becomes part of this one."""
    row = get_signal_for(request.user, signal_id)
    other = get_signal_for(request.user, other_id)
    press(
        request,
        lambda: services.join_signal(actor=request.user, signal=other, into=row),
        done=_("已并入。两条报告的内容都保留。"),
    )
    return redirect("wellbeing:signal", signal_id=row.pk)
