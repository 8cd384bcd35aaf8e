"""A log folds into the same coverage in any order, and each beat gets its verdict."""

import random

from courses.rules.replay import Coverage, LoggedBeat, LoggedSession, fold_log
from courses.rules.watching import Beat

T0 = 1_767_225_600_000


def beat(session, at_s, *ranges, visible=True, position_ms=0):
    return LoggedBeat(session, T0 + at_s * 1000, Beat(ranges, position_ms, visible))


def session(name, person="王敏", recording="青春期", at_s=0, expires_s=None):
    expires = None if expires_s is None else T0 + expires_s * 1000
    return LoggedSession(name, person, recording, T0 + at_s * 1000, expires)


def test_an_honest_log_is_full_coverage():
    beats = [beat("a", at, (0, at * 1000), position_ms=at * 1000) for at in range(15, 121, 15)]
    coverage, reasons = fold_log({"青春期": 120_000}, [session("a")], beats)
    assert coverage == [
        Coverage("王敏", "青春期", ((0, 120_000),), 120_000, 120_000, 100, True, 120_000, 0),
    ]
    assert reasons == [""] * 8


def test_a_later_session_of_the_person_replaces_the_older_one():
    log = [
        beat("a", 10, (0, 10_000)),
        beat("b", 30, (10_000, 20_000)),
        beat("a", 31, (0, 31_000)),
        beat("c", 31, (0, 9_000)),
    ]
    coverage, reasons = fold_log(
        {"青春期": 120_000},
        [session("a"), session("b", at_s=20), session("c", person="李娜", at_s=25)],
        log,
    )
    assert reasons == ["", "", "lease_lost", ""]
    assert [(row.person, row.watched_ms) for row in coverage] == [("李娜", 9_000), ("王敏", 20_000)]


def test_unknown_and_expired_sessions_and_early_stamps_earn_nothing():
    log = [beat("x", 10, (0, 5_000)), beat("a", 60, (0, 5_000)), beat("a", -1, (0, 5_000))]
    coverage, reasons = fold_log({"青春期": 120_000}, [session("a", expires_s=60)], log)
    assert reasons == ["unknown_session", "token_expired", "clock_back"]
    assert (coverage[0].watched_ms, coverage[0].wall_ms, coverage[0].percent) == (0, 0, 0)


def test_a_refused_claim_is_offered_again_but_a_flood_is_not():
    flood = tuple((index * 500, index * 500 + 250) for index in range(201))
    log = [beat("a", 15, (0, 60_000)), beat("a", 16, *flood), beat("a", 40, (0, 20_000))]
    coverage, reasons = fold_log({"青春期": 120_000}, [session("a")], log)
    assert reasons == ["too_fast", "too_many_ranges", ""]
    assert coverage[0].ranges == ((0, 60_000),)
    assert coverage[0].refused == 2


def test_a_claim_that_never_fits_stays_refused():
    log = [beat("a", 15, (0, 120_000)), beat("a", 30, (0, 30_000))]
    coverage, _ = fold_log({"青春期": 120_000}, [session("a")], log)
    assert coverage[0].ranges == ((0, 30_000),)


def test_shuffled_logs_give_one_result():
    beats = [beat("a", at, (0, int(at * 1400)), position_ms=at) for at in range(15, 601, 15)]
    expected, _ = fold_log({"青春期": 840_000}, [session("a")], beats)
    for seed in range(20):
        shuffled = beats * 2
        random.Random(seed).shuffle(shuffled)
        assert fold_log({"青春期": 840_000}, [session("a")], shuffled)[0] == expected
    assert expected[0].ranges == ((0, 840_000),)


def test_of_two_starts_in_one_millisecond_one_counts_in_any_order():
    sessions = [session("a"), session("b", recording="生命教育")]
    log = [beat("a", 15, (0, 15_000)), beat("b", 15, (0, 15_000))]
    durations = {"青春期": 120_000, "生命教育": 120_000}
    forward, reasons = fold_log(durations, sessions, log)
    backward, _ = fold_log(durations, sessions[::-1], log[::-1])
    assert reasons == ["lease_lost", ""]
    assert forward == backward
    assert sum(row.wall_ms for row in forward) == 15_000, "one lesson at a time"


def test_beats_of_one_millisecond_leave_one_position_in_any_order():
    log = [beat("a", 15, (0, 9_000), position_ms=9_000), beat("a", 15, position_ms=3_000)]
    first, _ = fold_log({"青春期": 120_000}, [session("a")], log)
    second, _ = fold_log({"青春期": 120_000}, [session("a")], log[::-1])
    assert first == second
    assert first[0].position_ms == 9_000


def test_a_person_with_thousands_of_sessions_is_folded_in_order():
    sessions = [session(f"{number:05}", at_s=20 * number) for number in range(5_000)]
    log = [
        beat(f"{number:05}", 20 * number + 10, (10 * number, 10 * number + 1_000))
        for number in range(5_000)
    ]
    coverage, reasons = fold_log({"青春期": 120_000}, sessions, log)
    assert reasons == [""] * 5_000
    assert coverage[0].ranges == ((0, 4_999 * 10 + 1_000),)
