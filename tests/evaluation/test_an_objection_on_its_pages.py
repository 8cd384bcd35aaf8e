"""An objection on its pages: raised beside the number, answered by the principal, read by both."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from evaluation import services
from evaluation.models import Objection, ObjectionAnswer
from mentoring.models import MentorAssignment
from schools.models import Role
from tests.evaluation.build import (
    AFTER_NOTICE,
    JULY,
    a_worked_term,
    announced,
    computed,
    frozen,
    sheet_of,
)
from tests.people import a_teacher

pytestmark = pytest.mark.django_db
WORDS = "五月九日的家访周一鸣也在场"


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    worked.people["吴刚"] = a_teacher("吴刚", school=worked.unit, posts=[Role.DEPUTY])
    worked.people["钱慧"] = a_teacher("钱慧", school=worked.unit, posts=[Role.SCHOOL_ADMIN])
    return worked


def browser_of(school, name: str) -> Client:
    browser = Client()
    browser.force_login(school.user(name))
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def sheet_page(school, row, reader: str, of: str = "王芳"):
    sheet = sheet_of(row, school, of)
    return browser_of(school, reader).get(reverse("evaluation:sheet", args=[sheet.pk]))


def objected(school, row) -> Objection:
    sheet = sheet_of(row, school, "王芳")
    address = reverse("evaluation:object", args=[sheet.pk, "required_products"])
    sent = browser_of(school, "王芳").post(address, {"reason": WORDS})
    assert sent["Location"] == reverse("evaluation:sheet", args=[sheet.pk])
    return Objection.objects.get()


def address(name: str, objection: Objection) -> str:
    return reverse(f"evaluation:{name}", args=[objection.pk])


def test_the_mentor_objects_beside_the_number_and_finds_the_objection_there(school):
    row = announced(school)
    before = sheet_page(school, row, "王芳").content.decode()
    assert 'data-testid="object-required_products"' in before
    assert 'data-testid="object-' not in sheet_page(school, row, "赵敏").content.decode()
    sheet = sheet_of(row, school, "王芳")
    form = browser_of(school, "王芳").get(
        reverse("evaluation:object", args=[sheet.pk, "required_products"])
    )
    assert "对“三个一”提异议" in text_of(form)
    assert "公示的数字是55.56%" in text_of(form)
    objected(school, row)
    page = sheet_page(school, row, "王芳")
    assert 'data-testid="object-required_products"' not in page.content.decode()
    assert 'data-testid="object-covered_days"' in page.content.decode()
    assert "三个一55.56%2026年7月13日等待答复" in text_of(page)
    assert WORDS not in text_of(page)


def test_an_objection_that_was_raised_or_settled_is_shown_in_place_of_its_form(school):
    row = announced(school)
    one = objected(school, row)
    form = reverse("evaluation:object", args=[sheet_of(row, school, "王芳").pk, one.indicator])
    assert browser_of(school, "王芳").get(form)["Location"] == address("objection", one)
    browser = browser_of(school, "赵敏")
    assert "答复异议" in text_of(browser.get(address("answer_objection", one)))
    browser.post(
        address("answer_objection", one), {"outcome": "dismissed", "reason": "签到里没有周一鸣"}
    )
    answered = browser.get(address("answer_objection", one))
    assert answered["Location"] == address("objection", one)


def test_what_is_too_short_comes_back_with_what_was_typed(school):
    sheet = sheet_of(announced(school), school, "王芳")
    asked = reverse("evaluation:object", args=[sheet.pk, "covered_days"])
    sent = browser_of(school, "王芳").post(asked, {"reason": "不对"})
    assert (sent.status_code, "不对" in text_of(sent)) == (422, True)
    assert "请写明原因，至少4个字，最多500个字。" in text_of(sent)
    assert not Objection.objects.exists()


def test_the_principal_reads_and_answers_and_each_look_leaves_a_trace(school):
    row = announced(school)
    one = objected(school, row)
    browser = browser_of(school, "赵敏")
    term = browser.get(reverse("evaluation:term", args=[school.unit.pk, school.term.code]))
    assert "王芳三个一55.56%2026年7月13日等待答复" in text_of(term)
    assert WORDS not in text_of(term)
    page = browser.get(address("objection", one))
    assert WORDS in text_of(page)
    assert AuditEvent.objects.filter(verb="evaluation.open_objection").count() == 1
    unmended = browser.post(
        address("answer_objection", one),
        {"outcome": "upheld", "correction": "contact", "reason": "王老师已补记"},
    )
    assert unmended.status_code == 422
    assert "这项数字的依据还没有变动。" in text_of(unmended)
    sent = browser.post(
        address("answer_objection", one), {"outcome": "dismissed", "reason": "签到里没有周一鸣"}
    )
    assert sent["Location"] == address("objection", one)
    read = browser_of(school, "王芳").get(address("objection", one))
    assert "不成立" in text_of(read)
    assert "签到里没有周一鸣" in text_of(read)
    assert 'data-testid="withdraw"' not in read.content.decode()
    looks = AuditEvent.objects.filter(verb="evaluation.open_objection")
    assert set(looks.values_list("actor_id", flat=True)) == {school.user("赵敏").pk}


def test_who_only_keeps_the_school_learns_that_an_objection_waits_and_not_its_words(school):
    row = announced(school)
    one = objected(school, row)
    with clock.frozen(AFTER_NOTICE):
        browser = browser_of(school, "钱慧")
        term = browser.get(reverse("evaluation:term", args=[school.unit.pk, school.term.code]))
        assert "1条异议等待校长或副校长答复，答复之后才能冻结。" in text_of(term)
        assert 'data-testid="objections"' not in term.content.decode()
        for name in ("objection", "answer_objection"):
            assert browser.get(address(name, one)).status_code == 404, name
        assert 'data-testid="objections"' not in sheet_page(school, row, "钱慧").content.decode()


def test_the_mentor_takes_an_objection_back_and_is_told_before_that_it_is_for_good(school):
    row = announced(school)
    one = objected(school, row)
    browser = browser_of(school, "王芳")
    assert 'data-testid="withdraw"' in browser.get(address("objection", one)).content.decode()
    assert browser_of(school, "赵敏").post(address("withdraw_objection", one)).status_code == 404
    form = text_of(browser.get(address("withdraw_objection", one)))
    assert "收回对“三个一”的异议" in form
    assert "同一次公示中，对这项数字不能再提异议。" in form
    assert not ObjectionAnswer.objects.exists()
    for _click in range(2):
        sent = browser.post(address("withdraw_objection", one))
        assert sent["Location"] == address("objection", one)
    assert ObjectionAnswer.objects.get().outcome == "withdrawn"
    asked = browser.get(address("withdraw_objection", one))
    assert asked["Location"] == address("objection", one)
    sheet = sheet_of(row, school, "王芳")
    again = browser.post(
        reverse("evaluation:object", args=[sheet.pk, one.indicator]), {"reason": WORDS}
    )
    assert again.status_code == 422
    assert "这项异议您已经收回，同一次公示中不能再提。" in text_of(again)


def test_an_own_objection_of_the_only_head_says_who_answers_or_that_it_can_be_taken_back(school):
    row = announced(school)
    one = objected(school, row)
    school.people["王芳"].posts.create(
        role=Role.PRINCIPAL, unit=school.unit, starts_on=school.term.starts_on
    )
    browser = browser_of(school, "王芳")
    page = browser.get(address("objection", one))
    assert "请学校另一位领导答复；没有别的领导的，可以收回。" in text_of(page)
    assert 'data-testid="answer"' not in page.content.decode()
    form = browser.get(address("answer_objection", one))
    assert form["Location"] == address("objection", one)
    sent = browser.post(
        address("answer_objection", one), {"outcome": "dismissed", "reason": "我自己答复自己"}
    )
    assert (sent.status_code, "不能答复自己提出的异议" in text_of(sent)) == (422, True)


def test_after_the_notice_and_after_the_freeze_nothing_offers_to_object(school):
    row = frozen(school)
    with clock.frozen(AFTER_NOTICE):
        assert 'data-testid="object-' not in sheet_page(school, row, "王芳").content.decode()


@pytest.mark.parametrize("day", [JULY, AFTER_NOTICE])
def test_where_nothing_is_on_notice_no_form_asks_for_an_objection(school, day):
    row = computed(school) if day == JULY else announced(school)
    sheet = sheet_of(row, school, "王芳")
    asked = reverse("evaluation:object", args=[sheet.pk, "covered_days"])
    with clock.frozen(day):
        page = browser_of(school, "王芳").get(asked)
    assert (page.status_code, "公示的数字是" in text_of(page)) == (409, False)
    assert "这些数字现在不在公示期内，不能提异议。" in text_of(page)


def test_an_objection_is_found_from_evaluation_also_when_the_sheet_is_no_more(school):
    row = announced(school)
    one = objected(school, row)
    MentorAssignment.objects.filter(mentor=school.people["王芳"]).update(
        mentor=school.people["赵敏"]
    )
    services.evaluate_now(unit=school.unit, term=school.term, scheme=row.scheme)
    assert not row.sheets.filter(mentor=school.people["王芳"]).exists()
    page = browser_of(school, "王芳").get(reverse("evaluation:index"))
    assert "我提的异议指标学期提出日期结果三个一春季学期2026年7月13日等待答复" in text_of(page)
    assert address("objection", one) in page.content.decode()
    others = browser_of(school, "赵敏").get(reverse("evaluation:index"))
    assert "我提的异议" not in text_of(others)
