"""What a sheet comes to, and what would still raise it, in plain sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.selectors import qualifications_that_count
from evaluation.models import Scheme, Sheet, SheetLine
from evaluation.rules.indicators import REQUIRED
from evaluation.rules.quality import share_of
from evaluation.rules.raising import next_floor, parts_of
from evaluation.rules.standing import TermStage
from evaluation.selectors.terms import Standing
from evaluation.selectors.wording import NAMES, basis_in_words, percent, points, value_in_words
from mentoring.selectors.records import kind_in_words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sheet; `gives` and `at_most` are its part in quality, empty without one."""

    code: str
    name: str
    value: str
    basis: str
    gives: str = ""
    at_most: str = ""

    @property
    def counts(self) -> bool:
        """Whether quality is made of it."""
        return bool(self.at_most)


def figures_of(sheet: Sheet, lines: list[SheetLine]) -> list[Figure]:
    """The numbers of a sheet, those that quality is made of first."""
    shares = {line.code: (line.numerator, line.denominator) for line in lines}
    parts = parts_of(shares, sheet.evaluation.scheme.weights)
    return sorted(
        (_figure(line, parts.get(line.code)) for line in lines), key=lambda one: not one.counts
    )


def _figure(line: SheetLine, part: tuple[int, int] | None) -> Figure:
    return Figure(
        code=line.code,
        name=str(NAMES[line.code]),
        value=value_in_words(line.code, line.numerator, line.denominator),
        basis=basis_in_words(line.code, line.numerator, line.denominator),
        gives=percent(part[0]) if part else "",
        at_most=percent(part[1]) if part else "",
    )


def floors_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Each band with the quality from which it is given."""
    names = [str(label) for label in Sheet.Band.labels]
    floors = [percent(floor) for floor in scheme.floors]
    below = _("%(floor)s以下") % {"floor": floors[-1]}
    ranges = [*(_("%(floor)s起") % {"floor": one} for one in floors), below]
    return list(zip(names, ranges, strict=True))


def weights_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Each indicator that quality is made of, with its weight and its share of all weights."""
    whole = sum(scheme.weights.values())
    return [
        (
            str(NAMES[code]),
            _("%(weight)s（占 %(share)s）")
            % {"weight": weight, "share": percent(share_of(weight, whole))},
        )
        for code, weight in scheme.weights.items()
    ]


@dataclass(frozen=True, slots=True)
class SchemeShown:
    """A version of the scheme in words."""

    scheme: Scheme
    weights: list[tuple[str, str]]
    floors: list[tuple[str, str]]
    margin: str
    effective_from: str


def schemes_in_words() -> list[SchemeShown]:
    """Every version of the scheme, the newest first."""
    return [
        SchemeShown(
            scheme,
            weights_in_words(scheme),
            floors_in_words(scheme),
            points(scheme.margin),
            percent(scheme.effective_from),
        )
        for scheme in Scheme.objects.order_by("-version")
    ]


def way_to_go(sheet: Sheet) -> str:
    """How far the next better band is; empty where there is none."""
    if sheet.quality is None:
        return ""
    measure = sheet.evaluation.scheme.measure
    floor = next_floor(sheet.quality, measure)
    if floor is None:
        return ""
    bands = list(Sheet.Band)
    better = next(
        band
        for band, least in zip(bands, measure.floors, strict=False)
        if least - measure.margin == floor
    )
    return _("离“%(band)s”还差 %(gap)s。") % {
        "band": better.label,
        "gap": points(floor - sheet.quality),
    }


def advice_for(sheet: Sheet, lines: list[SheetLine], standing: Standing) -> list[str]:
    """What would raise the quality of a sheet, or why nothing does any more."""
    if standing.stage == TermStage.FROZEN:
        return [_("这个学期的评价已经冻结，数字不再改变。")]
    if standing.stage not in {TermStage.GROWING, TermStage.COMPUTING}:
        return [
            _("学期已经结束，新的联系计入下一个学期。"),
            _(
                "记录有错的，可以在学生页面补充或作废，评价会重新计算；对数字有异议，请在公示期内向学校提出。"
            ),
        ]
    by_code = {line.code: line for line in lines}
    sentences = [
        *_about_products(by_code.get("required_products"), _room(sheet, lines)),
        *_about_days(by_code.get("covered_days")),
        *_about_entries(by_code.get("late_entries")),
    ]
    return sentences or [_("该做的都做到了，照现在这样联系下去就好。")]


def _room(sheet: Sheet, lines: list[SheetLine]) -> int:
    """By how much quality rises when all products are done, in ten-thousandths."""
    shares = {line.code: (line.numerator, line.denominator) for line in lines}
    gives, at_most = parts_of(shares, sheet.evaluation.scheme.weights).get(
        "required_products", (0, 0)
    )
    return at_most - gives


def _about_products(line: SheetLine | None, room: int) -> list[str]:
    if line is None or line.numerator == line.denominator:
        return []
    missing = Counter(kind for row in line.pupils for kind in row["missing"])
    parts = _("、").join(
        _("%(kind)s %(count)d 次") % {"kind": kind_in_words(kind.value), "count": count}
        for kind in REQUIRED
        if (count := missing[kind.value])
    )
    return [
        _("三个一还差：%(parts)s。全部补齐，工作质量可提高 %(gain)s。")
        % {"parts": parts, "gain": points(room)}
    ]


def _about_days(line: SheetLine | None) -> list[str]:
    lost = [row for row in line.pupils if row["covered"] < row["counting"]] if line else []
    if not lost:
        return []
    text = ngettext(
        "%(count)d 名学生有日子超过了联系周期。按应联系日去联系，今后的日子都能计入。",
        "%(count)d 名学生有日子超过了联系周期。按应联系日去联系，今后的日子都能计入。",
        len(lost),
    )
    return [text % {"count": len(lost)}]


def _about_entries(line: SheetLine | None) -> list[str]:
    if line is None or not line.numerator:
        return []
    text = ngettext(
        "%(count)d 条记录迟了七天以上，覆盖日从记录前七天才开始算。当天记下就不会少算。",
        "%(count)d 条记录迟了七天以上，覆盖日从记录前七天才开始算。当天记下就不会少算。",
        line.numerator,
    )
    return [text % {"count": line.numerator}]


def preference_in_words(sheet: Sheet) -> list[tuple[bool, str]]:
    """The two conditions of preference, and whether each is met."""
    least = sheet.evaluation.scheme.effective_from
    effective = sheet.quality is not None and sheet.quality >= least
    return [
        (sheet.qualified, _qualified_in_words(met=sheet.qualified)),
        (effective, _("有效开展工作：工作质量不低于 %(least)s") % {"least": percent(least)}),
    ]


def _qualified_in_words(*, met: bool) -> str:
    """The condition of a qualification, which ones count, and how one is come by."""
    kinds = _("、").join(qualifications_that_count())
    texts = (
        _(
            "学期最后一个计入日资质有效（%(kinds)s，有一项即可）。还没有的，参加培训或考取后，请学分证书管理员登记。"
        ),
        _("学期最后一个计入日资质有效（%(kinds)s，有一项即可）。"),
    )
    return texts[met] % {"kinds": kinds}


def quality_in_words(sheet: Sheet) -> str:
    """The quality of a sheet."""
    return percent(sheet.quality)


def as_of_in_words(standing: Standing) -> Any:
    """Up to which day the figures go, that day not counted; empty before they are computed."""
    row = standing.evaluation
    if row is None or row.as_of is None:
        return ""
    return _("数字算到%(day)s（不含当天）。") % {"day": date_format(row.as_of)}
