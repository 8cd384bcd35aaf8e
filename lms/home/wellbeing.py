"""What waits in the locked room: signals, entries to sign, and from below that something waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ages import age
from lms.home.parts import Due, Figure, Section
from wellbeing.permissions import reads_signals
from wellbeing.selectors.signals import Overdue, SignalLine
from wellbeing.services import reading

SHOWN = 5


def wellbeing_section(viewer: Any) -> Section:
    """Signals by urgency and age, without a name; then what waits for a signature."""
    waiting = reading.open_waiting(actor=viewer)
    room = reverse("wellbeing:index")
    counts = []
    if reads_signals(viewer):
        waits = len(waiting.signals) + len(waiting.overdue)
        counts.append(Figure(_("等待接手的信号"), waits, room))
    return Section(
        code="wellbeing",
        title=_("心理健康工作"),
        due=(
            *(_signal_due(line) for line in waiting.signals[:SHOWN]),
            *(_overdue_due(row) for row in waiting.overdue[:SHOWN]),
            *_entries_due(waiting.to_sign),
            *_findings_due(waiting),
            *_left_due(waiting.left_behind),
        ),
        figures=tuple(counts),
        empty=_("今天没有等您处理的事项。"),
        more_url=room,
        more=_("打开工作页"),
    )


def _signal_due(line: SignalLine) -> Due:
    words = [_age(line.raised_at)]
    if line.climbed_to:
        words.append(_("已升级至%(level)s") % {"level": line.climbed_to})
    return Due(
        icon="triangle-alert",
        title=line.urgency_label,
        note=" · ".join(words),
        url=reverse("wellbeing:signal", args=[line.signal_id]),
        link=_("打开并接手"),
        late=line.urgency == "red" or bool(line.climbed_to),
        testid="open-signal",
    )


def _overdue_due(row: Overdue) -> Due:
    return Due(
        icon="triangle-alert",
        title=_("%(school)s还没有人接手") % {"school": row.unit_name},
        note=f"{row.urgency_label} · {_age(row.raised_at)}",
        url=reverse("wellbeing:index"),
        link=_("查看"),
        late=True,
        testid="open-overdue",
    )


def _entries_due(count: int) -> Iterator[Due]:
    if count:
        text = ngettext("%(count)s 条关注记录等您确认", "%(count)s 条关注记录等您确认", count)
        yield Due(
            icon="list-checks",
            title=text % {"count": count},
            note=_("心理教师和班主任都确认后才列入或移出。"),
            url=reverse("wellbeing:ledger"),
            link=_("去确认"),
            testid="to-sign",
        )


def _findings_due(waiting: reading.Waiting) -> Iterator[Due]:
    """Signals that the viewer took on and has not ended, and findings to confirm."""
    confirm = ngettext(
        "%(count)s 条信号的结果等您复核", "%(count)s 条信号的结果等您复核", waiting.to_confirm
    )
    write = ngettext(
        "%(count)s 条由您负责的信号还没有写结果",
        "%(count)s 条由您负责的信号还没有写结果",
        waiting.in_hand,
    )
    for text, count, testid in (
        (confirm, waiting.to_confirm, "to-confirm"),
        (write, waiting.in_hand, "in-hand"),
    ):
        if count:
            yield Due(
                icon="hand-heart",
                title=text % {"count": count},
                note=_("打开信号后办理。"),
                url=reverse("wellbeing:index"),
                link=_("查看"),
                testid=testid,
            )


def _left_due(count: int) -> Iterator[Due]:
    """Open signals whose owner has left, for the heads of the school."""
    if count:
        text = ngettext(
            "%(count)s 条信号还没有结果，接手人已离任",
            "%(count)s 条信号还没有结果，接手人已离任",
            count,
        )
        yield Due(
            icon="triangle-alert",
            title=text % {"count": count},
            note=_("请心理教师找出这些信号，去看学生；还要办理的，重新报告一条。"),
            url=reverse("wellbeing:index"),
            link=_("查看"),
            late=True,
            testid="left-behind",
        )


def _age(since: datetime) -> str:
    return _("已等 %(age)s") % {"age": age(since)}
