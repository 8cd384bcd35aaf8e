"""Worries and ledger entries of the demonstration: calm words, every state, nobody real.

Ages are how long before today's demo something was told or signed; a pupil is named by the place
in the class of the sign-in `classteacher`, -1 stands for somebody whom the register does not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Told:
    """One worry: who told it when, who took it on how much later ("" while nobody has), and with
    what words it ended as one to go on watching ("" while it has not).
    """

    by: str
    ago: timedelta
    urgency: str
    place: int
    text: str
    taken_by: str = ""
    after: timedelta = timedelta(0)
    found: str = ""


WORRIES = (
    Told(
        "teacher",
        timedelta(days=3),
        "yellow",
        0,
        "连着几天趴在桌上，不和同学说话，作业也没交。",
        taken_by="psych",
        after=timedelta(hours=2),
        found="当天放学前谈了二十分钟，和好友闹了矛盾，已经说开。周五再看一次。",
    ),
    Told(
        "classteacher",
        timedelta(days=2),
        "red",
        1,
        "在作业本里写了告别的话，我现在陪着他在办公室。",
        taken_by="principal",
        after=timedelta(minutes=6),
    ),
    Told("teacher", timedelta(hours=9), "orange", 2, "体育课上哭了一节课，不肯说为什么。"),
    Told("mentor", timedelta(hours=2), "orange", 3, "说晚上睡不着，不想来学校，怕家里知道。"),
    Told("teacher", timedelta(hours=20), "yellow", -1, "放学后总一个人在操场坐到天黑。"),
)
UNKNOWN = "常穿蓝外套的男生"
FROM_BELOW = Told("", timedelta(minutes=70), "red", -1, "说不想回家，躲在操场不肯走。")
"""Told at another school of the county, where nobody has taken it on."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry: who proposed it, whether the other has confirmed it, and whether both ended it."""

    place: int
    category: str
    reason: str
    by: str
    confirmed: bool = True
    ended: bool = False


ENTRIES = (
    Listed(4, "left_behind", "父母在外省务工，由祖父母照看。", "classteacher"),
    Listed(5, "single_parent", "随母亲生活，母亲上夜班。", "psych"),
    Listed(6, "family_upheaval", "上月父亲因病去世。", "classteacher"),
    Listed(7, "migrant", "本学期随父母从外地转来。", "psych", confirmed=False),
    Listed(8, "in_difficulty", "家中有重病病人，生活困难。", "classteacher", confirmed=False),
    Listed(9, "left_behind", "母亲曾在外务工。", "psych", ended=True),
)
ENDED_BECAUSE = "父母已返乡共同生活。"
