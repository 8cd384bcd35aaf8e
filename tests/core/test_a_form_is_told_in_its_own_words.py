"""A form that was not taken is shown with its labels and the words of its choices, not its keys."""

from __future__ import annotations

from core.form_words import Said, said_in

SOME_ID = "0198a1b2-0000-7000-8000-000000000001"


def test_labels_and_choices_are_those_of_the_rooms_forms():
    fields = [
        ("purpose", "check"),
        ("with_phones", "on"),
        ("reason", "补课\n两节"),
        ("csrf", "aZ09"),
        ("unit", SOME_ID),
        ("remark", "没有标签的一句话"),
        ("empty", ""),
    ]
    shown = said_in(f"/schools/units/{SOME_ID}/export/?a=1", fields)
    assert Said("其他内容", "没有标签的一句话") in shown
    assert "aZ09" not in {said.value for said in shown}
    assert "包含完整手机号（会记入审计）" in {said.label for said in shown}
    assert Said("包含完整手机号（会记入审计）", "是") in shown


def test_a_reason_bears_the_label_of_the_room_it_was_sent_to():
    address = f"/account/people/{SOME_ID}/switch/"
    assert said_in(address, [("reason", "离职"), ("close", "1")]) == [Said("原因", "离职")]


def test_an_address_that_no_room_has_shows_only_what_was_written():
    assert said_in("/no/such/x!/", [("a", "k-1"), ("b", "写了很久")]) == [
        Said("其他内容", "写了很久")
    ]
