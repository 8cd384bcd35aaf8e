"""Indicators, reasons and stages in the words that people read."""

from __future__ import annotations

from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.rules.indicators import LAG_MEDIAN, LAG_P90
from evaluation.rules.quality import percent_of, share_of
from evaluation.rules.standing import TermStage

NAMES: Final[dict[str, Any]] = {
    "coverage": gettext_lazy("导师覆盖"),
    "covered_days": gettext_lazy("联系覆盖"),
    "required_products": gettext_lazy("三个一"),
    "late_entries": gettext_lazy("迟记的记录"),
    "entry_lag_median": gettext_lazy("记录间隔（中位数）"),
    "entry_lag_p90": gettext_lazy("记录间隔（九成以内）"),
    "workload": gettext_lazy("工作量"),
}
MEANINGS: Final[dict[str, Any]] = {
    "coverage": gettext_lazy("在校学生的每一天里，有导师的占多少。没有导师的日子逐段列出。"),
    "covered_days": gettext_lazy(
        "每名学生都有联系周期。最近一次有效联系还在周期之内的日子叫覆盖日；这里是覆盖日占应覆盖日的比例，"
        "需要多关心的学生权重更大。集中补记不会增加覆盖日。"
    ),
    "required_products": gettext_lazy(
        "每名学生一个学期一次家访、一次谈话、一封成长寄语，各计一次。学期结束时结对不满三十天的学生不计。"
    ),
    "late_entries": gettext_lazy("发生七天以后才记下的联系记录占多少。不进入工作质量。"),
    "entry_lag_median": gettext_lazy("从联系发生到记下，中间隔了几天；一半的记录不超过这个数。"),
    "entry_lag_p90": gettext_lazy("从联系发生到记下，中间隔了几天；九成的记录不超过这个数。"),
    "workload": gettext_lazy("负责学生的天数，按权重相加。单独列出，不与工作质量相乘。"),
}
REASONS: Final[dict[str, Any]] = {
    "voided": gettext_lazy("已经作废"),
    "future": gettext_lazy("写的发生时间比记录时间还晚"),
    "group": gettext_lazy("集体活动，不算个别联系"),
    "not_own_pupil": gettext_lazy("当天不是这位学生的导师"),
    "duplicate": gettext_lazy("同一时间、同一方式已经记过"),
    "attempts_in_a_row": gettext_lazy("连续两次没有联系上，之后要转交他人才计入"),
    "outside_period": gettext_lazy("记得太晚，到截止日还没有生效"),
    "not_made": gettext_lazy("没有见到本人，不算完成"),
    "repeated": gettext_lazy("这一项已经完成，只计第一次"),
    "not_required": gettext_lazy("这种方式不在三个一之内"),
}
STAGES: Final[dict[TermStage, Any]] = {
    TermStage.NONE: gettext_lazy("未计算"),
    TermStage.COMPUTING: gettext_lazy("正在计算"),
    TermStage.FAILED: gettext_lazy("计算没有完成"),
    TermStage.GROWING: gettext_lazy("学期进行中"),
    TermStage.STALE: gettext_lazy("有新记录，待重算"),
    TermStage.NOBODY_MENTORED: gettext_lazy("没有结对"),
    TermStage.TO_ANNOUNCE: gettext_lazy("待公示"),
    TermStage.ANNOUNCE_AGAIN: gettext_lazy("数字有变，须重新公示"),
    TermStage.ON_NOTICE: gettext_lazy("公示中"),
    TermStage.TO_ANSWER: gettext_lazy("公示期满，有异议待答复"),
    TermStage.TO_FREEZE: gettext_lazy("公示期满，待冻结"),
    TermStage.FROZEN: gettext_lazy("已冻结"),
}


def percent(share: int | None) -> str:
    """A share in ten-thousandths, as a person reads it."""
    return _("无应计") if share is None else f"{percent_of(share)}%"


def points(difference: int) -> str:
    """A difference of two shares in ten-thousandths, as a person reads it."""
    return _("%(number)s 个百分点") % {"number": percent_of(difference)}


def value_in_words(code: str, numerator: int, denominator: int) -> str:
    """A number of a sheet as a person reads it."""
    if not denominator:
        return _("无应计")
    if code in (LAG_MEDIAN, LAG_P90):
        return ngettext("%(days)d 天", "%(days)d 天", numerator) % {"days": numerator}
    if code == "workload":
        return f"{numerator}"
    return percent(share_of(numerator, denominator))


def basis_in_words(code: str, numerator: int, denominator: int) -> str:
    """What a number is made of, in the units in which it is counted; empty for what is in days."""
    texts = {
        "coverage": _("%(part)d / %(whole)d 学生日"),
        "covered_days": _("%(part)d / %(whole)d 加权学生日"),
        "required_products": _("%(part)d / %(whole)d 项"),
        "late_entries": _("%(part)d / %(whole)d 条"),
        "workload": _("加权学生日：负责学生的天数按权重相加"),
    }
    if not denominator or code not in texts:
        return ""
    return texts[code] % {"part": numerator, "whole": denominator}


def gap_in_words(first: Any, last: Any) -> str:
    """A stretch of days without a mentor."""
    if first == last:
        return date_format(first)
    return _("%(first)s至%(last)s") % {"first": date_format(first), "last": date_format(last)}


SORTS: Final[tuple[tuple[str, Any], ...]] = (
    ("name", gettext_lazy("按姓名")),
    ("quality", gettext_lazy("按工作质量")),
    ("covered_days", gettext_lazy("按联系覆盖")),
    ("required_products", gettext_lazy("按三个一")),
    ("late_entries", gettext_lazy("按迟记")),
    ("workload", gettext_lazy("按工作量")),
)
"""In what orders a list of sheets is shown; what needs a look stands first."""
