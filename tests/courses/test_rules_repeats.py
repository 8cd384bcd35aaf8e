"""The window of answers to beats: the newest stay, within a bound, and read back as written."""

from __future__ import annotations

import json

from courses.rules.repeats import Answered, from_plain, plain, recall, remember
from courses.rules.watching import Reason


def answered(number, ranges=1):
    media = tuple((10 * index, 10 * index + 5) for index in range(ranges))
    return Answered(f"k{number}", f"b{number}", Reason.NONE, 15, media)


def keys(kept):
    return [row.key for row in kept]


def test_the_eight_newest_answers_stay():
    kept = ()
    for number in range(10):
        kept = remember(kept, answered(number))
    assert keys(kept) == ["k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"]
    assert recall(kept, "k1") is None
    assert recall(kept, "k2") == answered(2)


def test_answers_with_many_ranges_leave_room_for_fewer():
    kept = (answered(1, ranges=150), answered(2, ranges=150), answered(3, ranges=150))
    assert keys(remember(kept, answered(4, ranges=100))) == ["k2", "k3", "k4"]
    assert keys(remember(kept, answered(5, ranges=5000))) == ["k5"]


def test_answers_read_back_as_they_were_written():
    kept = (answered(1), Answered("k2", "b2", Reason.TOO_FAST, 30, ()))
    assert from_plain(json.loads(json.dumps(plain(kept)))) == kept
