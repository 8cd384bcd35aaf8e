"""Objections to figures on notice: raised on the own sheet, answered by the head of the school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.clock import civil_date
from core.errors import Missing
from evaluation import services
from evaluation.forms import AnswerForm, ObjectionForm
from evaluation.permissions import answers_objection, is_own_objection, objects_to
from evaluation.selectors import objections
from evaluation.selectors.reading import get_sheet_for, line_of
from evaluation.selectors.terms import notice_taking_objections
from evaluation.selectors.wording import NAMES, value_in_words
from evaluation.services.objecting import NotOnNotice
from schools.views.asking import ask


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, sheet_id: UUID, indicator: str) -> HttpResponseBase:
    """A mentor objects to one number of the own sheet; once raised, the objection itself.

    Where its notice takes no objections nothing is asked.
    """
    sheet = get_sheet_for(viewer=request.user, sheet_id=sheet_id)
    if not objects_to(request.user, sheet):
        raise Missing
    line, _behind = line_of(sheet, indicator)
    raised = objections.raised_now(sheet, indicator)
    if raised is not None and request.method == "GET":
        return redirect("evaluation:objection", objection_id=raised.pk)
    if notice_taking_objections(sheet.evaluation) is None:
        raise NotOnNotice

    def act(given: dict[str, Any]) -> bool:
        _objection, is_new = services.object_to_figure(
            actor=request.user, sheet=sheet, indicator=indicator, **given
        )
        return is_new

    value = value_in_words(line.code, line.numerator, line.denominator)
    return ask(
        request,
        ObjectionForm(request.POST or None),
        act,
        done=_("异议已提交，学校要在冻结之前答复。"),
        back=reverse("evaluation:sheet", args=[sheet.pk]),
        title=_("对“%(name)s”提异议") % {"name": NAMES[line.code]},
        lead=_("公示的数字是 %(value)s。记录写错的，可以自己在学生页面补充或作废，不必提异议。")
        % {"value": value},
        button=_("提交异议"),
    )


@require_GET
def objection(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """One objection with its words and its answer."""
    found = services.open_objection(actor=request.user, objection_id=objection_id)
    evaluation = found.announcement.evaluation
    is_own = is_own_objection(request.user, found)
    answers = answers_objection(request.user, found)
    one = objections.shown(found)
    context = {
        "one": one,
        "evaluation": evaluation,
        "is_own": is_own,
        "answers": answers and not is_own and one.answer is None,
        "waits_for_another": answers and is_own and one.answer is None,
        "heads": answers,
        "sheet": evaluation.sheets.filter(mentor=found.mentor_id).first(),
    }
    return render(request, "evaluation/objection.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, objection_id: UUID) -> HttpResponseBase:
    """The head of the school upholds or dismisses an objection; once settled, the objection."""
    found = services.open_objection(actor=request.user, objection_id=objection_id)
    if not answers_objection(request.user, found):
        raise Missing
    one = objections.shown(found)
    can_answer = one.answer is None and not is_own_objection(request.user, found)
    if request.method == "GET" and not can_answer:
        return redirect("evaluation:objection", objection_id=found.pk)

    def act(given: dict[str, Any]) -> None:
        services.answer_objection(actor=request.user, objection=found, **given)

    return ask(
        request,
        AnswerForm(request.POST or None),
        act,
        done=_("已答复，并通知了提出的导师。"),
        back=reverse("evaluation:objection", args=[found.pk]),
        title=_("答复异议：%(mentor)s，%(name)s") % {"mentor": found.mentor.name, "name": one.name},
        lead=_("%(day)s提出，当时的数字是 %(value)s。理由：%(reason)s")
        % {
            "day": date_format(civil_date(found.created_at)),
            "value": one.value,
            "reason": found.reason,
        },
        button=_("答复"),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, objection_id: UUID) -> HttpResponseBase:
    """Who objected takes it back, told that this is for good; once settled, the objection."""
    found = objections.get_own_objection(viewer=request.user, objection_id=objection_id)
    one = objections.shown(found)
    if request.method == "GET" and one.answer is not None:
        return redirect("evaluation:objection", objection_id=found.pk)

    def act(_given: dict[str, Any]) -> None:
        services.withdraw_objection(actor=request.user, objection=found)

    return ask(
        request,
        Form(request.POST if request.method == "POST" else None),
        act,
        done=_("异议已收回。"),
        back=reverse("evaluation:objection", args=[found.pk]),
        title=_("收回对“%(name)s”的异议") % {"name": one.name},
        lead=_("收回之后，学校不再答复；同一次公示中，对这项数字不能再提异议。"),
        button=_("收回异议"),
    )
