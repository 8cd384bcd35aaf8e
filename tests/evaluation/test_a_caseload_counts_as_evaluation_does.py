"""A pupil is due on the last day that evaluation counts as covered."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from evaluation.rules.counting import judge_contacts
from evaluation.rules.covered import PupilDays
from evaluation.rules.facts import Calendar, Contact, Kind, Outcome
from mentoring.models import ContactKind
from mentoring.models import Outcome as ContactOutcome
from mentoring.rules.due import Seen, due_on, effective_on, window_of, windows
from tests.evaluation.making import at, contact, day, facts


def any_contacts(rng: random.Random) -> list[Contact]:
    """A dozen talks, some of them attempts, some entered weeks later, some passed on."""
    return [
        contact(
            number,
            name=f"c{number}",
            outcome=rng.choice([Outcome.MADE, Outcome.ATTEMPTED, Outcome.REFUSED]),
            escalated=rng.random() < 0.2,
            recorded_at=at(number + rng.choice([0, 0, 3, 9, 30]), 18),
        )
        for number in sorted(rng.sample(range(60), rng.randint(1, 12)))
    ]


def seen(row: Contact) -> Seen:
    since = effective_on(row.occurred_on, row.recorded_on)
    return Seen(since, row.outcome == Outcome.MADE, row.escalated)


@pytest.mark.parametrize("seed", range(200))
def test_the_due_day_is_the_last_covered_day(seed: int):
    rng = random.Random(seed)
    cadence = rng.choice([1, 3, 7, 14, 45])
    stopped = frozenset(day(number) for number in rng.sample(range(200), rng.randint(0, 60)))
    contacts = any_contacts(rng)
    given = facts(*contacts, days=400, cadence=cadence, calendar=Calendar(stopped))
    counted, _excluded = judge_contacts(given)
    known = [seen(row) for row in contacts]
    due = max(
        due_on(since, window_of(cadence, full=full), stopped) for since, full in windows(known)
    )
    calendar = PupilDays(given, given.pupils[0], given.mentorships)
    assert calendar.is_covered(due, counted)
    assert not calendar.is_covered(next_running(due, stopped), counted)


def next_running(after: date, stopped: frozenset[date]) -> date:
    following = after + timedelta(days=1)
    while following in stopped:
        following += timedelta(days=1)
    return following


def test_both_rooms_know_the_same_kinds_and_outcomes():
    assert set(ContactKind.values) == {kind.value for kind in Kind}
    assert set(ContactOutcome.values) == {outcome.value for outcome in Outcome}
