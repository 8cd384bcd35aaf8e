"""Covered days: exact examples, the fast form against the literal one, and gaming."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.rules import covered, covered_fast
from evaluation.rules.counting import Exclusion, judge_contacts
from evaluation.rules.facts import Cadence, Calendar, Facts, Kind, Mentorship, Outcome, Period
from evaluation.rules.indicators import COVERED_DAYS, compute
from tests.evaluation.making import FIRST, any_facts, at, contact, day, facts, strategies


def share(given: Facts, mentor: str = "王老师") -> tuple[int, int]:
    counted, _excluded = judge_contacts(given)
    literal = covered.covered_days(given, counted)[mentor]
    fast = covered_fast.covered_days(given, counted).get(mentor, covered.Share())
    assert (literal.covered, literal.counting) == (fast.covered, fast.counting)
    return literal.covered, literal.counting


def reasons(given: Facts) -> list[tuple[str, str]]:
    return [(row.contact.id, row.reason.value) for row in judge_contacts(given)[1]]


@pytest.mark.parametrize("seed", range(400))
def test_the_fast_form_equals_the_literal_one(seed):
    given = any_facts(seed)
    counted, _excluded = judge_contacts(given)
    literal = {
        mentor: (row.covered, row.counting)
        for mentor, row in covered.covered_days(given, counted).items()
        if row.counting
    }
    fast = {
        mentor: (row.covered, row.counting)
        for mentor, row in covered_fast.covered_days(given, counted).items()
    }
    assert fast == literal


def test_the_generated_facts_are_neither_all_covered_nor_all_bare():
    partly = 0
    for seed in range(400):
        given = any_facts(seed)
        shares = covered_fast.covered_days(given, judge_contacts(given)[0]).values()
        partly += any(0 < row.covered < row.counting for row in shares)
    assert partly > 30


def test_a_talk_covers_its_own_day_and_as_many_days_as_the_cadence():
    assert share(facts(contact(5))) == (11, 40)


def test_without_a_contact_nothing_is_covered():
    assert share(facts()) == (0, 40)


def test_dating_back_gains_no_more_than_the_allowed_lag():
    assert share(facts(contact(0, lag=7))) == (11, 40)
    assert share(facts(contact(0, lag=20))) == (11, 40)
    assert share(facts(contact(0, lag=35))) == (11, 40)
    assert share(facts(contact(0, lag=46))) == (1, 40)
    assert share(facts(contact(0, lag=35), allowed_lag_days=14)) == (11, 40)


def test_an_attempt_covers_half_as_long_rounded_up():
    attempt = contact(5, outcome=Outcome.ATTEMPTED)
    assert share(facts(attempt)) == (6, 40)
    assert share(facts(attempt, cadence=9)) == (6, 40)
    assert share(facts(contact(5, outcome=Outcome.REFUSED))) == (6, 40)


def test_after_two_attempts_in_a_row_only_passing_it_on_counts_and_counts_in_full():
    tries = [contact(n, outcome=Outcome.ATTEMPTED) for n in (0, 10, 20)]
    assert share(facts(*tries)) == (12, 40)
    assert reasons(facts(*tries)) == [("c20-0", Exclusion.ATTEMPTS)]
    passed_on = [*tries[:2], replace(tries[2], escalated=True)]
    assert share(facts(*passed_on)) == (6 + 6 + 11, 40)
    met = [*tries[:2], contact(15), tries[2]]
    assert reasons(facts(*met)) == []


def test_a_later_weaker_contact_never_shortens_an_earlier_stronger_one():
    assert share(facts(contact(5), contact(6, outcome=Outcome.ATTEMPTED))) == (11, 40)


def test_holidays_stop_the_clock_but_not_for_the_shortest_cadence():
    week = frozenset(day(n) for n in range(10, 17))
    assert share(facts(contact(5), calendar=Calendar(week))) == (11, 33)
    assert share(facts(contact(5), calendar=Calendar(week, always_runs_days=10))) == (11, 40)


def test_a_new_mentor_has_the_first_window_to_get_to_know_the_pupil():
    new = facts(mentorships=(Mentorship("李想", "王老师", Period(day(3))),))
    assert share(new) == (0, 40 - 3 - 10)


def test_the_same_mentor_going_on_is_not_new():
    parts = (Period(FIRST, day(20)), Period(day(20), day(40)))
    before = Period(day(-100), FIRST)
    rows = tuple(Mentorship("李想", "王老师", period) for period in (before, *parts))
    assert share(facts(mentorships=rows)) == (0, 40)


def test_a_shortened_cadence_gives_one_window_and_a_longer_one_none():
    def cadences(*days: int) -> Facts:
        given = facts()
        [pupil] = given.pupils
        periods = (Period(day(-100), day(20)), Period(day(20)))
        rows = tuple(Cadence(period, length) for period, length in zip(periods, days, strict=True))
        return replace(given, pupils=(replace(pupil, cadences=rows),))

    assert share(cadences(10, 7)) == (0, 33)
    assert share(cadences(7, 10)) == (0, 40)


def test_a_suspension_counts_for_nobody_and_the_return_has_its_grace():
    [pupil] = facts().pupils
    away = replace(pupil, suspended=(Period(day(10), day(15)),))
    assert share(facts(pupils=(away,))) == (0, 40 - 5 - 10)


def test_what_does_not_count_says_why():
    given = facts(
        contact(1, name="voided", voided=True),
        contact(2, name="future", recorded_at=at(1)),
        contact(3, name="group", kind=Kind.GROUP),
        contact(4, name="stranger", mentor="陈老师"),
        contact(5, name="first"),
        contact(5, name="second"),
        contact(60, name="after"),
    )
    assert reasons(given) == [
        ("voided", "voided"),
        ("future", "future"),
        ("group", "group"),
        ("stranger", "not_own_pupil"),
        ("second", "duplicate"),
        ("after", "outside_period"),
    ]


def test_one_home_visit_counts_for_the_children_of_the_household():
    [pupil] = facts().pupils
    elder, younger = replace(pupil, household="h"), replace(pupil, id="李思", household="h")
    rows = (
        Mentorship("李想", "王老师", Period(day(-100))),
        Mentorship("李思", "陈老师", Period(day(-100))),
    )
    visit = contact(5, pupils=["李想", "李思"], kind=Kind.VISIT)
    given = facts(visit, pupils=(elder, younger), mentorships=rows)
    assert (share(given), share(given, "陈老师")) == ((11, 40), (11, 40))
    talk = replace(visit, kind=Kind.TALK)
    assert reasons(replace(given, contacts=(talk,))) == [("c5-0", "not_own_pupil")]


def test_gaming_does_not_pay_and_the_honest_mentor_stands_first():
    values = {}
    for name, given in strategies().items():
        [row] = [row for row in compute(given).indicators if row.code == COVERED_DAYS]
        values[name] = row.value
        assert share(given) == (row.numerator, row.denominator)
    assert max(values, key=values.__getitem__) == "honest"
    assert values == {
        "honest": 1.0,
        "busy": 0.8661,
        "split": 0.7481,
        "easy pupils only": 0.4348,
        "typed at the end": 0.0571,
        "burst": 0.0357,
        "nothing": 0.0,
    }
