"""Quizzes: exact marks, fixed order per attempt, deadlines on the server's clock."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.quizzes import (
    Score,
    attempts_left,
    deadline,
    is_newest,
    is_over,
    is_right,
    picked,
    right_needed,
    score,
)

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
KEY = {ONE: ["a"], TWO: ["a", "c"], THREE: ["true"]}


def test_all_right_is_full_marks():
    assert score({ONE: ["a"], TWO: ["c", "a"], THREE: ["true"]}, KEY, 60) == Score(3, 3, 100, True)


def test_two_of_three_is_66_per_cent_and_fails_at_67():
    answers = {ONE: ["a"], TWO: ["a", "c"], THREE: ["false"]}
    assert score(answers, KEY, 66) == Score(2, 3, 66, True)
    assert score(answers, KEY, 67) == Score(2, 3, 66, False)


def test_the_pass_mark_is_compared_without_rounding():
    key = {UUID(int=number): ["a"] for number in range(3)}
    answers = {UUID(int=0): ["a"]}
    assert score(answers, key, 33).passed
    assert not score(answers, key, 34).passed


@pytest.mark.parametrize(
    ("chosen", "correct", "right"),
    [
        (["a"], ["a", "c"], False),
        (["a", "b", "c"], ["a", "c"], False),
        (["c", "a", "a"], ["a", "c"], True),
        ([], ["a"], False),
        ([], [], False),
    ],
)
def test_only_exactly_the_right_options_count(chosen, correct, right):
    assert is_right(chosen, correct) is right


@pytest.mark.parametrize(
    ("total", "mark", "needed"), [(8, 80, 7), (8, 75, 6), (3, 34, 2), (3, 33, 1), (10, 100, 10)]
)
def test_the_right_answers_that_are_needed_pass_and_one_fewer_does_not(total, mark, needed):
    key = {UUID(int=number): ["a"] for number in range(total)}
    answers = {UUID(int=number): ["a"] for number in range(needed)}
    fewer = {UUID(int=number): ["a"] for number in range(needed - 1)}
    assert right_needed(total, mark) == needed
    assert score(answers, key, mark).passed
    assert not score(fewer, key, mark).passed


def test_an_empty_quiz_is_never_passed():
    assert score({}, {}, 0) == Score(0, 0, 0, False)


@given(
    st.lists(st.integers(), unique=True, max_size=20), st.integers(0, 25), st.booleans(), st.text()
)
def test_picking_gives_distinct_items_and_the_same_ones_again(items, count, shuffle, seed):
    chosen = picked(items, count, shuffle=shuffle, seed=seed)
    assert chosen == picked(items, count, shuffle=shuffle, seed=seed)
    assert len(chosen) == len(set(chosen)) == min(count, len(items))
    assert set(chosen) <= set(items)
    if not shuffle:
        assert chosen == [item for item in items if item in chosen]


def test_without_a_count_every_item_is_put():
    assert picked([3, 1, 2], None, shuffle=False, seed="x") == [3, 1, 2]
    assert sorted(picked(range(50), None, shuffle=True, seed="x")) == list(range(50))
    assert picked(range(50), None, shuffle=True, seed="x") != list(range(50))


START = datetime(2026, 3, 31, 15, 50, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 31, 16, tzinfo=UTC)


def test_an_attempt_ends_with_its_minutes_or_with_learning():
    assert deadline(START, None, None) is None
    assert deadline(START, 5, None) == datetime(2026, 3, 31, 15, 55, tzinfo=UTC)
    assert deadline(START, 5, MIDNIGHT) == datetime(2026, 3, 31, 15, 55, tzinfo=UTC)
    assert deadline(START, 30, MIDNIGHT) == MIDNIGHT
    assert deadline(START, None, MIDNIGHT) == MIDNIGHT


def test_the_deadline_itself_is_too_late():
    assert is_over(MIDNIGHT, MIDNIGHT)
    assert not is_over(MIDNIGHT, datetime(2026, 3, 31, 15, 59, 59, 999_999, tzinfo=UTC))
    assert not is_over(None, MIDNIGHT)


def test_attempts_left_never_fall_below_nothing():
    assert [attempts_left(used, 3) for used in (0, 2, 3, 4)] == [3, 1, 0, 0]
    assert attempts_left(90, None) is None


def test_an_answer_replaces_only_what_its_window_knew():
    assert is_newest(1, stands=0, seen=0)
    assert is_newest(5, stands=4, seen=None), "whoever does not say is taken at the word"
    assert not is_newest(4, stands=4, seen=None)
    assert not is_newest(9, stands=4, seen=3)
