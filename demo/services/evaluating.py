"""Evaluation of mentors: the last term on notice where the sign-ins work, frozen in other schools,
the present one computed.

Made by the room's own services, with the clock set back for what was decided in the last term.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from certification import services as certification
from core import clock
from demo.rules import places
from demo.rules.people import HOME
from demo.services.bureau import POSTED_SINCE
from demo.services.mentors import looks_back
from evaluation import services as evaluation
from evaluation.models import Scheme, TermEvaluation
from evaluation.permissions import FREEZERS
from evaluation.selectors.sheets import scheme_for
from mentoring.selectors.records import mentored_in, mentors_of_term
from schools.models import Teacher, Term, Unit

MOST_SCHOOLS = 8
WAIT = timedelta(days=2)
REASON = "公示期满，无异议"
QUALIFIED_EVERY = 3
OBJECTIONS = {
    "mentor": ("late_entries", "山里没有信号，回到学校当天才补记。"),
    "teacher": ("covered_days", "学期中有一周外出培训，学生由班主任照看，希望这一周不计。"),
}
"""Which of the sign-ins objects to what, and why; the first one has been answered."""
ANSWER = "迟记不进入工作质量；覆盖日按方案从记录前七天算起，数字不变。"


def build_evaluation(size: places.Size, units: dict[str, Unit]) -> None:
    """Evaluate the first schools, each in a transaction of its own; what was computed stays."""
    begun = Term.objects.filter(starts_on__lte=clock.today()).order_by("-starts_on")[:2]
    for school in places.schools(size)[:MOST_SCHOOLS]:
        unit = units[school.code]
        for term in list(begun)[::-1]:
            if mentored_in([unit], term):
                with transaction.atomic():
                    _qualify(unit, term)
                    _evaluate(unit, term, decides=looks_back(school))


def _qualify(unit: Unit, term: Term) -> None:
    """Every third mentor of the school holds the mentor's qualification."""
    mentors = Teacher.objects.filter(pk__in=mentors_of_term(unit, term)).order_by("staff_number")
    for teacher in mentors[::QUALIFIED_EVERY]:
        certification.record_qualification(
            actor=None,
            teacher=teacher,
            kind="mentor",
            issuer=places.BUREAU_NAME,
            starts_on=POSTED_SINCE,
        )


def _evaluate(unit: Unit, term: Term, *, decides: bool) -> None:
    try:
        scheme = scheme_for(term)
    except Scheme.DoesNotExist:
        return
    if TermEvaluation.objects.filter(unit=unit, term=term).exclude(sha256="").exists():
        return
    if clock.today() < term.ends_on + WAIT:
        evaluation.evaluate_now(unit=unit, term=term, scheme=scheme)
        return
    if unit.code == HOME:
        _put_on_notice(unit, term, scheme)
        return
    with clock.frozen(_morning(term.ends_on + WAIT)):
        row, _computed = evaluation.evaluate_now(unit=unit, term=term, scheme=scheme)
        head = _head_of(unit)
        if not decides or head is None:
            return
        notice = evaluation.announce_sheets(actor=head, evaluation=row)
    if notice.open_until <= clock.today():
        with clock.frozen(_morning(notice.open_until)):
            evaluation.freeze_sheets(actor=head, evaluation=row, reason=REASON)


def _put_on_notice(unit: Unit, term: Term, scheme: Scheme) -> None:
    """The notice began two days ago; of two objections one has been answered."""
    head = _head_of(unit)
    with clock.frozen(_morning(max(clock.today() - WAIT, term.ends_on + WAIT))):
        row, _computed = evaluation.evaluate_now(unit=unit, term=term, scheme=scheme)
        if head is None:
            return
        evaluation.announce_sheets(actor=head, evaluation=row)
        for name, (indicator, said) in OBJECTIONS.items():
            sheet = row.sheets.filter(mentor__user__username=name).first()
            if sheet is not None:
                user = User.objects.get(username=name)
                objection, _is_new = evaluation.object_to_figure(
                    actor=user, sheet=sheet, indicator=indicator, reason=said
                )
                if name == "mentor":
                    evaluation.answer_objection(
                        actor=head, objection=objection, outcome="dismissed", reason=ANSWER
                    )


def _head_of(unit: Unit) -> User | None:
    """Who freezes sheets of the school today."""
    posts: Any = {"teacher__posts__unit": unit, "teacher__posts__role__in": FREEZERS}
    return User.objects.filter(**posts, is_active=True).order_by("username").first()


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=clock.SHANGHAI)
