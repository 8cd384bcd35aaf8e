"""Accounts are opened once, closed at once, and reopened."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Notice, Session, User
from accounts.selectors import account_named
from accounts.services import correct_phone, create_account, disable_account, enable_account
from accounts.services.opening import AccountTaken
from core.errors import Invalid
from core.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_account_is_stored_in_its_normal_form():
    user = create_account(actor=None, username=" Zhao.Lei ", name=" 赵磊 ", phone="137 0000 3333")
    assert (user.username, user.name, user.phone) == ("zhao.lei", "赵磊", "13700003333")
    assert not user.has_usable_password()
    assert AuditEvent.objects.get().verb == "accounts.account_opened"


@pytest.mark.parametrize(
    ("username", "phone"),
    [("LI.NA", None), ("new.one", "13800001111")],
)
def test_name_and_phone_belong_to_one_person(li_na, username, phone):
    with pytest.raises(AccountTaken):
        create_account(actor=None, username=username, name="王芳", phone=phone)
    assert User.objects.count() == 1


def test_nobody_takes_a_phone_number_of_somebody_else_as_account_name(li_na):
    for username, phone in (("13800001111", None), ("", None), ("13800001111", "13700003333")):
        with pytest.raises(Invalid) as refused:
            create_account(actor=None, username=username, name="王芳", phone=phone)
        assert list(refused.value.fields) == ["username"]
    own = create_account(actor=None, username="13700003333", name="王芳", phone="13700003333")
    assert own.username == "13700003333"


def test_a_closed_account_is_out_on_the_next_request(li_na):
    browser = Client()
    browser.force_login(li_na)
    assert browser.get("/api/v1/me").status_code == 200
    disable_account(actor=None, user=li_na, reason="调离")
    disable_account(actor=None, user=li_na, reason="调离")
    assert browser.get("/api/v1/me").status_code == 401
    assert Session.objects.filter(user=li_na).count() == 0
    assert AuditEvent.objects.filter(verb="accounts.account_disabled").count() == 1


def test_even_a_session_that_survived_closes_with_the_account(li_na):
    browser = Client()
    browser.force_login(li_na)
    User.objects.update(is_active=False)
    assert browser.get("/api/v1/me").status_code == 401


def test_a_reopened_account_signs_in_again(li_na, informed, door):
    informed(li_na)
    disable_account(actor=None, user=li_na, reason="借调")
    enable_account(actor=None, user=li_na, reason="返校")
    enable_account(actor=None, user=li_na, reason="返校")
    assert li_na.is_active
    assert door("li.na")[0].status_code == 302
    assert AuditEvent.objects.filter(verb="accounts.account_enabled").count() == 1


def test_a_corrected_phone_signs_in_and_the_former_one_no_longer(li_na):
    correct_phone(actor=None, user=li_na, phone="138 0000 3333")
    correct_phone(actor=None, user=li_na, phone="13800003333")
    assert account_named("13800003333") == li_na
    assert account_named("13800001111") is None
    assert AuditEvent.objects.filter(verb="accounts.phone_corrected").count() == 1
    assert Notice.objects.get(user=li_na).kind == "phone_corrected"


def test_a_phone_of_another_account_is_not_taken_over(li_na):
    other = create_account(actor=None, username="zhou", name="周敏", phone="13800004444")
    correct_phone(actor=None, user=li_na, phone="13800004444")
    assert account_named("13800004444") == other
    correct_phone(actor=None, user=li_na, phone="13800004444")
    li_na.refresh_from_db()
    assert li_na.phone is None
    assert Notice.objects.get(user=li_na).text.startswith("您的登录手机号已取消")
    assert AuditEvent.objects.filter(verb="accounts.phone_corrected").count() == 1
