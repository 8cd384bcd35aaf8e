"""Values of documented files: taken as they are, or refused with their place."""

from __future__ import annotations

import pytest

from core.documented_json import Malformed, a_list, an_object, flag, rows, text, whole


def test_what_is_as_documented_is_taken_as_it_is():
    assert an_object({"a": 1}, "$") == {"a": 1}
    assert a_list([1], "list") == [1]
    assert text("王敏", "name") == "王敏"
    assert flag(False, "visible") is False
    assert [whole(0, "n", 0, 3), whole(3, "n", 0, 3), whole(-9, "n")] == [0, 3, -9]
    assert list(rows({"beats": [{"a": 1}, {}]}, "beats")) == [
        ({"a": 1}, "beats[0]"),
        ({}, "beats[1]"),
    ]


@pytest.mark.parametrize(
    "read",
    [
        lambda: an_object([], "here"),
        lambda: a_list({}, "here"),
        lambda: text("", "here"),
        lambda: text("  ", "here"),
        lambda: text("a\x00", "here"),
        lambda: text(5, "here"),
        lambda: flag(1, "here"),
        lambda: whole(True, "here"),
        lambda: whole(1.0, "here"),
        lambda: whole(-1, "here", 0),
        lambda: whole(4, "here", 0, 3),
        lambda: list(rows({}, "here")),
    ],
)
def test_what_is_not_is_refused_with_its_place(read):
    with pytest.raises(Malformed) as refusal:
        read()
    assert str(refusal.value) == "here"


def test_the_first_wrong_row_is_named():
    with pytest.raises(Malformed, match=r"^beats\[1\]$"):
        list(rows({"beats": [{}, 7, 8]}, "beats"))
