"""A mentor's day on the pages: who is due, a contact logged, a pupil looked at, a slip mended."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from mentoring import services
from mentoring.models import Contact, ContactPupil, MentorAssignment
from schools.models import Role
from schools.services.seating import leave_school, place_pupil
from tests.mentoring.build import NOON, SPRING, a_small_school, published
from tests.people import a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db
DAY = "/mentoring/"


@pytest.fixture
def school(at):
    at(NOON)
    made = a_small_school()
    published(made)
    return made


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def sent(school, *children: str, **changes) -> dict:
    body = {
        "pupils": [str(school.pupils[child].pk) for child in children],
        "kind": "talk",
        "outcome": "made",
        "text": "聊了转学后的同桌。",
        "occurred_at": "2026-03-02T11:30",
        "submission_key": str(uuid4()),
    }
    return body | changes


def logged(school, mentor: str, child: str) -> Contact:
    browser_of(school.user(mentor)).post(reverse("mentoring:check_in"), sent(school, child))
    return Contact.objects.latest("created_at")


def test_a_mentor_sees_the_own_pupils_and_logs_one_contact_with_two_clicks(school):
    browser = browser_of(school.user("王芳"))
    page = text_of(browser.get(DAY))
    assert "我带的学生3已逾期0" in page
    assert "林小雨2024级1班" in page
    assert "陈思远" not in page

    address = f"{reverse('mentoring:check_in')}?pupil={school.pupils['林小雨'].pk}"
    form = browser.get(address).content.decode()
    ticked = re.findall(r'name="pupils" value="([^"]+)"[^>]*checked', form)
    assert ticked == [str(school.pupils["林小雨"].pk)]
    assert re.findall(r'name="kind" value="([^"]+)"[^>]*checked', form) == ["talk"]
    assert re.findall(r'name="outcome" value="[^"]+"[^>]*checked', form) == []
    body = sent(school, "林小雨")
    for _click in range(2):
        answer = browser.post(address, body, follow=True)
    assert "已记下。" in text_of(answer)
    assert "上次：2026年3月2日谈话，已联系上" in text_of(answer)
    contact = Contact.objects.get()
    assert contact.note.text == "聊了转学后的同桌。"
    assert contact.occurred_at.isoformat() == "2026-03-02T03:30:00+00:00"


@pytest.mark.parametrize(
    ("language", "by", "never", "last"),
    [
        ("zh-hans", "最迟2026年4月15日联系·", "还没有联系过", "上次：2026年3月2日谈话，已联系上"),
        ("en", "Dueby15April2026·", "nocontactyet", "Last:2March2026,Talk,Madecontact"),
    ],
)
def test_the_list_says_by_when_whether_or_not_a_pupil_was_met(school, language, by, never, last):
    browser = browser_of(school.user("王芳"))
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert text_of(browser.get(DAY)).count(by + never) == 3
    logged(school, "王芳", "林小雨")
    page = text_of(browser.get(DAY))
    assert (page.count(by + never), page.count(last)) == (2, 1)


@pytest.mark.parametrize(
    ("language", "empty", "lead"),
    [
        (
            "zh-hans",
            "学校分配给您的学生会列在这里，每名学生都写着最迟哪天联系。",
            "按该联系的先后排列",
        ),
        ("en", "Pupilswhomtheschoolassignstoyoustandhere", "Whoisduefirststandsontop"),
    ],
)
def test_who_has_no_pupils_is_not_told_how_to_log(school, language, empty, lead):
    browser = browser_of(a_teacher("马丽", school=school.unit).user)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text_of(browser.get(DAY))
    assert empty in page
    assert lead not in page


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(school):
    browser = browser_of(school.user("王芳"))
    for changes, words in (
        ({"pupils": []}, "请选择联系的学生"),
        ({"occurred_at": "2026-03-03T11:30"}, "也不能晚于现在"),
        ({"kind": "dream"}, "选择一个有效的选项"),
        ({"outcome": ""}, "请选择联系的结果"),
    ):
        answer = browser.post(reverse("mentoring:check_in"), sent(school, "林小雨", **changes))
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert "聊了转学后的同桌。" in text_of(answer)
    assert not Contact.objects.exists()


def test_a_pupil_of_another_mentor_is_not_offered_and_not_taken(school):
    browser = browser_of(school.user("王芳"))
    answer = browser.post(reverse("mentoring:check_in"), sent(school, "陈思远"))
    assert answer.status_code == 422
    assert not Contact.objects.exists()
    idle = browser_of(a_teacher("闲", school=school.unit).user)
    assert idle.get(reverse("mentoring:check_in")).status_code == 404
    assert "您目前没有结对的学生" in text_of(idle.get(DAY))


def test_one_home_visit_is_logged_for_brothers_and_sisters(school):
    home = school.pupils["林小雨"].household
    younger = a_pupil("林小雪", school_class=school.classes[1], since=SPRING, household=home)
    MentorAssignment.objects.create(
        pupil=younger,
        mentor=school.people["李强"],
        unit=school.unit,
        starts_on=SPRING,
        reason="转入学生",
    )
    browser = browser_of(school.user("王芳"))
    assert "林小雪（林小雨的兄弟姐妹，仅家访）" in text_of(
        browser.get(reverse("mentoring:check_in"))
    )
    both = [str(school.pupils["林小雨"].pk), str(younger.pk)]
    talk = browser.post(reverse("mentoring:check_in"), sent(school, pupils=both))
    assert talk.status_code == 404
    visit = browser.post(reverse("mentoring:check_in"), sent(school, pupils=both, kind="visit"))
    assert visit.status_code == 302
    assert ContactPupil.objects.filter(contact__kind="visit").count() == 2


@pytest.mark.parametrize(
    ("reader", "reads", "sees"),
    [
        ("mentor", True, True),
        ("psych", True, True),
        ("principal", False, True),
        ("class teacher", False, True),
        ("next mentor", False, True),
        ("former mentor", False, False),
        ("colleague", False, False),
        ("school admin", False, False),
        ("superuser", False, False),
        ("stranger", False, False),
    ],
)
def test_words_are_read_by_the_mentor_of_today_and_the_psychology_teacher_only(
    school, reader, reads, sees
):
    child = school.pupils["陈思远"]
    logged(school, "李强", "陈思远")
    elsewhere = a_school("固始县第一中学")
    people = {
        "mentor": lambda: school.user("李强"),
        "psych": lambda: (
            a_teacher("周静", school=school.unit, posts=[Role.PSYCHOLOGY_TEACHER]).user
        ),
        "principal": lambda: school.user("赵敏"),
        "class teacher": lambda: leader_of_class(school),
        "next mentor": lambda: after_a_change(school, school.user("王芳")),
        "former mentor": lambda: after_a_change(school, formerly(school)),
        "colleague": lambda: a_teacher("马丽", school=school.unit).user,
        "school admin": lambda: (
            a_teacher("高洁", school=school.unit, posts=[Role.SCHOOL_ADMIN]).user
        ),
        "superuser": lambda: a_superuser(school),
        "stranger": lambda: a_teacher("钱坤", school=elsewhere, posts=[Role.PRINCIPAL]).user,
    }
    browser = browser_of(people[reader]())
    answer = browser.get(reverse("mentoring:pupil", args=[child.pk]))
    assert (answer.status_code == 200) is sees
    assert ("聊了转学后的同桌" in answer.content.decode()) is reads
    looked = AuditEvent.objects.filter(verb="mentoring.open_pupil")
    assert looked.count() == sees
    if sees:
        assert looked.get().detail == {"contacts": 1, "words": int(reads)}


def leader_of_class(school):
    """李强 leads 陈思远's class; as a class teacher without the pair he reads no words."""
    services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["陈思远"],
        mentor=school.people["王芳"],
        reason="家长要求",
    )
    return school.user("李强")


