"""Watched time: honest viewers get everything, every known trick gets at most 1.5 × real time
and 10 s.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.intervals import length, union
from courses.rules.watching import (
    Beat,
    Reason,
    State,
    beat_seconds,
    is_watched,
    is_within_budget,
    record_beat,
    watched_ms_needed,
    watched_percent,
)

T0 = 1_767_225_600_000
LESSON = 1_200_000


def fold(state, ranges, at_s, *, t0=T0, visible=True, position_ms=0, duration_ms=LESSON):
    return record_beat(
        state,
        Beat(ranges, position_ms, visible),
        started_ms=t0,
        received_ms=T0 + at_s * 1000,
        duration_ms=duration_ms,
    )


def play(rate, *, media=(0, LESSON), every_s=15):
    """A player that shows media at a rate and reports its cumulative range at each beat."""
    state, start, end = State(), *media
    seconds = -(-(end - start) // int(rate * 1000))
    for at in [*range(every_s, seconds, every_s), seconds]:
        state = fold(state, [(start, min(end, start + int(at * 1000 * rate)))], at).state
    return state


def test_an_honest_viewer_at_normal_speed_has_watched():
    state = play(1)
    assert state.media == ((0, LESSON),)
    assert state.wall == ((T0, T0 + 1_200_000),)
    assert state.refused == 0
    assert is_watched(length(state.media), LESSON)


def test_an_honest_viewer_at_one_and_a_half_times_has_watched_in_800_seconds():
    state = play(1.5)
    assert state.media == ((0, LESSON),)
    assert length(state.wall) == 800_000
    assert state.refused == 0


def test_twice_the_speed_is_not_watched():
    state = play(2)
    assert state.media == ((0, 30_000),)
    assert state.refused == 39
    assert not is_watched(length(state.media), LESSON)


def test_jumping_to_the_last_ten_seconds_is_not_watched():
    state = fold(State(), [(LESSON - 10_000, LESSON)], 10).state
    assert length(state.media) == 10_000
    assert not is_watched(length(state.media), LESSON)


def test_sixteen_times_the_speed_is_not_watched():
    state = play(16)
    assert length(state.media) == 0
    assert not is_watched(length(state.media), LESSON)


def test_the_first_half_twice_is_half():
    state = play(1, media=(0, LESSON // 2))
    for at in range(615, 1201, 15):
        state = fold(state, [(0, (at - 600) * 1000)], at).state
    assert state.media == ((0, LESSON // 2),)
    assert watched_percent(length(state.media), LESSON) == 50


def test_one_second_of_every_twelve_is_a_twelfth():
    state = State()
    for index in range(100):
        ranges = [(part * 12_000, part * 12_000 + 1_000) for part in range(index + 1)]
        state = fold(state, ranges, (index + 1) * 2).state
    assert length(state.media) == 100_000
    assert watched_percent(length(state.media), LESSON) == 8


def test_two_tabs_with_half_each_share_one_clock():
    state = State()
    for at in range(15, 601, 15):
        state = fold(state, [(0, at * 1000)], at).state
        state = fold(state, [(LESSON // 2, LESSON // 2 + at * 1000)], at).state
    assert length(state.wall) == 600_000
    assert length(state.media) <= 910_000
    assert not is_watched(length(state.media), LESSON)


def test_a_forged_request_gains_the_slack_once():
    refused = fold(State(), [(0, LESSON)], 0)
    assert refused.reason is Reason.TOO_FAST
    assert refused.state.media == ()
    first = fold(State(), [(0, 10_000)], 0)
    assert first.accepted
    second = fold(first.state, [(0, 20_000)], 0)
    assert second.reason is Reason.TOO_FAST
    assert second.state.media == ((0, 10_000),)


def test_the_lie_costs_the_truth_nothing():
    state = fold(State(), [(0, LESSON)], 15).state
    assert state.refused == 1
    for at in range(30, 1201, 15):
        state = fold(state, [(0, at * 1000)], at).state
    assert state.media == ((0, LESSON),)
    assert state.refused == 1


def test_a_hidden_page_earns_no_clock():
    state = fold(State(), [(0, 60_000)], 60, visible=False)
    assert state.reason is Reason.TOO_FAST
    assert state.state.wall == ()


def test_twenty_minutes_offline_are_credited_and_no_more():
    late = fold(State(), [(0, LESSON)], 1200)
    assert late.accepted
    idle = fold(State(), [(0, 2 * LESSON)], 2400, duration_ms=2 * LESSON)
    assert length(idle.state.wall) == 1_200_000
    assert idle.reason is Reason.TOO_FAST


def test_an_idle_hour_then_two_hours_of_claims_are_refused():
    answer = fold(State(), [(0, 7_200_000)], 3600, duration_ms=7_200_000)
    assert answer.reason is Reason.TOO_FAST
    assert length(answer.state.wall) == 1_200_000


def test_a_beat_from_before_the_start_changes_nothing():
    state = play(1)
    answer = record_beat(
        state, Beat([(0, LESSON)], 5, True), started_ms=T0, received_ms=T0 - 1, duration_ms=LESSON
    )
    assert answer.reason is Reason.CLOCK_BACK
    assert answer.state is state


def test_a_clock_that_steps_back_inside_the_session_takes_nothing_away():
    state = fold(State(), [(0, 60_000)], 60, position_ms=60_000).state
    stepped = fold(state, [(0, 60_000)], 30, position_ms=30_000).state
    assert stepped == state


def test_too_many_ranges_are_refused_and_the_clock_still_runs():
    ranges = [(index * 1000, index * 1000 + 500) for index in range(201)]
    answer = fold(State(), ranges, 600)
    assert answer.reason is Reason.TOO_MANY_RANGES
    assert answer.state.refused == 1
    assert length(answer.state.wall) == 600_000
    assert fold(State(), ranges[:200], 600).accepted


def test_crumbs_and_ranges_outside_the_recording_fall_away():
    ranges = [
        (0, 249),
        (1000, 1250),
        (-5000, 200),
        (LESSON - 100, LESSON + 9000),
        (9_000_000, 9_900_000),
        (700, 300),
    ]
    answer = fold(State(), ranges, 60)
    assert answer.accepted
    assert answer.state.media == ((1000, 1250),)


def test_the_position_of_the_latest_stamp_wins_and_stays_inside():
    state = fold(State(), [], 30, position_ms=9_000_000).state
    assert (state.position_ms, state.position_at_ms) == (LESSON, T0 + 30_000)
    state = fold(state, [], 20, position_ms=4).state
    assert state.position_ms == LESSON
    assert fold(state, [], 30, position_ms=-4).state.position_ms == 0


@pytest.mark.parametrize(
    ("duration_ms", "needed"),
    [
        (1_200_000, 1_140_000),
        (20_000, 15_000),
        (100_000, 95_000),
        (6_000, 1_000),
        (5_000, 250),
        (100, 100),
        (0, 1),
    ],
)
def test_watched_is_95_per_cent_or_all_but_five_seconds(duration_ms, needed):
    assert watched_ms_needed(duration_ms) == needed
    assert is_watched(needed, duration_ms)
    assert not is_watched(needed - 1, duration_ms)


@pytest.mark.parametrize(
    ("watched_ms", "percent"),
    [
        (0, 0),
        (11_999, 0),
        (12_000, 1),
        (600_000, 50),
        (1_139_999, 94),
        (1_140_000, 100),
        (1_200_000, 100),
    ],
)
def test_the_percentage_is_rounded_down_and_full_only_when_watched(watched_ms, percent):
    assert watched_percent(watched_ms, LESSON) == percent


def test_beats_come_slower_under_load():
    assert beat_seconds(499.9, 500) == 15
    assert beat_seconds(500, 500) == 30


def test_the_budget_is_exact_to_the_millisecond():
    assert is_within_budget(10_000 + 15, 10)
    assert not is_within_budget(10_000 + 16, 10)


BEATS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(-5_000, 130_000), st.integers(-5_000, 130_000)), max_size=6),
        st.integers(-3, 90),
        st.booleans(),
        st.integers(0, 60),
    ),
    max_size=25,
)


@given(BEATS)
def test_no_sequence_of_beats_breaks_the_guarantee(beats):
    state = State()
    latest = 0
    for ranges, at, visible, start in beats:
        before = state
        state = fold(
            state, ranges, at, t0=T0 + start * 1000, visible=visible, duration_ms=120_000
        ).state
        latest = max(latest, at * 1000)
        assert 2 * length(state.media) <= 3 * length(state.wall) + 20_000
        assert length(state.wall) <= latest
        assert union(before.media, state.media) == state.media
        assert union(before.wall, state.wall) == state.wall
        assert all(0 <= start < end <= 120_000 for start, end in state.media)


@given(BEATS)
def test_repeating_a_beat_changes_neither_media_nor_clock(beats):
    state = State()
    for ranges, at, visible, start in beats:
        once = fold(state, ranges, at, t0=T0 + start * 1000, visible=visible, duration_ms=120_000)
        twice = fold(
            once.state, ranges, at, t0=T0 + start * 1000, visible=visible, duration_ms=120_000
        )
        assert (twice.state.media, twice.state.wall) == (once.state.media, once.state.wall)
        assert twice.reason is once.reason
        state = once.state


@pytest.mark.parametrize("seed", range(40))
def test_honest_viewers_on_bad_networks_lose_nothing_and_raise_no_flag(seed):
    chance = random.Random(seed)
    rate = chance.choice([1, 1.25, 1.5])
    seconds = int(LESSON / 1000 / rate)
    beats = [(at, [(0, int(at * 1000 * rate))]) for at in range(15, seconds, 15)]
    arrived = [beat for beat in beats if chance.random() > 0.2]
    arrived += [
        (at + chance.randrange(0, 14), ranges)
        for at, ranges in chance.sample(arrived, len(arrived) // 4)
    ]
    chance.shuffle(arrived)
    arrived.sort(key=lambda beat: beat[0] + chance.randrange(0, 20))
    state = State()
    for at, ranges in [*arrived, (seconds, [(0, LESSON)])]:
        state = fold(state, ranges, at).state
    assert state.media == ((0, LESSON),)
    assert state.refused == 0
