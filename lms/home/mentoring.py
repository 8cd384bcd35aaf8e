"""A mentor's pupils in the order in which they are due, and what waits for the head of a school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from lms.home.parts import Due, Figure, Section
from mentoring import services
from mentoring.models import Handover, RunState
from mentoring.selectors import planning
from mentoring.selectors.caseload import Case
from mentoring.selectors.figures import figures_for
from mentoring.selectors.handovers import stuck_handovers, waiting_handovers

SHOWN = 5


def mentor_sections(viewer: Any) -> Iterator[Section]:
    """The pupils who are due first, and handovers that wait; nothing for who has neither."""
    cases = services.open_caseload(actor=viewer)
    waiting = waiting_handovers(viewer)
    if cases or waiting:
        yield _mentor_section(cases, waiting)


def _mentor_section(cases: list[Case], waiting: int) -> Section:
    late, today = sum(case.is_overdue for case in cases), clock.today()
    caseload = reverse("mentoring:caseload")
    coming = sum(0 <= (case.due.on - today).days <= 7 for case in cases)
    return Section(
        code="mentoring",
        title=_("我的学生"),
        due=(*_waiting_due(waiting), *(_case_due(case) for case in cases[:SHOWN])),
        figures=(
            Figure(_("我带的学生"), len(cases), caseload),
            Figure(_("已逾期"), late, caseload),
            Figure(_("七天内到期"), coming, caseload),
        ),
        more_url=caseload,
        more=_("全部学生"),
    )


def assignment_section(viewer: Any) -> Section:
    """Pupils without a mentor, and computed assignments that wait for a decision."""
    due: list[Due] = []
    figures: list[Figure] = []
    for unit in planning.planned_schools(viewer):
        standing = planning.standing_of(viewer, unit)
        gaps = reverse("mentoring:gaps", args=[unit.pk])
        figures += [
            Figure(_("在班学生"), standing.pupils, reverse("mentoring:assignments")),
            Figure(_("没有导师"), standing.without, gaps),
        ]
        due += [_run_due(run) for run in standing.runs[:1] if run.state in _WAITING]
        if standing.without and not due:
            due.append(_gap_due(standing.without))
    due += [_stuck_due(row) for row in stuck_handovers(viewer)]
    return Section(
        code="assignment",
        title=_("导师分配"),
        due=tuple(due),
        figures=tuple(figures),
        empty=_("没有等待处理的分配。"),
        more_url=reverse("mentoring:assignments"),
        more=_("各学期的分配"),
    )


def _waiting_due(count: int) -> Iterator[Due]:
    if count:
        text = ngettext("%(count)s 项学生交接等您处理", "%(count)s 项学生交接等您处理", count)
        yield Due(
            icon="users",
            title=text % {"count": count},
            note=_("写交接说明，或决定是否接手。"),
            url=reverse("mentoring:handovers"),
            link=_("去处理"),
            testid="to-handovers",
        )


def _stuck_due(row: Handover) -> Due:
    days = (clock.now() - row.created_at).days
    who = row.to_mentor if row.briefed_at else row.from_mentor
    text = ngettext(
        "交接已等 %(days)s 天，在等%(name)s", "交接已等 %(days)s 天，在等%(name)s", days
    )
    return Due(
        icon="triangle-alert",
        title=_("学生交接还没有完成"),
        note=text % {"days": days, "name": who.name},
        url=reverse("mentoring:handover", args=[row.pk]),
        link=_("打开交接"),
        late=True,
        testid="open-handover",
    )


def figures_section(viewer: Any) -> Section:
    """Pupils, gaps and overdue contacts below the viewer's unit, as far as they are told."""
    page = figures_for(viewer)
    address = reverse("mentoring:figures")
    names = (_("在班学生"), _("没有导师"), _("已逾期"))
    counts = astuple(page.total) if page.total else ("–",) * len(names)
    title = _("学生与导师")
    if page.oldest_at:
        time = date_format(localtime(page.oldest_at), "DATETIME_FORMAT")
        title = _("学生与导师（%(time)s 统计，每天自动统计一次）") % {"time": time}
    return Section(
        code="figures",
        title=title,
        figures=tuple(
            Figure(name, _("不显示") if count is None else count, address)
            for name, count in zip(names, counts, strict=True)
        ),
        more_url=address,
        more=_("各单位的数字"),
    )


_WAITING = {RunState.PREVIEWED, RunState.INFEASIBLE, RunState.FAILED}


def _case_due(case: Case) -> Due:
    return Due(
        icon="triangle-alert" if case.is_overdue else "user-round",
        title=f"{case.name}（{case.school_class}）",
        note=_when(case),
        url=f"{reverse('mentoring:check_in')}?pupil={case.pupil_id}",
        link=_("记一次联系"),
        late=case.is_overdue,
        testid="check-in",
    )


def _when(case: Case) -> str:
    days = case.due.overdue_days
    if days:
        return ngettext("已逾期 %(days)s 天", "已逾期 %(days)s 天", days) % {"days": days}
    if case.due.on == clock.today():
        return _("今天是最后一天")
    return _("最迟%(day)s联系") % {"day": date_format(case.due.on)}


def _run_due(run: Any) -> Due:
    texts = {
        RunState.PREVIEWED: _("分配方案等待发布"),
        RunState.INFEASIBLE: _("导师名额不足，有办法可选"),
        RunState.FAILED: _("分配方案没有算出来"),
    }
    return Due(
        icon="sliders-horizontal",
        title=texts[run.state],
        note=run.term.name,
        url=reverse("mentoring:assignment", args=[run.pk]),
        link=_("打开方案"),
        late=run.state == RunState.INFEASIBLE,
        testid="open-run",
    )


def _gap_due(count: int) -> Due:
    text = ngettext("%(count)s 名学生还没有导师", "%(count)s 名学生还没有导师", count)
    return Due(
        icon="users",
        title=text % {"count": count},
        note=_("计算分配方案，或逐个指定。"),
        url=reverse("mentoring:assignments"),
        link=_("去分配"),
        testid="to-assignments",
    )
