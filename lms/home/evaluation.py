"""A mentor's own sheet, and the terms that wait for the head of a school."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.models import Sheet
from evaluation.permissions import announces_in, freezes_in
from evaluation.rules.standing import TermStage
from evaluation.selectors.objections import own_unanswered
from evaluation.selectors.overview import last_term_of
from evaluation.selectors.terms import Standing, own_recent, waiting_terms
from evaluation.selectors.wording import percent, value_in_words
from lms.home.parts import Due, Figure, Section
from schools.models import Unit


def evaluation_section(viewer: Any) -> Section:
    """Terms of the viewer's schools to be computed, put on notice or frozen."""
    found, own = waiting_terms(viewer), own_unanswered(viewer)
    return Section(
        code="evaluation",
        title=_("导师工作评价"),
        due=tuple(
            due
            for standing in found
            for due in _term_dues(
                viewer, standing, own.get((standing.unit.pk, standing.term.pk), 0)
            )
        ),
        empty=_("没有等待处理的评价。"),
        more_url=reverse("evaluation:index"),
        more=_("各学期评价"),
    )


def overview_section(viewer: Any) -> Section:
    """How many schools under the viewer have frozen the last term."""
    figures: list[Figure] = []
    for one in last_term_of(viewer):
        address = reverse("evaluation:overview", args=[one.unit.pk, one.term.code])
        figures += [
            Figure(_("上学期已冻结的学校"), one.frozen, address),
            Figure(_("上学期有导师的学校"), one.schools, address),
        ]
    return Section(
        code="evaluation",
        title=_("导师工作评价"),
        figures=tuple(figures),
        empty="" if figures else _("还没有结束的学期。"),
        more_url=reverse("evaluation:index"),
        more=_("各学期评价"),
    )


def sheet_sections(viewer: Any) -> Iterator[Section]:
    """The viewer's newest sheet, and every one that is on notice; nothing for who has none."""
    found = own_recent(viewer)
    if found:
        newest = found[0][0]
        yield Section(
            code="sheet",
            title=_("我的工作评价"),
            due=tuple(
                _notice_due(sheet, standing)
                for sheet, standing in found
                if standing.stage == TermStage.ON_NOTICE
            ),
            figures=tuple(_figures(newest)),
            more_url=reverse("evaluation:sheet", args=[newest.pk]),
            more=_("打开评价表"),
        )


def _figures(sheet: Sheet) -> Iterator[Figure]:
    yield Figure(
        _("工作质量"), percent(sheet.quality), reverse("evaluation:sheet", args=[sheet.pk])
    )
    names = {"covered_days": _("联系覆盖"), "required_products": _("三个一")}
    for line in sheet.lines.all():
        if line.code in names:
            value = value_in_words(line.code, line.numerator, line.denominator)
            yield Figure(
                names[line.code], value, reverse("evaluation:rows", args=[sheet.pk, line.code])
            )


def _notice_due(sheet: Sheet, standing: Standing) -> Due:
    assert standing.notice is not None
    return Due(
        icon="bell",
        title=_("评价表正在公示：%(term)s") % {"term": standing.term.name},
        note=_("%(day)s前可以提异议") % {"day": date_format(standing.notice.open_until)},
        url=reverse("evaluation:sheet", args=[sheet.pk]),
        link=_("核对"),
        testid="check-sheet",
    )


def _steps() -> dict[TermStage, tuple[str, str, str]]:
    """For each stage in which somebody has to act: icon, what waits, the button's words."""
    announce = ("bell", _("评价等待公示：%(term)s"), _("去公示"))
    compute = ("refresh-cw", _("评价还没有计算：%(term)s"), _("去计算"))
    return {
        TermStage.NONE: compute,
        TermStage.FAILED: ("triangle-alert", _("评价没有算出来：%(term)s"), _("去计算")),
        TermStage.STALE: ("refresh-cw", _("评价要重新计算：%(term)s"), _("去计算")),
        TermStage.TO_ANNOUNCE: announce,
        TermStage.ANNOUNCE_AGAIN: announce,
        TermStage.ON_NOTICE: ("bell", _("评价正在公示：%(term)s"), _("查看")),
        TermStage.TO_ANSWER: ("message-circle", _("评价异议等待答复：%(term)s"), _("去答复")),
        TermStage.TO_FREEZE: ("lock", _("评价公示期满，等待冻结：%(term)s"), _("去冻结")),
    }


def _steps_of_others() -> dict[TermStage, tuple[str, str, str]]:
    """The same for who may only look on: whom it waits for."""
    announce = ("bell", _("评价等待校长或副校长公示：%(term)s"), _("查看"))
    answer = ("message-circle", _("评价异议等待校长或副校长答复：%(term)s"), _("查看"))
    return {
        TermStage.TO_ANNOUNCE: announce,
        TermStage.ANNOUNCE_AGAIN: announce,
        TermStage.TO_ANSWER: answer,
        TermStage.TO_FREEZE: ("lock", _("评价公示期满，等待校长冻结：%(term)s"), _("查看")),
    }


def _steps_for(viewer: Any, unit: Unit) -> dict[TermStage, tuple[str, str, str]]:
    """What waits in each stage, in the words for what the viewer may do in this school."""
    others, own = _steps_of_others(), set()
    if announces_in(viewer, unit):
        own |= {TermStage.TO_ANNOUNCE, TermStage.ANNOUNCE_AGAIN, TermStage.TO_ANSWER}
    if freezes_in(viewer, unit):
        own.add(TermStage.TO_FREEZE)
    return _steps() | {stage: step for stage, step in others.items() if stage not in own}


def _term_dues(viewer: Any, standing: Standing, own: int) -> Iterator[Due]:
    """The next step of a term; objections that came in before its notice is over stand first.

    Of the unanswered ones `own` are the viewer's, who answers only those of others.
    """
    steps = _steps_for(viewer, standing.unit)
    if own and announces_in(viewer, standing.unit):
        title = _("您自己的评价异议等另一位领导答复，或由您收回：%(term)s")
        yield _due(standing, ("message-circle", title, _("查看")))
        others = standing.unanswered - own
    else:
        others = standing.unanswered
    if others:
        yield _due(standing, steps[TermStage.TO_ANSWER])
    if standing.stage in steps and standing.stage != TermStage.TO_ANSWER:
        yield _due(standing, steps[standing.stage])


def _due(standing: Standing, step: tuple[str, str, str]) -> Due:
    icon, title, link = step
    return Due(
        icon=icon,
        title=title % {"term": standing.term.name},
        note=standing.unit.name,
        url=reverse("evaluation:term", args=[standing.unit.pk, standing.term.code]),
        link=link,
        late=standing.stage == TermStage.FAILED,
        testid="open-term",
    )
