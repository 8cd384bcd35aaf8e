"""Whoever keeps accounts could enter the locked room in another's place; others learn of it."""

from __future__ import annotations

import pytest

from accounts.models import Notice, User
from accounts.permissions import PlainStanding, watchers_of
from accounts.services import reissue_second_factor
from lms.standing import PostStanding
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    school = a_school("浉河区第一小学")
    near = a_school("浉河区第二小学")
    county = a_county("浉河区")
    posts = {
        "高洁": ["school_admin"],
        "王建国": ["principal"],
        "周敏": ["psychology_teacher"],
        "郑华": ["class_teacher"],
        "李娜": [],
    }
    made = {name: a_teacher(name, school=school, posts=held).user for name, held in posts.items()}
    return made | {
        "赵静": a_teacher("赵静", school=near, posts=["psychology_teacher"]).user,
        "孙浩": a_teacher("孙浩", school=near, posts=["principal"]).user,
        "冯涛": a_teacher("冯涛", school=county, posts=["county_officer"]).user,
        "韩冰": a_teacher("韩冰", school=a_bureau(), posts=["bureau_officer"]).user,
        "钱坤": a_teacher("钱坤", school=a_county("固始县"), posts=["county_officer"]).user,
    }


def told(people: dict[str, User]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(kind="second_factor_of_another"):
        found.setdefault(notice.user.name, []).append(notice.words)
    return found


def test_the_principal_learns_who_made_the_psychology_teachers_way_in_anew(people):
    reissue_second_factor(actor=people["高洁"], user=people["周敏"], reason="手机遗失，当面核对")
    account = people["周敏"].username
    assert told(people) == {
        "王建国": [
            f"高洁刚为周敏（账号{account}）重新办理了身份验证器。"
            "请向本人核实；如果不是本人申请，请立即停用该账号。"
        ]
    }


def test_a_class_teacher_signs_the_ledger_too(people):
    reissue_second_factor(actor=people["高洁"], user=people["郑华"], reason="手机遗失，当面核对")
    assert list(told(people)) == ["王建国"]


def test_for_a_principal_the_county_learns_it(people):
    reissue_second_factor(actor=people["高洁"], user=people["王建国"], reason="手机遗失，当面核对")
    assert list(told(people)) == ["冯涛"]


def test_where_the_only_officer_of_the_county_did_it_the_bureau_learns_it(people):
    reissue_second_factor(actor=people["冯涛"], user=people["王建国"], reason="手机遗失，当面核对")
    assert list(told(people)) == ["韩冰"]


def test_where_the_only_head_did_it_the_county_learns_it(people):
    reissue_second_factor(actor=people["王建国"], user=people["周敏"], reason="手机遗失，当面核对")
    assert list(told(people)) == ["冯涛"]


def test_where_the_school_has_no_head_at_work_the_county_learns_it(people):
    people["孙浩"].is_active = False
    people["孙浩"].save()
    watching = PostStanding().watchers_of(people["赵静"], people["高洁"])
    assert [user.name for user in watching] == ["冯涛"]


def test_nobody_is_left_to_tell_where_nobody_is_above(people):
    User.objects.filter(name__in=["孙浩", "冯涛", "韩冰"]).update(is_active=False)
    assert not PostStanding().watchers_of(people["赵静"], people["高洁"]).exists()


def test_nobody_is_told_of_whom_the_locked_room_does_not_know(people):
    assert not watchers_of(people["李娜"], people["高洁"]).exists()
    assert not PlainStanding().watchers_of(people["周敏"], people["高洁"]).exists()
    reissue_second_factor(actor=people["高洁"], user=people["李娜"], reason="手机遗失，当面核对")
    assert told(people) == {}
