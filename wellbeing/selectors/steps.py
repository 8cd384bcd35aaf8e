"""In words: who has a signal before them, and who next as long as nobody takes it on."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from schools.selectors import stopped_days
from wellbeing.models import Signal
from wellbeing.rules.escalation import (
    CLIMBS,
    CLIMBS_IN_SCHOOL_DAYS,
    FARTHEST_BACK,
    RED,
    Level,
    level_at,
)

READERS: Final[dict[Level, Any]] = {
    Level.RECIPIENTS: gettext_lazy("学校心理教师和分管副校长（没有副校长的，由校长或县区接收）"),
    Level.SCHOOL_LEAD: gettext_lazy("本校校长、副校长"),
    Level.COUNTY: gettext_lazy("县区教育局：哪所学校、多紧急、等了多久，不含内容"),
    Level.BUREAU: gettext_lazy("市教育局：哪所学校、多紧急、等了多久，不含内容"),
}
SHORT: Final[dict[Level, Any]] = {
    Level.SCHOOL_LEAD: gettext_lazy("学校领导"),
    Level.COUNTY: gettext_lazy("县区"),
    Level.BUREAU: gettext_lazy("市局"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """From when on somebody has the signal before them."""

    when: str
    who: Any


def steps_of(urgency: str) -> list[Step]:
    """What happens to a signal of this urgency that nobody takes on, step by step."""
    steps = [Step(_("马上"), READERS[Level.RECIPIENTS])]
    waits: dict[Level, Any] = CLIMBS.get(urgency) or CLIMBS_IN_SCHOOL_DAYS
    for level, wait in waits.items():
        at_once = urgency == RED and level == Level.SCHOOL_LEAD
        when = _("马上") if at_once else _after(wait)
        steps.append(Step(when, READERS[level]))
    return steps


def days_off() -> set[date]:
    """The days on which duties rest, as far back as a signal climbs by them."""
    today = clock.today()
    return stopped_days(today - timedelta(days=FARTHEST_BACK), today)


def climbed_to(signal: Signal, stopped: Container[date]) -> Level:
    """How far a signal that nobody took on has climbed by now."""
    return level_at(
        signal.urgency,
        raised_at=signal.created_at,
        raised_on=clock.civil_date(signal.created_at),
        now=clock.now(),
        today=clock.today(),
        stopped=stopped,
    )


def words_of(level: Level) -> str:
    """Who has a signal of this level, in one word; "" for its recipients."""
    return "" if level == Level.RECIPIENTS else str(SHORT[level])


def _after(wait: timedelta | int) -> str:
    if isinstance(wait, int):
        text = ngettext("%(count)s 个教学日后", "%(count)s 个教学日后", wait)
        return text % {"count": wait}
    minutes = int(wait.total_seconds() // 60)
    if minutes % 60:
        return ngettext("%(count)s 分钟后", "%(count)s 分钟后", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)s 小时后", "%(count)s 小时后", hours) % {"count": hours}
