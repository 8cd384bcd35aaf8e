"""Invented facts: one mentor's term to the day, terms of every shape, and ways of gaming."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

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

FIRST = date(2026, 3, 1)


def day(number: int) -> date:
    """The n-th day of the term, the first is 0."""
    return FIRST + timedelta(days=number)


def at(number: int, hour: int = 16) -> datetime:
    """An instant on the n-th day."""
    return datetime.combine(day(number), datetime.min.time(), SHANGHAI).replace(hour=hour)


def contact(number: int, *, pupils=("李想",), lag: int = 0, name: str = "", **values) -> Contact:
    """A talk on the n-th day, entered ``lag`` days later."""
    row = {
        "id": name or f"c{number}-{lag}",
        "mentor": "王老师",
        "pupils": tuple(pupils),
        "kind": Kind.TALK,
        "outcome": Outcome.MADE,
        "occurred_at": at(number),
        "recorded_at": at(number + lag, 18),
    }
    return Contact(**(row | values))


def facts(*contacts: Contact, days: int = 40, cadence: int = 10, **values) -> Facts:
    """李想 has been 王老师's for long and is to be seen every ``cadence`` days."""
    always = Period(FIRST - timedelta(days=200))
    row = {
        "term": Period(FIRST, day(days)),
        "as_of": day(days),
        "calendar": Calendar(),
        "pupils": (PupilFacts("李想", (always,), (Cadence(always, cadence),)),),
        "mentorships": (Mentorship("李想", "王老师", always),),
        "contacts": contacts,
    }
    return Facts(**(row | values))


def any_facts(seed: int) -> Facts:
    """Facts with every feature at once: gaps, changes, suspensions, stopped clocks, odd entries."""
    rng = random.Random(seed)
    days = rng.randint(10, 60)

    def chain(count: int) -> tuple[Period, ...]:
        start, periods = day(rng.randint(-40, 5)), []
        for number in range(count):
            end = start + timedelta(days=rng.randint(1, 30))
            open_ended = number == count - 1 and rng.random() < 0.5
            periods.append(Period(start, None if open_ended else end))
            start = end + timedelta(days=rng.choice([0, 0, 3]))
        return tuple(periods)

    pupils = tuple(
        PupilFacts(
            id=f"p{number}",
            enrolled=chain(rng.randint(1, 2)),
            cadences=tuple(
                Cadence(period, rng.choice([1, 2, 3, 5, 7, 14]), rng.randint(1, 4))
                for period in chain(rng.randint(0, 3))
            ),
            suspended=chain(rng.choice([0, 0, 1])),
            household=rng.choice([None, "h"]),
        )
        for number in range(rng.randint(1, 4))
    )
    mentorships = tuple(
        Mentorship(pupil.id, rng.choice("ABC"), period)
        for pupil in pupils
        for period in chain(rng.randint(0, 3))
    )
    contacts = tuple(
        contact(
            0,
            name=f"c{number}",
            mentor=rng.choice("ABC"),
            pupils=rng.sample([pupil.id for pupil in pupils], rng.randint(1, len(pupils))),
            kind=rng.choice(list(Kind)),
            outcome=rng.choice(list(Outcome)),
            occurred_at=(instant := at(0, 0) + timedelta(hours=rng.randint(-960, 24 * days + 240))),
            recorded_at=instant + timedelta(hours=rng.choice([-1, 0, 5, 100, 300, 600])),
            escalated=rng.random() < 0.3,
            voided=rng.random() < 0.1,
        )
        for number in range(rng.randint(0, 25))
    )
    return Facts(
        term=Period(FIRST, day(days)),
        as_of=day(rng.randint(0, days + 5)),
        calendar=Calendar(
            frozenset(day(rng.randint(-40, days)) for _ in range(rng.randint(0, 15))),
            rng.choice([0, 0, 3, 7]),
        ),
        pupils=pupils,
        mentorships=mentorships,
        contacts=contacts,
        allowed_lag_days=rng.choice([0, 3, 7, 14]),
        default_cadence_days=rng.choice([3, 10, 45]),
    )


CADENCES = (7, 14, *(28,) * 3, *(45,) * 10)
WEIGHTS = {7: 4, 14: 3, 28: 2, 45: 1}
TERM_DAYS = 140


def strategies() -> dict[str, Facts]:
    """Seven ways of spending a term on the same fifteen pupils: one honest, six not."""
    return {
        "honest": _term(_in_time(range(15))),
        "busy": _term(_in_time(range(15), skip=4)),
        "burst": _term([(p, TERM_DAYS - 5 + n % 5, 0) for p in range(15) for n in range(3)]),
        "typed at the end": _term(
            [(p, on, TERM_DAYS - 1 - on) for p, on, _lag in _in_time(range(15))]
        ),
        "split": _term(
            [
                (p, min(on + extra, TERM_DAYS - 1), 0)
                for p, on, _lag in _in_time(range(15), skip=2)
                for extra in range(5)
            ]
        ),
        "easy pupils only": _term(
            [(p, on, 0) for p in range(5, 15) for on in range(0, TERM_DAYS, 20)]
        ),
        "nothing": _term([]),
    }


def _in_time(pupils: range, skip: int = 0) -> list[tuple[int, int, int]]:
    """A contact a day before each is due; ``skip`` leaves every so-manieth out."""
    rows = [(p, on, 0) for p in pupils for on in range(0, TERM_DAYS, CADENCES[p] - 1)]
    return [row for number, row in enumerate(rows) if not skip or number % skip]


def _term(rows: list[tuple[int, int, int]]) -> Facts:
    always = Period(FIRST - timedelta(days=200))
    pupils = tuple(
        PupilFacts(f"p{number}", (always,), (Cadence(always, days, WEIGHTS[days]),))
        for number, days in enumerate(CADENCES)
    )
    return facts(
        *(
            contact(on, pupils=[f"p{pupil}"], lag=lag, name=f"c{number}")
            for number, (pupil, on, lag) in enumerate(rows)
        ),
        days=TERM_DAYS,
        pupils=pupils,
        mentorships=tuple(Mentorship(pupil.id, "王老师", always) for pupil in pupils),
    )
