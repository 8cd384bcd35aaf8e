"""What mentors of the demonstration log in a term: honest, late, in a burst, or the same words.

Days are civil days; a contact is a day, how, with what outcome, when it was typed, and a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

HONEST, BUSY, LATE, BURST, COPYING, IDLE = "honest", "busy", "late", "burst", "copying", "idle"
STYLES = (
    HONEST,
    HONEST,
    HONEST,
    HONEST,
    BUSY,
    HONEST,
    HONEST,
    LATE,
    HONEST,
    BURST,
    HONEST,
    COPYING,
    HONEST,
    IDLE,
)
"""In the order of staff numbers, over and over."""
KINDS = ("talk",) * 7 + ("online", "visit", "letter")
LAST_DAYS = 5
NOTES = (
    "聊了最近的作业，觉得数学应用题难，约好周三一起看错题。",
    "说和同桌和好了，课间一起打球。",
    "谈了期中目标，想把英语提高五分。",
    "早上迟到，说家里离学校远，商量了出门时间。",
    "参加了运动会报名，很期待。",
    "说睡得晚，约定晚上十点前放下手机。",
    "给家长打了电话，说了本周的进步。",
    "到家看了学习的地方，书桌靠窗，光线好。",
    "写了成长寄语，读给本人听了。",
    "课后留下来问问题，态度认真。",
    "说想参加合唱队，已告诉音乐老师。",
    "聊了周末安排，帮家里收稻子。",
)
COPIED = "与学生谈心，了解学习和生活情况，鼓励其努力学习。"


@dataclass(frozen=True, slots=True)
class Logged:
    """One contact with one pupil; `typed_on` is when it was recorded."""

    on: date
    typed_on: date
    kind: str
    outcome: str
    note: str


def logged_by(
    style: str, *, days: Sequence[date], cadence_days: int, until: date, dice: Random
) -> list[Logged]:
    """The contacts with one pupil on the school days `days` of a term, typed by `until`.

    An honest mentor meets the pupil within each cadence; a busy one leaves a quarter out.
    """
    if not days or style == IDLE:
        return []
    if style == BURST:
        on = dice.choice(days[-LAST_DAYS:])
        return [Logged(on, on, "talk", "made", dice.choice(NOTES))]
    if style == BUSY and dice.random() < 0.25:
        return []
    made = []
    on = days[0] + timedelta(days=dice.randrange(max(1, cadence_days // 2)))
    while on <= days[-1]:
        day = max((one for one in days if one <= on), default=days[0])
        made.append(_one(style, day, until, dice))
        on += timedelta(days=dice.randint(cadence_days * 6 // 10, cadence_days * 9 // 10))
    if style == COPYING:
        return [one for one in made[::2] for _copy in range(3)]
    return made


def _one(style: str, day: date, until: date, dice: Random) -> Logged:
    typed = min(until, day + timedelta(days=dice.choice((0, 0, 0, 1, 2))))
    if style == LATE:
        typed = until - timedelta(days=dice.randrange(LAST_DAYS))
    outcome = "attempted" if dice.random() < 0.06 else "made"
    note = COPIED if style == COPYING else dice.choice(NOTES)
    return Logged(day, max(day, typed), dice.choice(KINDS), outcome, note)
