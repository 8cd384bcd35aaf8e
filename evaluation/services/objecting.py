"""Objections to figures on notice: raised by the mentor, answered by the head of the school."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import notify
from core import audit, clock
from core.errors import DomainError, Invalid, Missing
from core.reasons import LONGEST, required
from evaluation.models import (
    Announcement,
    Correction,
    Objection,
    ObjectionAnswer,
    Outcome,
    Sheet,
    TermEvaluation,
)
from evaluation.permissions import (
    ANNOUNCERS,
    answers_objection,
    is_own_objection,
    objects_to,
)
from evaluation.rules.chain import content_sha256
from evaluation.selectors.objections import is_withdrawn
from evaluation.selectors.reading import line_of
from evaluation.selectors.sheets import document_of, line_document, line_in, sheets_of_term
from evaluation.selectors.terms import notice_taking_objections
from evaluation.services.computing import Frozen, order_computation, term_is_frozen
from mentoring.rules.reasons import SHORTEST
from schools.models import Post

INDEX = "/evaluation/"


class NotOnNotice(DomainError):
    """No notice of these figures runs today."""

    code = "not_on_notice"
    message = _("这些数字现在不在公示期内，不能提异议。请等公示开始后再提。")


class AlreadyObjected(DomainError):
    """The mentor has objected to this number of this notice in other words."""

    code = "already_objected"
    message = _("您对这项数字已经提过异议，不能改写。请看学校的答复。")


class AlreadyWithdrawn(DomainError):
    """The mentor took back the objection to this number of this notice."""

    code = "already_withdrawn"
    message = _("这项异议您已经收回，同一次公示中不能再提。")


class AlreadySettled(DomainError):
    """Somebody has answered in another way, or the objection was withdrawn."""

    code = "already_settled"
    message = _("这项异议已经处理过了，没有再改动。请刷新页面查看结果。")


class OwnObjection(DomainError):
    """Nobody answers what they objected to themselves."""

    code = "own_objection"
    message = _("不能答复自己提出的异议。请由学校另一位领导答复，或者由您收回。")


class CorrectionMissing(Invalid):
    """What an answer says of the correction does not fit its outcome."""

    code = "correction_missing"
    message = _("异议成立的，请选择更正了什么；不成立的不选。")

    def __init__(self) -> None:
        super().__init__(fields={"correction": self.message})


class NothingCorrected(DomainError):
    """Facts still give the very line that was objected to."""

    code = "nothing_corrected"
    message = _(
        "这项数字的依据还没有变动。请先在记录所在的地方更正（例如由导师补充或作废联系记录），再答复“成立”。"
    )


@transaction.atomic
def object_to_figure(
    *, actor: Any, sheet: Sheet, indicator: str, reason: str
) -> tuple[Objection, bool]:
    """A mentor objects to one number of the own sheet while its notice runs; whether it is new.

    Objecting again in the same words changes nothing. Raises Missing for another's sheet or an
    unknown number, ReasonMissing, Frozen, NotOnNotice, AlreadyObjected, AlreadyWithdrawn.
    """
    mentor = sheet.mentor
    if mentor is None or not objects_to(actor, sheet):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    row = held(sheet.evaluation)
    line, _behind = line_of(sheet, indicator)
    notice = _running_notice(row)
    standing = Objection.objects.filter(
        announcement=notice, mentor=mentor, indicator=indicator
    ).first()
    if standing is not None and is_withdrawn(standing):
        raise AlreadyWithdrawn
    if standing is not None and standing.reason != why:
        raise AlreadyObjected
    if standing is not None:
        return standing, False
    made = Objection.objects.create(
        announcement=notice,
        mentor=mentor,
        indicator=indicator,
        numerator=line.numerator,
        denominator=line.denominator,
        sha256=content_sha256(line_document(line)),
        reason=why,
    )
    audit.record(actor, "evaluation.object", made, unit=row.unit, indicator=indicator)
    _tell_heads(row, actor)
    return made, True


def answer_objection(
    *, actor: Any, objection: Objection, outcome: str, reason: str, correction: str = ""
) -> ObjectionAnswer:
    """The head of the school upholds or dismisses an objection with a reason.

    One is upheld only after the facts behind the number were corrected, and says where; the sheets
    are then computed anew. The same answer again changes nothing. Raises Missing without the
    right, OwnObjection, ReasonMissing, CorrectionMissing, NothingCorrected, AlreadySettled, Frozen.
    """
    if not answers_objection(actor, objection):
        raise Missing
    if is_own_objection(actor, objection):
        raise OwnObjection
    answer = _answer(outcome, correction, reason)
    corrected = outcome == Outcome.UPHELD and _differs_now(objection)
    with transaction.atomic():
        row = held(objection.announcement.evaluation)
        standing = ObjectionAnswer.objects.filter(objection=objection).first()
        if standing is not None:
            return _the_same(standing, answer)
        if term_is_frozen(row.unit, row.term):
            raise Frozen
        if outcome == Outcome.UPHELD and not corrected:
            raise NothingCorrected
        made = ObjectionAnswer.objects.create(objection=objection, by=actor, **answer)
        audit.record(
            actor, "evaluation.answer_objection", objection, unit=row.unit, outcome=outcome
        )
        if outcome == Outcome.UPHELD:
            order_computation(row, actor, at_once=True)
        _tell_mentor(objection)
    return made


@transaction.atomic
def withdraw_objection(*, actor: Any, objection: Objection) -> ObjectionAnswer:
    """Who objected takes the objection back; withdrawing again changes nothing.

    Raises Missing for another's objection, AlreadySettled where the school has answered.
    """
    if not is_own_objection(actor, objection):
        raise Missing
    row = held(objection.announcement.evaluation)
    answer = {"outcome": Outcome.WITHDRAWN.value, "correction": "", "reason": None}
    standing = ObjectionAnswer.objects.filter(objection=objection).first()
    if standing is not None:
        return _the_same(standing, answer)
    made = ObjectionAnswer.objects.create(objection=objection, by=actor, **answer)
    audit.record(actor, "evaluation.withdraw_objection", objection, unit=row.unit)
    return made


def held(evaluation: TermEvaluation) -> TermEvaluation:
    """The school's term, locked: objections, answers, notices and the freeze take turns."""
    rows = TermEvaluation.objects.select_for_update(of=("self",))
    row: TermEvaluation = rows.select_related("unit", "term", "scheme").get(pk=evaluation.pk)
    return row


