"""A new version of the evaluation scheme, for terms that have not begun."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import Invalid, Missing
from evaluation.models import Scheme
from evaluation.permissions import sets_scheme
from evaluation.rules.schemes import (
    FEWEST_DAYS,
    MOST_DAYS,
    MOST_MARGIN,
    MOST_WEIGHT,
    Fault,
    SchemeFacts,
    faults_of,
)

WORDS: Final[dict[Fault, Any]] = {
    Fault.BEGUN: _("新方案只能用于以后开始的学期，请填明天或更晚的日期。"),
    Fault.NO_WEIGHT: _("至少一项的权重要大于 0。"),
    Fault.WEIGHT: _("权重请填 0 到 %(weight)d 的整数。"),
    Fault.NOT_FALLING: _("这一等的下限要低于上一等的。"),
    Fault.SHARE: _("请填大于 0、不超过 100 的百分数。"),
    Fault.MARGIN: _("余量请填 0 到 %(margin)d 的百分数。"),
    Fault.DAYS: _("公示请填 %(least)d 到 %(most)d 个工作日。"),
}
BOUNDS: Final = {
    "weight": MOST_WEIGHT,
    "margin": MOST_MARGIN // 100,
    "least": FEWEST_DAYS,
    "most": MOST_DAYS,
}


class SchemeWrong(Invalid):
    """The version cannot be; the fields say why."""

    code = "scheme_wrong"


@transaction.atomic
def publish_scheme(*, actor: Any, facts: SchemeFacts) -> tuple[Scheme, bool]:
    """The next version of the scheme, and whether it is new; the newest one again changes nothing.

    Terms that have begun keep theirs. Raises Missing without the right, SchemeWrong.
    """
    if not sets_scheme(actor):
        raise Missing
    faults = faults_of(facts, clock.today())
    if faults:
        told = {name: str(WORDS[fault]) % BOUNDS for name, fault in faults.items()}
        raise SchemeWrong(fields=told)
    hold_schemes()
    newest = Scheme.objects.order_by("version").last()
    if newest is not None and _same(newest, facts):
        return newest, False
    version = newest.version + 1 if newest is not None else 1
    made = Scheme.objects.create(version=version, **facts.columns)
    audit.record(actor, "evaluation.publish_scheme", made, version=made.version)
    return made, True


def hold_schemes() -> None:
    """One version at a time: the first one is locked."""
    Scheme.objects.select_for_update(of=("self",)).order_by("version").first()


def _same(scheme: Scheme, facts: SchemeFacts) -> bool:
    return all(getattr(scheme, name) == value for name, value in facts.columns.items())
