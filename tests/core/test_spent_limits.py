"""A limit that is spent refuses without counting; the answer says when it is possible again."""

import pytest

from core import throttle
from core.models import ThrottleCount

pytestmark = pytest.mark.django_db


def test_a_spent_limit_refuses_until_its_window_ends(at):
    at("2026-11-23T08:00:10+08:00")
    for _turn in range(2):
        throttle.refuse_spent("guess", "王芳", 2, 60)
        throttle.hit("guess", "王芳", 2, 60)
    for act in (throttle.refuse_spent, throttle.hit):
        with pytest.raises(throttle.Throttled) as refusal:
            act("guess", "王芳", 2, 60)
        assert (refusal.value.status, refusal.value.retry_after) == (429, 50)
    throttle.refuse_spent("guess", "李强", 2, 60)
    assert "王芳" not in ThrottleCount.objects.get().subject
    at("2026-11-23T08:01:00+08:00")
    throttle.refuse_spent("guess", "王芳", 2, 60)


def test_an_act_that_was_no_guess_is_given_back(at):
    at("2026-11-23T08:00:10+08:00")
    throttle.hit("guess", "王芳", 2, 60)
    second = throttle.hit("guess", "王芳", 2, 60)
    throttle.give_back(second)
    assert ThrottleCount.objects.get().count == 1
    throttle.hit("guess", "王芳", 2, 60)
    with pytest.raises(throttle.Throttled):
        throttle.hit("guess", "王芳", 2, 60)


def test_no_more_is_given_back_than_was_counted(at):
    at("2026-11-23T08:00:10+08:00")
    row = throttle.hit("guess", "王芳", 2, 60)
    for _turn in range(2):
        throttle.give_back(row)
    assert ThrottleCount.objects.get().count == 0
