"""Intervals obey the laws of sets, agree with a bitmap, and survive their encoding."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.intervals import EMPTY, clamp, decode, encode, length, pairs, union

SMALL = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)
INSTANTS = st.lists(st.tuples(st.integers(0, 2**44), st.integers(0, 2**44)), max_size=12)


def bitmap(*many):
    return {point for intervals in many for start, end in intervals for point in range(start, end)}


@given(SMALL, SMALL)
def test_union_agrees_with_a_bitmap(left, right):
    merged = union(left, right)
    assert bitmap(merged) == bitmap(left, right)
    assert length(merged) == len(bitmap(left, right))


@given(SMALL)
def test_union_is_sorted_disjoint_and_joins_neighbours(intervals):
    merged = union(intervals)
    assert all(start < end for start, end in merged)
    assert all(left[1] < right[0] for left, right in itertools.pairwise(merged))


@given(SMALL, SMALL, SMALL)
def test_union_is_commutative_associative_idempotent_and_monotone(a, b, c):
    assert union(a, b) == union(b, a)
    assert union(union(a, b), c) == union(a, union(b, c))
    assert union(union(a), union(a)) == union(a)
    assert bitmap(union(a)) <= bitmap(union(a, b))


@given(INSTANTS)
def test_encoding_and_decoding_are_inverse(intervals):
    merged = union(intervals)
    assert decode(encode(merged)) == merged


def test_an_hour_of_full_coverage_is_four_bytes():
    assert encode(((0, 3_600_000),)) == b"\x00\x80\xdd\xdb\x01"
    assert encode(EMPTY) == b""
    assert decode(b"") == EMPTY


@pytest.mark.parametrize("broken", [b"\x80", b"\x01", b"\x01\x02\x83"])
def test_bytes_that_end_inside_an_interval_are_refused(broken):
    with pytest.raises(ValueError, match="too early"):
        decode(broken)


def test_clamping_cuts_at_both_ends():
    assert clamp([(-5, 3), (8, 20), (30, 40)], 0, 10) == [(0, 3), (8, 10), (30, 10)]
    assert pairs(((1, 2), (3, 4))) == [[1, 2], [3, 4]]