def formerly(school):
    """李强 after his post as class teacher has ended too."""
    school.people["李强"].posts.update(ends_on="2026-03-01")
    return school.user("李强")


def after_a_change(school, user):
    services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["陈思远"],
        mentor=school.people["王芳"],
        reason="家长要求",
    )
    return user


def a_superuser(school):
    root = a_teacher("金星", school=school.unit).user
    root.is_superuser = root.is_staff = True
    root.save()
    return root


def test_a_slip_is_amended_and_voided_and_nothing_is_edited(school):
    contact = logged(school, "李强", "陈思远")
    browser = browser_of(school.user("李强"))
    amended = browser.post(
        reverse("mentoring:amend", args=[contact.pk]),
        {"text": "家长也在场。", "reason": "漏写一句", "submission_key": str(uuid4())},
    )
    page = reverse("mentoring:pupil", args=[school.pupils["陈思远"].pk])
    assert amended["Location"] == page
    assert "聊了转学后的同桌。补充（2026年3月2日12:00，漏写一句）家长也在场。" in text_of(
        browser.get(page)
    )
    assert (
        browser.post(reverse("mentoring:void", args=[contact.pk]), {"reason": "错"}).status_code
        == 422
    )
    browser.post(reverse("mentoring:void", args=[contact.pk]), {"reason": "记到别人名下"})
    text = text_of(browser.get(page))
    assert "共0次有效联系" in text
    assert "已作废：记到别人名下" in text
    assert "还没有联系过" in text_of(browser.get(DAY))


def test_nobody_amends_or_voids_anothers_contact(school):
    contact = logged(school, "李强", "陈思远")
    for name in ("王芳", "赵敏"):
        browser = browser_of(school.user(name))
        for address in ("mentoring:amend", "mentoring:void"):
            assert browser.get(reverse(address, args=[contact.pk])).status_code == 404
    after_a_change(school, None)
    browser = browser_of(school.user("李强"))
    assert browser.get(reverse("mentoring:void", args=[contact.pk])).status_code == 404


def test_a_full_caseload_asks_few_questions(school, django_assert_max_num_queries):
    for number in range(30):
        child = a_pupil(f"学生{number}", school_class=school.classes[0], since=SPRING)
        MentorAssignment.objects.create(
            pupil=child,
            mentor=school.people["王芳"],
            unit=school.unit,
            starts_on=SPRING,
            reason="转入学生",
        )
    browser = browser_of(school.user("王芳"))
    for address in (DAY, reverse("mentoring:check_in")):
        with django_assert_max_num_queries(24):
            assert browser.get(address).status_code == 200


def test_a_pupil_who_leaves_is_nobodys_on_the_next_request_and_the_pair_ends(school, deliver):
    logged(school, "王芳", "林小雨")
    child = school.pupils["林小雨"]
    address = reverse("mentoring:pupil", args=[child.pk])
    leave_school(actor=None, pupil=child, reason="moved_school")
    browser = browser_of(school.user("王芳"))
    assert browser.get(address).status_code == 404
    assert "林小雨" not in text_of(browser.get(DAY))
    deliver()
    assert not MentorAssignment.objects.on(date(2026, 3, 2)).filter(pupil=child).exists()


def test_a_pupil_who_changes_the_class_keeps_the_mentor(school, deliver):
    child = school.pupils["林小雨"]
    place_pupil(actor=None, pupil=child, school_class=school.classes[1])
    deliver()
    pair = MentorAssignment.objects.on(date(2026, 3, 2)).get(pupil=child)
    assert pair.mentor == school.people["王芳"]
    assert "林小雨2024级2班" in text_of(browser_of(school.user("王芳")).get(DAY))
