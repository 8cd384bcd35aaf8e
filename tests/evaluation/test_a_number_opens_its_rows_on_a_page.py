"""The pages of evaluation: a mentor's own sheet, the principal's list, and each number's rows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core import clock, jobs
from core.models import AuditEvent, Job
from evaluation.models import Announcement, Freeze, Sheet, TermEvaluation
from mentoring import services as mentoring
from mentoring.models import Contact
from schools.models import ClassTeacher, Role
from tests.evaluation.build import (
    AFTER_NOTICE,
    JULY,
    a_worked_term,
    announced,
    computed,
    frozen,
    sheet_of,
)
from tests.mentoring.build import School
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db
INDEX = "/evaluation/"


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    worked.people["周宁"] = a_teacher(
        "周宁", school=a_school("平桥区第二小学"), posts=[Role.PRINCIPAL]
    )
    worked.people["钱慧"] = a_teacher("钱慧", school=worked.unit, posts=[Role.SCHOOL_ADMIN])
    worked.people["吴刚"] = a_teacher("吴刚", school=worked.unit, posts=[Role.DEPUTY])
    return worked


def browser_of(school, name: str) -> Client:
    browser = Client()
    browser.force_login(school.user(name))
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def term_of(school, name: str = "term") -> str:
    return reverse(f"evaluation:{name}", args=[school.unit.pk, school.term.code])


def stage(answer) -> str:
    return re.search(r'data-stage="(\w+)"', answer.content.decode())[1]


def test_the_principal_has_the_term_computed_and_the_page_waits_for_it(school):
    browser = browser_of(school, "赵敏")
    assert stage(browser.get(term_of(school))) == "none"
    for _click in range(2):
        assert browser.post(term_of(school, "compute"))["Location"] == term_of(school)
    waiting = browser.get(term_of(school))
    assert stage(waiting) == "computing"
    assert "every 2s" in waiting.content.decode()
    assert not AuditEvent.objects.filter(verb="evaluation.open_sheets").exists()
    jobs.run(Job.objects.get(kind="evaluation.compute", key__endswith=":now").pk)
    page = browser.get(term_of(school))
    assert stage(page) == "to_announce"
    assert "王芳良好84.13%100.0%55.56%0.0%393否" in text_of(page)
    assert AuditEvent.objects.filter(verb="evaluation.open_sheets").count() == 1


def test_a_term_without_pairs_is_not_offered_for_notice(school):
    head = school.people["周宁"]
    bare = School(a_school("平桥区第二小学"), school.term, {"周宁": head}, {}, school.classes)
    browser = browser_of(bare, "周宁")
    computed(bare, by="周宁")
    page = browser.get(term_of(bare))
    assert stage(page) == "nobody_mentored"
    assert "没有结对" in text_of(browser.get(INDEX))
    assert "本学期没有结对，无可评价" in text_of(page)
    assert "开始公示" not in text_of(page)
    assert "各导师" not in text_of(page)


def test_a_list_is_put_in_another_order_and_narrowed_to_a_band(school):
    computed(school)
    browser = browser_of(school, "赵敏")

    def names(query: str) -> list[str]:
        page = browser.get(term_of(school) + query).content.decode()
        return re.findall(r'data-testid="open-sheet">(\w+)<', page)

    assert names("") == ["李强", "王芳"]
    assert names("?sort=quality") == ["李强", "王芳"]
    assert names("?sort=late_entries") == ["王芳", "李强"]
    assert names("?sort=nonsense&band=good") == ["王芳"]
    assert names("?band=excellent") == []
    assert names("?band=nonsense&page=99") == ["李强", "王芳"]


def test_a_mentors_sheet_says_what_it_comes_to_and_from_what(school):
    row = computed(school)
    page = text_of(
        browser_of(school, "王芳").get(
            reverse("evaluation:sheet", args=[sheet_of(row, school, "王芳").pk])
        )
    )
    assert "84.13%良好离“优秀”还差4.87个百分点。" in page
    assert "联系覆盖100.0%258/258加权学生日得64.29%，满分64.29%" in page
    assert "三个一55.56%5/9项得19.84%，满分35.71%" in page
    assert "工作量393加权学生日：负责学生的天数按权重相加不计入" in page
    assert "暂不符合。" in page
    assert (
        "未满足学期最后一个计入日资质有效（心理健康教育教师资格、心理咨询专业培训合格、"
        "导师专项培训合格，有一项即可）。还没有的，参加培训或考取后，请学分证书管理员登记。" in page
    )
    assert "低于下限不超过1.0个百分点的，仍算达到。" in page
    assert "学期已经结束，新的联系计入下一个学期。" in page


def test_while_the_term_runs_a_sheet_says_what_would_raise_it(school, at):
    at("2026-07-06T12:00:00+08:00")
    row = computed(school)
    sheet = sheet_of(row, school, "王芳")
    page = text_of(browser_of(school, "王芳").get(reverse("evaluation:sheet", args=[sheet.pk])))
    assert "三个一还差：家访1次、成长寄语3次。全部补齐，工作质量可提高15.87个百分点。" in page
    idle = sheet_of(row, school, "李强")
    page = text_of(browser_of(school, "李强").get(reverse("evaluation:sheet", args=[idle.pk])))
    assert "3名学生有日子超过了联系周期。" in page


def test_each_number_opens_its_rows_and_each_other_record_says_why(school):
    sheet = sheet_of(computed(school), school, "王芳")
    browser = browser_of(school, "王芳")

    def opened(code: str, query: str = "") -> str:
        return text_of(browser.get(reverse("evaluation:rows", args=[sheet.pk, code]) + query))

    products = opened("required_products")
    assert "周一鸣1/3还差家访、成长寄语" in products
    assert "2026年5月9日10:00高子涵家访，已联系上完成一次家访" in opened(
        "required_products", "?show=counted"
    )
    excluded = opened("required_products", "?show=excluded")
    assert "2026年6月25日10:00林小雨电话或线上，未联系上没有见到本人，不算完成" in excluded
    assert excluded.count("这一项已经完成，只计第一次") == 9
    assert "林小雨86/86" in opened("covered_days")
    half = opened("covered_days", f"?show=counted&pupil={school.pupils['林小雨'].pk}")
    assert "从2026年6月25日起算，没有见到本人，只算半个周期" in half
    assert "周一鸣" not in half
    assert "隔0天记下" in opened("entry_lag_p90")
    assert "林小雨131" in opened("workload")


def test_the_school_s_own_number_lists_each_gap(school):
    row = computed(school)
    whole = row.sheets.get(mentor=None)
    browser = browser_of(school, "赵敏")
    page = text_of(browser.get(reverse("evaluation:rows", args=[whole.pk, "coverage"])))
    assert "90.34%786/870学生日" in page
    assert "林小雨14天2026年2月16日至2026年3月1日" in page


def test_a_pupil_who_is_no_longer_ones_own_is_not_named(school):
    sheet = sheet_of(computed(school), school, "王芳")
    lin = school.pupils["林小雨"]
    ClassTeacher.objects.filter(teacher=school.people["王芳"]).update(ends_on=date(2026, 7, 1))
    with clock.frozen("2026-07-14T12:00:00+08:00"):
        mentoring.assign_by_hand(
            actor=school.user("赵敏"), pupil=lin, mentor=school.people["李强"], reason="换班调整"
        )
        address = reverse("evaluation:rows", args=[sheet.pk, "workload"])
        page = text_of(browser_of(school, "王芳").get(address))
        assert "林小雨" not in page
        assert f"已不在名下的学生（{lin.pk.hex[:4].upper()}）131" in page
        assert "林小雨131" in text_of(browser_of(school, "赵敏").get(address))


def test_the_principal_puts_on_notice_and_freezes(school):
    computed(school)
    browser = browser_of(school, "赵敏")
    for _click in range(2):
        assert browser.post(term_of(school, "announce")).status_code == 302
    page = browser.get(term_of(school))
    assert stage(page) == "on_notice"
    assert "2026年7月13日起公示，2026年7月21日前可以提异议" in text_of(page)
    early = browser.post(term_of(school, "freeze"), {"reason": "公示期满，无异议"})
    assert early.status_code == 422
    assert "还没有公示，或公示期未满，不能冻结" in text_of(early)
    with clock.frozen(AFTER_NOTICE):
        browser = browser_of(school, "赵敏")
        assert stage(browser.get(term_of(school))) == "to_freeze"
        short = browser.post(term_of(school, "freeze"), {"reason": "好"})
        assert (short.status_code, "至少4个字" in text_of(short)) == (422, True)
        for _click in range(2):
            sent = browser.post(term_of(school, "freeze"), {"reason": "公示期满，无异议"})
            assert sent.status_code == 302
        after = browser.get(term_of(school))
    assert stage(after) == "frozen"
    assert Freeze.objects.get().digest in after.content.decode()
    assert "重新计算" not in text_of(after)
    assert (Announcement.objects.count(), Freeze.objects.count()) == (1, 1)


def test_when_figures_change_after_the_notice_the_page_asks_to_announce_again(school):
    announced(school)
    visit = Contact.objects.filter(kind="visit").first()
    mentoring.void_check_in(actor=school.user("王芳"), contact=visit, reason="记错了学生")
    browser = browser_of(school, "赵敏")
    TermEvaluation.objects.update(asked=9)
    assert stage(browser.get(term_of(school))) == "stale"
    computed(school)
    assert stage(browser.get(term_of(school))) == "announce_again"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("赵敏", {"announce": 302, "freeze": 422, "compute": 302}),
        ("吴刚", {"announce": 302, "freeze": 404, "compute": 302}),
        ("钱慧", {"compute": 302, "announce": 404, "freeze": 404}),
        ("王芳", {"compute": 404, "announce": 404, "freeze": 404}),
        ("周宁", {"compute": 404, "announce": 404, "freeze": 404}),
    ],
)
def test_who_may_do_what(school, name, codes):
    computed(school)
    browser = browser_of(school, name)
    answers = {
        verb: browser.post(term_of(school, verb), {"reason": "公示期满，无异议"}).status_code
        for verb in codes
    }
    assert answers == codes


def test_for_others_a_sheet_does_not_exist_and_leaves_no_trace(school):
    sheet = sheet_of(computed(school), school, "王芳")
    for name in ("李强", "周宁"):
        browser = browser_of(school, name)
        assert browser.get(reverse("evaluation:sheet", args=[sheet.pk])).status_code == 404
        rows = reverse("evaluation:rows", args=[sheet.pk, "covered_days"])
        assert browser.get(rows).status_code == 404
    assert browser_of(school, "周宁").get(term_of(school)).status_code == 404
    assert not AuditEvent.objects.filter(verb__startswith="evaluation.open").exists()


def test_everybody_finds_their_own_on_one_page(school):
    computed(school)
    assert "春季学期浉河区第一小学良好84.13%" in text_of(browser_of(school, "王芳").get(INDEX))
    assert "春季学期浉河区第一小学待公示" in text_of(browser_of(school, "赵敏").get(INDEX))
    school.people["何静"] = a_teacher("何静", school=school.unit)
    assert "还没有评价表" in text_of(browser_of(school, "何静").get(INDEX))


def test_a_term_that_is_none_or_not_begun_is_missing(school):
    browser = browser_of(school, "赵敏")
    for term in ("1999-1", "2099-1", "没有"):
        address = reverse("evaluation:term", args=[school.unit.pk, term])
        assert browser.get(address).status_code == 404


def test_a_look_at_a_mentors_sheet_leaves_a_trace_and_at_the_own_none(school):
    sheet = sheet_of(frozen(school), school, "王芳")
    address = reverse("evaluation:sheet", args=[sheet.pk])
    assert browser_of(school, "王芳").get(address).status_code == 200
    assert not AuditEvent.objects.filter(verb="evaluation.open_sheets").exists()
    assert "已冻结" in text_of(browser_of(school, "钱慧").get(address))
    assert AuditEvent.objects.get(verb="evaluation.open_sheets").thing_id == str(sheet.pk)


def test_pages_ask_the_same_for_few_and_for_many(school, django_assert_max_num_queries):
    row = computed(school)
    sheet = sheet_of(row, school, "王芳")
    browser = browser_of(school, "赵敏")
    rows = reverse("evaluation:rows", args=[sheet.pk, "covered_days"])
    ceilings = {
        INDEX: 22,
        term_of(school): 26,
        reverse("evaluation:sheet", args=[sheet.pk]): 24,
        rows: 22,
        f"{rows}?show=excluded": 22,
    }
    for number in range(12):
        mentor = a_teacher(f"导师{number:02}", school=school.unit)
        Sheet.objects.create(evaluation=row, mentor=mentor)
    for address, ceiling in ceilings.items():
        with django_assert_max_num_queries(ceiling):
            assert browser.get(address).status_code == 200
