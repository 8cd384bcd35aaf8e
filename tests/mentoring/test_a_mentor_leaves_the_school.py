"""王芳 leads class 1 and is a mentor; when she goes, nobody is said to have a mentor whom
nobody can reach."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.models import AuditEvent
from mentoring import services
from mentoring.models import MentorAssignment
from mentoring.selectors.figures import count_school
from schools.models import Role
from schools.services import move_teacher
from tests.mentoring.handing import (
    TODAY,
    after_a_week,
    briefed,
    browser_of,
    mentors_of,
    text_of,
)
from tests.people import a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db
NINTH = date(2026, 3, 9)
HERS = {"林小雨", "高子涵", "周一鸣"}


@pytest.fixture
def school(at):
    made = after_a_week(at)
    for child in made.pupils:
        services.assign_by_hand(
            actor=made.user("赵敏"),
            pupil=made.pupils[child],
            mentor=made.people["王芳" if child in HERS else "李强"],
            reason="按班级带",
        )
    return made


def goes(school, deliver, on: date | None = None, to=None) -> None:
    move_teacher(actor=None, teacher=school.people["王芳"], unit=to, on=on)
    deliver()


def gaps_of(school) -> str:
    page = reverse("mentoring:gaps", args=[school.unit.pk])
    return text_of(browser_of(school.user("赵敏")).get(page))


def test_her_pupils_count_and_are_listed_as_without_a_mentor(school, deliver):
    assert count_school(school.unit, NINTH).without_mentor == 0
    goes(school, deliver)
    assert count_school(school.unit, NINTH).without_mentor == 3
    page = gaps_of(school)
    assert "今天共3人" in page
    for child in HERS:
        assert f"{child}2024级1班王芳为{child}指定导师" in page
    home = text_of(browser_of(school.user("赵敏")).get("/home/"))
    assert "3名学生还没有导师" in home
    assert "没有导师3" in text_of(
        browser_of(school.user("赵敏")).get(reverse("mentoring:assignments"))
    )


def test_the_head_is_told_once_and_the_fact_delivered_again_ends_no_new_pair(school, deliver):
    goes(school, deliver)
    notice = Notice.objects.get(kind="mentor_left")
    assert notice.user == school.user("赵敏")
    assert notice.url == reverse("mentoring:gaps", args=[school.unit.pk])
    move_teacher(actor=None, teacher=school.people["王芳"], unit=school.unit)
    services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["林小雨"],
        mentor=school.people["王芳"],
        reason="王芳老师回校",
    )
    services.follow_mentor(teacher_id=school.people["王芳"].pk, since=NINTH)
    assert mentors_of(school)[-1] == ("王芳", NINTH, None)
    assert Notice.objects.filter(kind="mentor_left").count() == 1


def test_who_goes_later_is_the_mentor_until_then(school, deliver, at):
    goes(school, deliver, on=date(2026, 3, 20))
    assert mentors_of(school)[-1] == ("王芳", TODAY, date(2026, 3, 20))
    assert "每名学生今天都有导师" in gaps_of(school)
    at("2026-03-20T12:00:00+08:00")
    assert "今天共3人" in gaps_of(school)


def test_who_moves_to_another_school_takes_no_pupils_along(school, deliver):
    row = briefed(school)
    goes(school, deliver, to=a_school("浉河区第九小学", code="S0099"))
    row.refresh_from_db()
    assert row.state == "lapsed"
    assert mentors_of(school)[-1] == ("王芳", TODAY, NINTH)
    assert MentorAssignment.objects.on(NINTH).count() == 3


@pytest.mark.parametrize(
    ("posts", "heads"),
    [([Role.SCHOOL_ADMIN], False), ([Role.SCHOOL_ADMIN, Role.DEPUTY], True)],
)
def test_the_page_names_the_class_and_the_pupils_and_who_hands_them_over(school, posts, heads):
    admin = a_teacher("高洁", school=school.unit, posts=posts).user
    step = reverse("schools:end_employment", args=[school.people["王芳"].pk])
    answer = browser_of(admin).get(step)
    text = text_of(answer)
    assert "是班主任2024级1班" in text
    assert "是这些学生的导师" in text
    for child in HERS:
        assert f"{child}（2024级1班）" in text
    assert "陈思远" not in text
    page = answer.content.decode()
    offer = reverse("mentoring:handover_offer", args=[school.people["王芳"].pk])
    assert (offer in page, "请学校领导先办理交接" in page) == (heads, not heads)
    assert reverse("schools:class", args=[school.classes[0].pk]) in page
    trace = AuditEvent.objects.filter(verb="mentoring.open_mentor").latest("pk")
    assert (trace.actor_id, trace.detail["pupils"]) == (admin.pk, 3)


@pytest.mark.parametrize("step", ["end_employment", "move_teacher"])
def test_above_the_school_no_pupil_is_named(school, step):
    officer = a_teacher("陈县", school=a_county(), posts=[Role.COUNTY_OFFICER]).user
    step = reverse(f"schools:{step}", args=[school.people["王芳"].pk])
    text = text_of(browser_of(officer).get(step))
    assert "是一些学生的导师" in text
    assert not [child for child in school.pupils if child in text]
    assert not AuditEvent.objects.filter(verb="mentoring.open_mentor").exists()


def test_who_has_no_pupils_and_no_class_goes_without_a_word(school):
    admin = a_teacher("高洁", school=school.unit, posts=[Role.SCHOOL_ADMIN]).user
    step = reverse("schools:end_employment", args=[school.people["赵敏"].pk])
    page = browser_of(admin).get(step).content.decode()
    assert "办理离职" in page
    assert "left-behind" not in page
