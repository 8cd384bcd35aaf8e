"""Covered days of a school's term, against one scan of the same rows.

1,500 pupils, 100 mentors, 150 days, some 9,000 contacts. Ours judges every contact and computes
covered days for every mentor; the floor only walks over the same pupils, mentors and contacts and
reads the day from which each contact would count. Processor time of one process.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from benchmarks.ratio import Ratio
from evaluation.rules.counting import judge_contacts
from evaluation.rules.covered_fast import covered_days
from evaluation.rules.facts import (
    SHANGHAI,
    Cadence,
    Calendar,
    Contact,
    Facts,
    Kind,
    Mentorship,
    Outcome,
    Period,
    PupilFacts,
)

PUPILS, MENTORS, DAYS = 1_500, 100, 150
ROUNDS = 7
FIRST = date(2026, 2, 16)
RHYTHMS = ((7, 4), (14, 3), (28, 2), (45, 1))


def measure() -> Iterator[Ratio]:
    """One line: medians of seven rounds, ours and the floor by turns."""
    facts = _facts()
    ours, floor = [], []
    for _round in range(ROUNDS + 1):
        ours.append(_spent(lambda: covered_days(facts, judge_contacts(facts)[0])))
        floor.append(_spent(lambda: _scan(facts)))
    yield Ratio(
        bench="covered_days",
        ours=round(statistics.median(ours[1:]), 5),
        reference=round(statistics.median(floor[1:]), 5),
        reference_is="one scan of the same rows",
        better="lower",
        unit="cpu seconds",
        n=len(facts.contacts),
    )


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _scan(facts: Facts) -> int:
    """Touch every row once, and read each contact's effective day."""
    total = 0
    for pupil in facts.pupils:
        total += len(pupil.enrolled) + sum(row.days for row in pupil.cadences)
    for row in facts.mentorships:
        total += row.period.start.toordinal()
    for contact in facts.contacts:
        day = contact.effective_on(facts.allowed_lag_days).toordinal()
        total += day * len(contact.pupils)
    return total


def _facts() -> Facts:
    """A school in which everybody is seen about as often as the cadence asks."""
    dice = random.Random(1)
    term = Period(FIRST, FIRST + timedelta(days=DAYS))
    pupils, mentorships, contacts = [], [], []
    for number in range(PUPILS):
        name, mentor = f"P{number:05}", f"T{number % MENTORS:03}"
        days, weight = RHYTHMS[min(number % 15 // 2, 3)]
        whole = Period(FIRST)
        pupils.append(PupilFacts(name, (whole,), (Cadence(whole, days, weight),)))
        mentorships.append(Mentorship(name, mentor, whole))
        for day in range(dice.randrange(days), DAYS, days):
            contacts.append(_contact(len(contacts), name, mentor, day, dice))
    stopped = frozenset(FIRST + timedelta(days=day) for day in range(70, 77))
    return Facts(
        term=term,
        as_of=FIRST + timedelta(days=DAYS),
        calendar=Calendar(stopped, 7),
        pupils=tuple(pupils),
        mentorships=tuple(mentorships),
        contacts=tuple(contacts),
    )


def _contact(number: int, pupil: str, mentor: str, day: int, dice: random.Random) -> Contact:
    noon = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=SHANGHAI)
    at = noon + timedelta(days=day, minutes=number % 300)
    return Contact(
        id=f"C{number:05}",
        mentor=mentor,
        pupils=(pupil,),
        kind=dice.choice([Kind.TALK, Kind.TALK, Kind.ONLINE, Kind.VISIT]),
        outcome=Outcome.MADE if dice.random() < 0.9 else Outcome.ATTEMPTED,
        occurred_at=at,
        recorded_at=at + timedelta(days=dice.choice([0, 0, 0, 2, 12])),
    )
