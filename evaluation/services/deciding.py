"""Putting sheets on notice, and freezing them: a digest each, so that all mean the same figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import notify
from core import audit, clock
from core.errors import DomainError, Missing
from core.reasons import required
from evaluation.models import Announcement, Freeze, TermEvaluation
from evaluation.permissions import announces_in, freezes_in
from evaluation.rules.chain import GENESIS, content_sha256, link
from evaluation.rules.notice import open_until
from evaluation.selectors.objections import unanswered_objections
from evaluation.selectors.sheets import document_of, kept_document, sheets_of_term
from evaluation.selectors.terms import superseded_by
from evaluation.services.computing import Frozen, is_frozen, term_is_frozen
from evaluation.services.objecting import held
from mentoring.rules.reasons import LONGEST, SHORTEST
from schools.models import Term
from schools.selectors import working_days

LOOK_AHEAD = timedelta(days=90)
SHEETS = "/evaluation/"
"""Where everybody finds their own sheets."""


class NotComputed(DomainError):
    """The sheets are being computed, or facts have changed since."""

    code = "not_computed"
    message = _("评价表还没有按最新的记录算好，请先重新计算。")


class TermRuns(DomainError):
    """The term is not over."""

    code = "term_runs"
    message = _("学期还没有结束，评价表暂不能公示。")


class NobodyMentored(DomainError):
    """There is nobody to judge in this term."""

    code = "nobody_mentored"
    message = _("这所学校这个学期没有导师结对，没有可以公示的评价表。")


class NotAnnounced(DomainError):
    """These figures have not been on notice for long enough."""

    code = "not_announced"
    message = _("这些数字还没有公示，或公示期未满，不能冻结。")


class FiguresChanged(DomainError):
    """Facts give other figures than those on notice."""

    code = "figures_changed"
    message = _("公示之后记录有变动，数字已经不同。请重新计算并重新公示。")


class ObjectionsWaiting(DomainError):
    """Objections have not been answered."""

    code = "objections_waiting"
    message = _("还有 %(count)d 条异议没有答复，不能冻结。请先逐条答复。")


class Superseded(DomainError):
    """Sheets under another scheme decide about the term."""

    code = "superseded"
    message = _(
        "这个学期以评价方案第 %(version)d 版的评价表为准，依据别的版本的不再公示，也不能冻结。"
        "请打开学校这个学期的评价，处理那一版。"
    )


@transaction.atomic
def announce_sheets(*, actor: Any, evaluation: TermEvaluation) -> Announcement:
    """Put the sheets of a term that is over on notice, and tell every mentor.

    Announcing the same figures again changes nothing. Raises Missing without the right, Superseded,
    TermRuns, NotComputed, NobodyMentored.
    """
    row = held(evaluation)
    if not announces_in(actor, row.unit):
        raise Missing
    same: Announcement | None = row.announcements.filter(sha256=row.sha256).first()
    if same is not None and row.sha256:
        return same
    _decides(row)
    today = clock.today()
    if today < row.term.ends_on:
        raise TermRuns
    if row.is_stale or row.as_of != row.term.ends_on:
        raise NotComputed
    if not row.sheets.filter(mentor__isnull=False).exists():
        raise NobodyMentored
    made: Announcement = row.announcements.create(
        sha256=row.sha256,
        announced_on=today,
        open_until=_end_of_notice(today, row.scheme.notice_days),
        by=actor,
    )
    audit.record(actor, "evaluation.announce", row, unit=row.unit, sha256=row.sha256)
    _tell_mentors(row)
    return made


def freeze_sheets(*, actor: Any, evaluation: TermEvaluation, reason: str) -> Freeze:
    """The sheets that were on notice for long enough are kept for ever, chained within the term.

    Freezing again gives the first row. Raises Missing without the right, ReasonMissing,
    NotAnnounced, ObjectionsWaiting, FiguresChanged where facts or rows give other figures, Frozen
    where the term is frozen under another scheme, Superseded where another decides about it by now.
    """
    if not freezes_in(actor, evaluation.unit):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    unit, term, scheme = evaluation.unit, evaluation.term, evaluation.scheme
    document = document_of(sheets_of_term(unit, term, scheme), unit, term, scheme)
    with transaction.atomic():
        _hold_term(term)
        row = held(evaluation)
        if is_frozen(row):
            kept: Freeze = row.freeze
            return kept
        if term_is_frozen(unit, term):
            raise Frozen
        _decides(row)
        return _freeze(row, document, why, actor)


def _freeze(row: TermEvaluation, document: dict[str, Any], why: str, actor: Any) -> Freeze:
    """The next link of the term's chain; the caller holds the term."""
    notice = row.announcements.filter(sha256=row.sha256, open_until__lte=clock.today())
    if not row.sha256 or not notice.exists():
        raise NotAnnounced
    waiting = sum(unanswered_objections([row.unit_id], [row.term_id]).values())
    if waiting:
        raise ObjectionsWaiting(count=waiting)
    if content_sha256(document) != row.sha256 or kept_document(row) != document:
        raise FiguresChanged
    last = Freeze.objects.filter(term=row.term).order_by("sequence").last()
    sequence, previous = (last.sequence + 1, last.digest) if last else (1, GENESIS)
    made: Freeze = Freeze.objects.create(
        evaluation=row,
        unit=row.unit,
        term=row.term,
        sequence=sequence,
        previous=previous,
        digest=link(previous, document),
        document=document,
        reason=why,
        by=actor,
    )
    audit.record(actor, "evaluation.freeze", row, unit=row.unit, digest=made.digest)
    return made


def _decides(row: TermEvaluation) -> None:
    """Mentors object only to sheets that decide about the term; no others bind them."""
    scheme = superseded_by(row)
    if scheme is not None:
        raise Superseded(version=scheme.version)


def _hold_term(term: Term) -> None:
    """One freeze at a time in a term, so that its chain has one next link."""
    Term.objects.select_for_update(of=("self",)).get(pk=term.pk)


def _end_of_notice(today: date, days: int) -> date:
    end = open_until(today, days, working_days(today, today + LOOK_AHEAD))
    assert end is not None, "no working days in a quarter of a year"
    return end


def _tell_mentors(row: TermEvaluation) -> None:
    users = User.objects.filter(teacher__evaluation_sheets__evaluation=row, is_active=True)
    for user in users.distinct():
        notify(
            user=user,
            kind="evaluation.announced",
            text=gettext_noop(
                "您的导师工作评价表已公示，请核对；对数字有异议，请在公示期内在评价表上提出。"
            ),
            url=SHEETS,
        )
