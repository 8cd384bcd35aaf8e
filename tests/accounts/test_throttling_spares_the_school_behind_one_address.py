"""Five failures lock one name at one address for a quarter of an hour, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User
from accounts.services import acknowledge_privacy, issue_slip, redeem_slip
from accounts.services.sessions import forget_old_failures
from accounts.tasks import forget_failures
from core import clock
from core.models import AuditEvent
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def fail(door, times: int, name: str = "li.na", address: str = "10.1.1.1") -> list[int]:
    return [door(name, "wrong", address=address)[0].status_code for _time in range(times)]


def test_299_of_300_people_behind_one_address_sign_in_while_one_is_locked(door):
    shared = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(username=f"t{number:03}", name=f"教师{number}", password=shared)
        for number in range(300)
    )
    for person in people:
        acknowledge_privacy(actor=person)
    fail(door, 5, name="t000")
    answers = [door(person.username)[0].status_code for person in people]
    assert answers.count(302) == 299
    assert answers[0] == 429


def test_the_fifth_failure_locks_and_says_when_to_come_back(li_na, door):
    assert fail(door, 5) == [422, 422, 422, 422, 429]
    answer, _browser = door("li.na", PASSWORD)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "请 15 分钟后再试" in answer.content.decode()


def test_an_unknown_name_is_locked_in_the_same_way(door):
    assert fail(door, 5, name="nobody") == [422, 422, 422, 422, 429]


def test_phone_and_name_share_their_failures(li_na, door):
    assert fail(door, 3, name="13800001111") == [422, 422, 422]
    assert fail(door, 2, name="LI.NA") == [422, 429]


def test_the_lock_holds_at_one_address_only(li_na, informed, door):
    informed(li_na)
    fail(door, 5)
    assert door("li.na", address="10.9.9.9")[0].status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour_though_somebody_keeps_trying(
    li_na, informed, door
):
    informed(li_na)
    fail(door, 8)
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time -= timedelta(minutes=15, seconds=1)
    attempt.save()
    assert door("li.na")[0].status_code == 302


def test_attempts_during_the_lock_do_not_prolong_it(li_na, door):
    fail(door, 5)
    first = AccessAttempt.objects.get().attempt_time
    fail(door, 3)
    assert AccessAttempt.objects.get().attempt_time == first
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_a_success_wipes_the_failures(li_na, informed, door):
    informed(li_na)
    fail(door, 4)
    assert door("li.na")[0].status_code == 302
    assert fail(door, 4) == [422, 422, 422, 422]


def test_behind_a_proxy_the_visitors_address_counts(li_na, informed, settings):
    informed(li_na)
    settings.TRUSTED_PROXY_COUNT = 1

    def knock(password: str, forwarded: str) -> int:
        return (
            Client()
            .post(
                "/sign-in/",
                {"username": "li.na", "password": password},
                headers={"x-forwarded-for": forwarded},
                REMOTE_ADDR="127.0.0.1",
            )
            .status_code
        )

    assert [knock("wrong", "9.9.9.9, 10.0.0.1") for _time in range(5)][-1] == 429
    assert knock(PASSWORD, "8.8.8.8, 10.0.0.1") == 429
    assert knock(PASSWORD, "10.0.0.1, 10.0.0.2") == 302


def test_what_was_typed_as_a_password_is_never_stored(li_na, door):
    door("li.na", "my-secret-typo")
    attempt = AccessAttempt.objects.get()
    assert "my-secret-typo" not in attempt.post_data + attempt.get_data


def test_a_new_slip_opens_the_lock_as_the_page_says(li_na, informed, door):
    informed(li_na)
    fail(door, 5)
    slip = issue_slip(actor=None, user=li_na)
    new = "春天去看南湾湖的水和茶园"
    redeem_slip(name="li.na", code=slip.code, new_password=new, address="10.1.1.1")
    assert door("li.na", new)[0].status_code == 302


def test_a_failure_leaves_a_trace_for_accounts_and_none_of_what_strangers_type(li_na, door):
    fail(door, 7)
    fail(door, 1, name=PASSWORD)
    refused = AuditEvent.objects.filter(verb="accounts.sign_in_refused")
    assert [(row.actor_id, row.thing_id) for row in refused] == [(None, str(li_na.pk))] * 5
    locked = AuditEvent.objects.get(verb="accounts.sign_in_locked")
    assert (locked.actor_id, locked.thing_id) == (None, str(li_na.pk))
    assert PASSWORD not in str(list(AuditEvent.objects.values()))


def test_failures_are_kept_for_half_a_year_and_no_longer(li_na, door, at):
    fail(door, 1)
    now = clock.now()
    assert AccessFailureLog.objects.count() == 1
    at((now + timedelta(days=183)).isoformat())
    assert forget_old_failures() == 0
    at((now + timedelta(days=185)).isoformat())
    forget_failures()
    assert (AccessFailureLog.objects.count(), AccessAttempt.objects.count()) == (0, 0)


def test_a_password_typed_as_a_name_is_kept_nowhere_and_still_counted(door, settings):
    assert settings.AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT == 1_000_000_000
    assert fail(door, 6, name="My-Secret-Typo") == [422, 422, 422, 422, 429, 429]
    assert fail(door, 1, name="another-name") == [422]
    rows = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()]
    assert len(rows) == 2 + 6
    assert "secret-typo" not in str(rows).casefold()
    names = {row["username"] for row in rows}
    assert [len(name) for name in names] == [33, 33]
