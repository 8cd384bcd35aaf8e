"""School admins and officers: slips, lost authenticators, closing; inside their own units only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Authenticator, Slip, User
from accounts.permissions import (
    PlainStanding,
    can_manage,
    managed_users,
    needs_second_factor,
    posts_of,
    register_standing,
    standing_of,
)
from accounts.rules import LEARNER_AGES, PUPIL_DATA_AGES
from accounts.selectors import managed_account
from accounts.services import SlipRefused, issue_slip, redeem_slip
from core.models import AuditEvent
from lms.standing import PUPIL_DATA_ROLES, SECOND_FACTOR_ROLES, PostStanding
from schools.models import Role, Teacher
from schools.selectors.staff import without_account
from schools.services import give_post, move_teacher
from tests.access.walking import ask
from tests.people import a_bureau, a_county, a_school, a_teacher, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> dict[str, User]:
    first = a_school("浉河区第一小学")
    second = a_school("浉河区第二小学")
    far = a_school("固始县第一中学", county=a_county("固始县"))
    bureau = a_bureau()
    county = a_county("浉河区")
    made = {
        "admin": a_teacher("高洁", school=first, posts=["school_admin"], number="GAO"),
        "psych": a_teacher("周敏", school=first, posts=["psychology_teacher"], number="ZHOU"),
        "teacher": a_teacher("李娜", school=first, number="LINA"),
        "neighbour": a_teacher("孙浩", school=second, number="SUN"),
        "far": a_teacher("钱坤", school=far, number="QIAN"),
        "lent": a_teacher("郑和", school=first, posts=[(Role.REGISTRAR, county)], number="ZHENG"),
        "county": a_teacher("冯涛", school=county, posts=["county_officer"], number="FENG"),
        "bureau": a_teacher("韩冰", school=bureau, posts=["bureau_officer"], number="HAN"),
    }
    users = {name: teacher.user for name, teacher in made.items()}
    root = a_teacher("金星", school=first, number="ROOT").user
    root.is_superuser = True
    root.save()
    return {**users, "root": root, "orphan": a_user("orphan")}


@pytest.fixture
def as_admin(people: dict[str, User]) -> Client:
    browser = Client()
    browser.force_login(people["admin"])
    return browser


def names(users: Any) -> set[str]:
    return {user.username for user in users}


def test_an_admin_looks_after_the_own_school_and_nobody_above_it(people):
    assert names(managed_users(people["admin"])) == {"gao", "zhou", "lina"}
    assert names(managed_users(people["county"])) == {"gao", "zhou", "lina", "sun", "zheng", "feng"}
    assert names(managed_users(people["bureau"])) == {
        *("gao", "zhou", "lina", "sun", "qian", "zheng", "feng", "han")
    }
    for nobody in ("psych", "teacher", "root", "orphan"):
        assert names(managed_users(people[nobody])) == set()


def test_nobody_looks_after_the_own_account(people):
    assert can_manage(people["admin"], people["teacher"])
    assert not can_manage(people["admin"], people["admin"])
    assert not can_manage(people["admin"], people["lent"])


def test_the_list_shows_who_is_looked_after_and_finds_by_name_account_and_phone(as_admin, people):
    people["psych"].phone = "13900001234"
    people["psych"].save()
    page = as_admin.get("/account/people/").content.decode()
    assert [name in page for name in ("周敏", "李娜", "孙浩", "郑和")] == [True, True, False, False]
    for query, found in (("周", "周敏"), ("LIN", "李娜"), ("13900001234", "周敏")):
        page = as_admin.get("/account/people/", {"q": query}).content.decode()
        assert page.count("/account/people/") - page.count('href="/account/people/"') >= 1
        assert found in page
    assert "没有找到相符的人" in as_admin.get("/account/people/", {"q": "\0孙"}).content.decode()


def test_a_slip_is_printed_once_and_opens_the_account(as_admin, people):
    address = f"/account/people/{people['teacher'].pk}/"
    assert "没有未使用的密码单" in as_admin.get(address).content.decode()
    printed = as_admin.post(f"{address}slip/")
    assert printed.status_code == 200
    assert "no-store" in printed["Cache-Control"]
    code = re.search(r'data-testid="slip-code">([A-Z2-9-]{14})<', printed.content.decode())
    assert "data-print" in printed.content.decode()
    page = as_admin.get(address).content.decode()
    assert "有一张未使用的密码单" in page
    assert code[1] not in page
    redeem_slip(name="lina", code=code[1], new_password="春天去看南湾湖的水和茶园")
    people["teacher"].refresh_from_db()
    assert people["teacher"].check_password("春天去看南湾湖的水和茶园")
    assert AuditEvent.objects.get(verb="accounts.slip_issued").actor_id == people["admin"].pk


@pytest.mark.parametrize("who", ["admin", "neighbour", "far", "lent", "county", "root", "orphan"])
def test_out_of_reach_looks_missing_and_changes_nothing(as_admin, people, who):
    target = people[who]
    address = f"/account/people/{target.pk}/"
    before = (target.password, target.is_active, AuditEvent.objects.count())
    missing = ask(as_admin, "GET", "/account/people/00000000-0000-4000-8000-000000000000/")
    assert missing.status == 404
    assert ask(as_admin, "GET", address).looks == missing.looks
    for action in ("slip/", "second-factor/", "switch/"):
        answer = as_admin.post(address + action, {"reason": "试一试", "close": "1"})
        assert answer.status_code == 404
    target.refresh_from_db()
    assert (target.password, target.is_active, AuditEvent.objects.count()) == before
    assert Slip.objects.count() == 0


def test_a_lost_authenticator_is_started_again_with_a_reason(as_admin, people):
    target = people["psych"]
    Authenticator.objects.create(user=target, key="ABC", confirmed_at="2026-01-01T00:00:00Z")
    address = f"/account/people/{target.pk}/"
    assert as_admin.post(f"{address}second-factor/", {"reason": " "}).status_code == 422
    assert Authenticator.objects.count() == 1
    printed = as_admin.post(f"{address}second-factor/", {"reason": "手机遗失"})
    assert "原来的身份验证器、恢复码、密码和所有登录已失效" in printed.content.decode()
    assert not Authenticator.objects.filter(confirmed_at__isnull=False).exists()
    trace = AuditEvent.objects.get(verb="accounts.second_factor_reissued")
    assert (trace.actor_id, trace.purpose) == (people["admin"].pk, "手机遗失")


def test_an_account_is_closed_and_opened_with_a_reason(as_admin, people):
    address = f"/account/people/{people['teacher'].pk}/"
    assert as_admin.post(f"{address}switch/", {"close": "1"}).status_code == 422
    as_admin.post(f"{address}switch/", {"close": "1", "reason": "调离"})
    assert User.objects.get(username="lina").is_active is False
    assert 'data-testid="open-account"' in as_admin.get(address).content.decode()
    as_admin.post(f"{address}switch/", {"open": "1", "reason": "返校"})
    assert User.objects.get(username="lina").is_active is True


def test_the_pages_exist_for_keepers_of_accounts_only(people):
    for who, status in (("admin", 200), ("county", 200), ("psych", 404), ("root", 404)):
        browser = Client()
        browser.force_login(people[who])
        assert browser.get("/account/people/").status_code == status


def test_every_post_needs_the_second_factor_and_posts_near_pupils_short_sessions():
    assert set(Role.values) == {str(role) for role in SECOND_FACTOR_ROLES}
    assert {str(role) for role in PUPIL_DATA_ROLES} == {
        *("principal", "deputy", "class_teacher", "grade_head", "psychology_teacher"),
        "school_admin",
    }


def test_standing_comes_from_posts(people):
    assert not needs_second_factor(people["teacher"])
    assert needs_second_factor(people["psych"])
    assert needs_second_factor(people["root"])
    assert standing_of(people["psych"]).ages is PUPIL_DATA_AGES
    assert standing_of(people["lent"]).ages is LEARNER_AGES
    assert standing_of(people["root"]).enters_cms
    assert not standing_of(people["psych"]).enters_cms
    assert posts_of(people["orphan"]) == ()


def test_without_a_provider_everybody_is_a_plain_learner(people):
    register_standing(PlainStanding())
    try:
        fresh = {name: User.objects.get(pk=user.pk) for name, user in people.items()}
        assert not needs_second_factor(fresh["psych"])
        assert needs_second_factor(fresh["root"])
        assert posts_of(fresh["psych"]) == ()
        assert names(managed_users(fresh["admin"])) == set()
    finally:
        register_standing(PostStanding())


def test_the_list_of_accounts_is_read_page_by_page_and_keeps_what_was_asked(people, as_admin):
    for number in range(60):
        a_teacher("钱进", number=f"Q{number:02}")
    first = as_admin.get("/account/people/", {"q": "钱进"})
    assert (first.context["page"].paginator.count, len(first.context["page"])) == (60, 50)
    assert "共 60 人" in first.content.decode()
    assert 'href="?q=%E9%92%B1%E8%BF%9B&amp;page=2"' in first.content.decode()
    second = as_admin.get("/account/people/", {"q": "钱进", "page": "2"}).context["page"]
    assert [user.username for user in second] == [f"q{number}" for number in range(50, 60)]


def test_tomorrows_officer_is_not_looked_after_by_todays_school(people, at):
    at("2026-03-02T09:00:00+08:00")
    lina = Teacher.objects.get(staff_number="LINA")
    give_post(
        actor=None, teacher=lina, role=Role.REGISTRAR, unit=a_county(), starts_on=date(2026, 3, 3)
    )
    assert names(managed_users(people["admin"])) == {"gao", "zhou"}
    assert not can_manage(people["admin"], lina.user)


def test_no_account_is_opened_for_tomorrows_officer_by_todays_school(people, at):
    at("2026-03-02T09:00:00+08:00")
    new = a_teacher("方圆", number="FANG", with_user=False)
    assert list(without_account(people["admin"], a_school("浉河区第一小学"))) == [new]
    give_post(
        actor=None, teacher=new, role=Role.REGISTRAR, unit=a_county(), starts_on=date(2026, 3, 3)
    )
    assert list(without_account(people["admin"], a_school("浉河区第一小学"))) == []


def test_a_slip_dies_with_the_move_to_another_unit(people, at):
    at("2026-03-02T09:00:00+08:00")
    lina = Teacher.objects.get(staff_number="LINA")
    slip = issue_slip(actor=people["admin"], user=lina.user)
    move_teacher(actor=None, teacher=lina, unit=a_school("浉河区第二小学"), on=date(2026, 3, 4))
    at("2026-03-04T09:00:00+08:00")
    with pytest.raises(SlipRefused):
        redeem_slip(name="lina", code=slip.code, new_password="南湾湖畔的新茶园与旧石桥")
    assert managed_account(people["county"], lina.user.pk).open_slip is None
    fresh = issue_slip(actor=people["county"], user=lina.user)
    redeem_slip(name="lina", code=fresh.code, new_password="南湾湖畔的新茶园与旧石桥")


def test_a_slip_dies_with_the_leave(people, at):
    at("2026-03-02T09:00:00+08:00")
    lina = Teacher.objects.get(staff_number="LINA")
    slip = issue_slip(actor=people["admin"], user=lina.user)
    move_teacher(actor=None, teacher=lina, unit=None)
    with pytest.raises(SlipRefused):
        redeem_slip(name="lina", code=slip.code, new_password="南湾湖畔的新茶园与旧石桥")


def test_the_list_of_accounts_goes_by_pinyin_and_is_searched_by_it(people, as_admin):
    a_teacher("安宁", school=a_school("浉河区第一小学"), number="Z9")
    page = as_admin.get("/account/people/").context["page"]
    assert [user.name for user in page] == ["安宁", "李娜", "周敏"]
    for words in ("zhoumin", "zm"):
        found = as_admin.get("/account/people/", {"q": words}).context["page"]
        assert [user.name for user in found] == ["周敏"]
