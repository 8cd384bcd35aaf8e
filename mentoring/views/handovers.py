"""Handing a pupil over, step by step: offered, briefed, accepted or declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring import services
from mentoring.forms import AnswerForm, BriefForm, HandoverForm
from mentoring.models import Handover
from mentoring.permissions import publishes_in
from mentoring.selectors.contacts import pupils_named
from mentoring.selectors.handovers import (
    get_handover_to_answer,
    get_handover_to_brief,
    get_handover_to_withdraw,
    handovers_for,
    next_mentors,
)
from schools.permissions import scope_of
from schools.views.asking import ask, press


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, and what the viewer's school has offered."""
    return render(request, "mentoring/handovers.html", {"list": handovers_for(request.user)})


@require_GET
def show(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """One handover, and its brief for who may read it."""
    row, text = services.open_handover(actor=request.user, handover_id=handover_id)
    own = scope_of(request.user).teacher
    context = {
        "handover": row,
        "brief": text,
        "writes": own == row.from_mentor and row.state == "offered",
        "answers": own == row.to_mentor and row.is_open,
        "heads": publishes_in(request.user, row.unit) and row.is_open,
    }
    return render(request, "mentoring/handover.html", context)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """Offer pupils of a mentor to another one."""
    unit, mentor, given = services.open_mentor(actor=request.user, teacher_id=teacher_id)
    free = [row for row in given if row.waiting is None]
    places = next_mentors(request.user, unit, mentor)
    teachers = {str(place.teacher.pk): place.teacher for place in places}
    form = HandoverForm(
        request.POST or None,
        pupils=[(row.pupil.pk, f"{row.pupil.name}（{row.school_class}）") for row in free],
        places=places,
        chosen=request.GET.getlist("pupil"),
    )

    def act(sent: dict[str, Any]) -> None:
        services.offer_handover(
            actor=request.user,
            pupils=pupils_named(UUID(key) for key in sent["pupils"]),
            mentor=teachers[sent["mentor"]],
            reason=sent["reason"],
        )

    return ask(
        request,
        form,
        act,
        done=_("已发起交接，原导师会收到写交接说明的通知。"),
        back=reverse("mentoring:handovers"),
        title=_("学生交接：%(name)s") % {"name": mentor.name},
        lead=_("原导师写好说明、新导师接手之后，结对才改变；在此之前原导师继续负责。"),
        button=_("发起交接"),
    )


@require_http_methods(["GET", "POST"])
def brief(request: HttpRequest, handover_id: UUID) -> HttpResponseBase:
    """The present mentor writes what the next one must know."""
    row = get_handover_to_brief(viewer=request.user, handover_id=handover_id)

    def act(given: dict[str, Any]) -> None:
        services.brief_handover(actor=request.user, handover=row, text=given["text"])

    return ask(
        request,
        BriefForm(request.POST or None),
        act,
        done=_("交接说明已保存，新导师会收到通知。"),
        back=reverse("mentoring:handovers"),
        title=_("交接说明：%(name)s") % {"name": row.pupil.name},
        lead=_("写给%(name)s老师，只有您、对方和心理教师能读，保存后不能修改。")
        % {"name": row.to_mentor.name},
        button=_("保存说明"),
    )


@require_http_methods(["POST"])
def accept(request: HttpRequest, handover_id: UUID) -> HttpResponseBase:
    """The next mentor takes the pupil on."""
    row = get_handover_to_answer(viewer=request.user, handover_id=handover_id)
    taken = press(
        request,
        lambda: services.accept_handover(actor=request.user, handover=row),
        done=_("已接手，从今天起由您负责。"),
    )
    if taken:
        return redirect("mentoring:pupil", row.pupil_id)
    return redirect("mentoring:handover", row.pk)


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, handover_id: UUID) -> HttpResponseBase:
    """The next mentor declines."""
    row = get_handover_to_answer(viewer=request.user, handover_id=handover_id)

    return _ended(
        request,
        row,
        services.refuse_handover,
        done=_("已谢绝，学校会另作安排。"),
        title=_("谢绝接手：%(name)s") % {"name": row.pupil.name},
        lead=_("学生仍由原导师负责。学校领导会看到您写的原因。"),
        button=_("谢绝"),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handover_id: UUID) -> HttpResponseBase:
    """The head of the school takes the offer back."""
    row = get_handover_to_withdraw(viewer=request.user, handover_id=handover_id)

    return _ended(
        request,
        row,
        services.withdraw_handover,
        done=_("交接已撤回，学生仍由原导师负责。"),
        title=_("撤回交接：%(name)s") % {"name": row.pupil.name},
        lead=_("撤回之后可以重新发起。"),
        button=_("撤回"),
    )


def _ended(
    request: HttpRequest, row: Handover, verb: Callable[..., Any], **words: Any
) -> HttpResponseBase:
    """Ask for the reason with which somebody ends a handover."""

    def act(given: dict[str, Any]) -> None:
        verb(actor=request.user, handover=row, reason=given["reason"])

    form = AnswerForm(request.POST or None)
    return ask(request, form, act, back=reverse("mentoring:handovers"), **words)