def _running_notice(row: TermEvaluation) -> Announcement:
    if term_is_frozen(row.unit, row.term):
        raise Frozen
    notice = notice_taking_objections(row)
    if notice is None:
        raise NotOnNotice
    return notice


def _answer(outcome: str, correction: str, reason: str) -> dict[str, str]:
    """What is written down; what was corrected is told of an upheld objection and of no other."""
    fits: dict[str, list[str]] = {Outcome.UPHELD: Correction.values, Outcome.DISMISSED: [""]}
    if correction not in fits.get(outcome, []):
        raise CorrectionMissing
    why = required(reason, SHORTEST, LONGEST)
    return {"outcome": outcome, "correction": correction, "reason": why}


def _differs_now(objection: Objection) -> bool:
    """Whether facts give another line today than the one that was objected to."""
    row = objection.announcement.evaluation
    computed = sheets_of_term(row.unit, row.term, row.scheme)
    document = document_of(computed, row.unit, row.term, row.scheme)
    line = line_in(document, str(objection.mentor_id), objection.indicator)
    return line is None or content_sha256(line) != objection.sha256


def _the_same(standing: ObjectionAnswer, answer: dict[str, Any]) -> ObjectionAnswer:
    if any(getattr(standing, name) != value for name, value in answer.items()):
        raise AlreadySettled
    return standing


def _tell_heads(row: TermEvaluation, actor: Any) -> None:
    posts = Post.objects.on(clock.today()).filter(unit=row.unit, role__in=ANNOUNCERS)
    users = User.objects.filter(teacher__in=posts.values("teacher"), is_active=True)
    for user in users.exclude(pk=actor.pk):
        _notify(user, gettext_noop("有导师对评价表提出异议，请答复；答复之前不能冻结。"))


def _tell_mentor(objection: Objection) -> None:
    user = objection.mentor.user
    if user is not None:
        _notify(user, gettext_noop("学校已答复您对评价表的异议，请查看。"))


def _notify(user: User, text: str) -> None:
    notify(user=user, kind="evaluation.objection", text=text, url=INDEX)
