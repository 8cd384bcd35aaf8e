"""An assignment in words: what was found, or who lacks what and the cheapest way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.models import AssignmentRun
from mentoring.rules.instance import Weights
from mentoring.rules.private_numbers import IDENTITY, MOBILE, private_numbers_in
from schools.models import Teacher


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a shortage: its number, its sentences, and who takes how many more."""

    number: int
    sentences: list[str]
    more: list[tuple[str, int]]
    can_be_taken: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """Who lacks what, and the ways out, the cheapest first."""

    lacks: list[str]
    ways: list[Way]


def explained(run: AssignmentRun) -> Explained:
    """The shortage of an infeasible run in words. Mentors are named, pupils are counted."""
    repairs = run.shortage["repairs"]
    wanted = {mentor for repair in repairs for mentor in repair["extra_places"]}
    names = {str(row.pk): row.name for row in Teacher.objects.filter(pk__in=wanted)}
    ways = [
        Way(
            number=number,
            sentences=repair_in_words(repair),
            more=sorted(
                ((names[mentor], extra) for mentor, extra in repair["extra_places"].items()),
                key=lambda one: (-one[1], one[0]),
            ),
            can_be_taken=not repair["without"],
        )
        for number, repair in enumerate(repairs)
    ]
    return Explained(shortage_in_words(run.shortage), ways)


def optimum_in_words(pupils: int, mentors: int, max_load: int) -> str:
    """One sentence on an optimum."""
    text = _("%(pupils)d 名学生、%(mentors)d 名导师：已得到最优方案，最多一人带 %(load)d 名。")
    return text % {"pupils": pupils, "mentors": mentors, "load": max_load}


def shortage_in_words(shortage: Mapping[str, Any]) -> list[str]:
    """A sentence for each group that lacks places; `shortage` as the documented format has it."""
    return [_lack(row) for row in shortage["lacks"]]


def repair_in_words(repair: Mapping[str, Any]) -> list[str]:
    """One way out, a sentence for each part that applies."""
    extra, parts = repair["extra_places"], []
    if extra:
        text = _("%(mentors)d 名导师各超额，最多每人超 %(most)d 人。")
        parts.append(text % {"mentors": len(extra), "most": max(extra.values())})
    if repair["supervised"]:
        text = _("%(pupils)d 名学生在心理教师督导下由无资质导师承担。")
        parts.append(text % {"pupils": len(repair["supervised"])})
    if repair["without"]:
        parts.append(_("%(pupils)d 名学生仍无导师。") % {"pupils": len(repair["without"])})
    return parts


def ground_in_words(closeness: int, bonus: int, weights: Weights) -> str:
    """What spoke for a pair: the mentor at hand, a wish, or who teaches whom."""
    if bonus >= weights.present:
        return _("延续现有导师")
    if bonus >= weights.previous:
        return _("延续上学期导师")
    if bonus:
        return _("学生志愿")
    if closeness <= weights.same_class:
        return _("任教本班")
    return _("任教本年级") if closeness <= weights.same_grade else _("本校教师")


def _lack(lack: Mapping[str, Any]) -> str:
    texts = {
        "qualification": _(
            "%(pupils)d 名需要有资质导师的学生只能由 %(mentors)d 名有资质的导师承担，"
            "他们共有 %(places)d 个名额，还差 %(short)d 个。"
        ),
        "capacity": _(
            "%(pupils)d 名学生，%(mentors)d 名可任导师的教师上限共 %(places)d 人，"
            "还差 %(short)d 个名额。"
        ),
        "conflict": _("%(short)d 名学生没有一名可以担任其导师的教师，需要外校导师。"),
    }
    values = {
        "pupils": len(lack["pupils"]),
        "mentors": len(lack["mentors"]),
        "places": lack["places"],
        "short": lack["short"],
    }
    return texts[lack["binds"]] % values


def private_numbers_in_words(text: str) -> str:
    """What must be taken out of a text, never the number itself; empty where nothing must."""
    texts = {
        (IDENTITY,): _("内容里有身份证号，没有保存。请删去号码，只写事实。"),
        (MOBILE,): _("内容里有手机号，没有保存。请删去号码，只写事实。"),
        (IDENTITY, MOBILE): _("内容里有身份证号和手机号，没有保存。请删去号码，只写事实。"),
    }
    found = private_numbers_in(text)
    return str(texts[found]) if found else ""
