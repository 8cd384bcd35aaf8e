"""The pages of a school's assignment: computed, explained, repaired, published, mended by hand."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from mentoring import services
from mentoring.models import AssignmentRun, MentorAssignment, MentorLimit, Supervision
from schools.models import Role
from tests.mentoring.build import NOON, SPRING, a_small_school, published
from tests.people import a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db
INDEX = "/mentoring/assignments/"


@pytest.fixture
def school(at):
    at(NOON)
    return a_small_school()


def browser_of(school, name: str) -> Client:
    browser = Client()
    browser.force_login(school.user(name))
    return browser


def computed(school, browser: Client, deliver) -> AssignmentRun:
    answer = browser.post(
        reverse("mentoring:propose"), {"school": school.unit.pk, "term": school.term.code}
    )
    deliver()
    return run_behind(answer)


def run_behind(answer) -> AssignmentRun:
    """The run to whose page the answer leads."""
    return AssignmentRun.objects.get(pk=answer["Location"].split("/")[-2])


def crowded(school) -> None:
    """Two places each for three mentors, and seven pupils."""
    a_pupil("孙悦", school_class=school.classes[0], since=SPRING)
    for name in ("王芳", "李强", "赵敏"):
        services.limit_mentor(
            actor=school.user("赵敏"),
            teacher=school.people[name],
            soft_cap=2,
            hard_cap=2,
            reason="本学期试行",
            starts_on=date(2026, 3, 1),
        )


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def test_the_principal_computes_reads_and_publishes(school, deliver):
    browser = browser_of(school, "赵敏")
    assert "没有导师6" in text_of(browser.get(INDEX))

    run = computed(school, browser, deliver)
    page = text_of(browser.get(reverse("mentoring:assignment", args=[run.pk])))
    assert "结对学生6可任导师的教师3最多一人带几名3" in page
    assert "林小雨2024级1班王芳任教本班" in page

    sent = browser.post(
        reverse("mentoring:publish", args=[run.pk]), {"reason": "新学期结对"}, follow=True
    )
    assert "分配方案已发布" in text_of(sent)
    assert MentorAssignment.objects.count() == 6
    assert "没有导师0" in text_of(browser.get(INDEX))


def test_publishing_twice_or_without_a_reason_changes_nothing_more(school, deliver):
    browser = browser_of(school, "赵敏")
    run = computed(school, browser, deliver)
    address = reverse("mentoring:publish", args=[run.pk])

    refused = browser.post(address, {"reason": "好"})
    assert refused.status_code == 422
    assert "请写明原因，至少4个字" in text_of(refused)
    assert not MentorAssignment.objects.exists()

    for _click in range(2):
        assert browser.post(address, {"reason": "新学期结对"}).status_code == 302
    assert MentorAssignment.objects.count() == 6
    assert AuditEvent.objects.filter(verb="mentoring.publish").count() == 1


def test_a_preview_is_computed_in_the_background_and_the_page_waits_for_it(school):
    browser = browser_of(school, "赵敏")
    body = {"school": school.unit.pk, "term": school.term.code}
    first = browser.post(reverse("mentoring:propose"), body)
    second = browser.post(reverse("mentoring:propose"), body)
    assert first["Location"] == second["Location"]
    page = browser.get(first["Location"]).content.decode()
    assert 'data-state="computing"' in page
    assert "every 2s" in page
    assert not AuditEvent.objects.filter(verb="mentoring.open_run").exists()


def test_a_shortage_names_who_lacks_what_and_its_cheapest_repair_is_taken(school, deliver):
    crowded(school)
    browser = browser_of(school, "赵敏")
    run = computed(school, browser, deliver)
    page = text_of(browser.get(reverse("mentoring:assignment", args=[run.pk])))
    assert "7名学生，3名可任导师的教师上限共6人，还差1个名额。" in page
    assert "1名导师各超额，最多每人超1人。" in page

    address = reverse("mentoring:repair", args=[run.pk])
    refused = browser.post(address, {"repair": 0, "reason": "好"})
    assert refused.status_code == 422
    taken = browser.post(address, {"repair": 0, "reason": "教师不足，临时增加"})
    again = browser.post(address, {"repair": 0, "reason": "教师不足，临时增加"})
    assert taken["Location"] == again["Location"]
    deliver()

    newest = run_behind(taken)
    assert (newest.state, newest.max_load) == ("previewed", 3)
    today = MentorLimit.objects.on(date(2026, 3, 2))
    assert sorted(today.values_list("hard_cap", flat=True)) == [2, 2, 3]
    assert list(today.filter(hard_cap=3).values_list("ends_on", flat=True)) == [school.term.ends_on]
    assert AuditEvent.objects.filter(verb="mentoring.repair").count() == 1


def test_a_pupil_without_a_qualified_mentor_is_supervised_by_the_psychology_teacher(
    school, deliver
):
    services.set_care_cadence(
        pupil_id=school.pupils["林小雨"].pk,
        days=14,
        weight=3,
        needs_qualified=True,
        on=date(2026, 3, 2),
    )
    browser = browser_of(school, "赵敏")
    run = computed(school, browser, deliver)
    assert run.state == "infeasible"
    address = reverse("mentoring:repair", args=[run.pk])
    body = {"repair": 0, "reason": "先由心理教师督导"}
    assert "没有心理教师" in text_of(browser.post(address, body))
    assert not Supervision.objects.exists()

    keeper = a_teacher("周静", school=school.unit, posts=[Role.PSYCHOLOGY_TEACHER])
    run = computed(school, browser, deliver)
    address = reverse("mentoring:repair", args=[run.pk])
    taken = browser.post(address, body)
    deliver()
    assert run_behind(taken).state == "previewed"
    row = Supervision.objects.get()
    assert (row.pupil, row.supervisor, row.ends_on) == (
        school.pupils["林小雨"],
        keeper,
        school.term.ends_on,
    )


def test_a_repair_of_a_register_that_has_changed_is_refused(school, deliver):
    crowded(school)
    browser = browser_of(school, "赵敏")
    run = computed(school, browser, deliver)
    a_pupil("钱多", school_class=school.classes[1], since=SPRING)
    answer = browser.post(
        reverse("mentoring:repair", args=[run.pk]), {"repair": 0, "reason": "教师不足"}
    )
    assert "名册有变动" in text_of(answer)
    assert MentorLimit.objects.count() == 3


def test_a_school_admin_computes_and_looks_but_does_not_publish(school, deliver):
    admin = a_teacher("高洁", school=school.unit, posts=[Role.SCHOOL_ADMIN])
    browser = Client()
    browser.force_login(admin.user)
    run = computed(school, browser, deliver)
    page = browser.get(reverse("mentoring:assignment", args=[run.pk]))
    assert "等校长或副校长发布" in text_of(page)
    for name in ("publish", "repair"):
        address = reverse(f"mentoring:{name}", args=[run.pk])
        assert browser.post(address, {"reason": "新学期结对", "repair": 0}).status_code == 404
    assert not MentorAssignment.objects.exists()


def test_another_schools_head_finds_nothing(school, deliver):
    run = computed(school, browser_of(school, "赵敏"), deliver)
    stranger = a_teacher("孙浩", school=a_school("平桥区第一小学"), posts=[Role.PRINCIPAL])
    browser = Client()
    browser.force_login(stranger.user)
    unit, pupil = school.unit.pk, school.pupils["林小雨"].pk
    for address in (
        reverse("mentoring:assignment", args=[run.pk]),
        reverse("mentoring:mentors", args=[unit]),
        reverse("mentoring:gaps", args=[unit]),
        reverse("mentoring:limit", args=[school.people["王芳"].pk]),
        reverse("mentoring:by_hand", args=[pupil]),
    ):
        assert browser.get(address).status_code == 404, address
    body = {"school": unit, "term": school.term.code}
    assert browser.post(reverse("mentoring:propose"), body).status_code == 404
    assert AssignmentRun.objects.count() == 1


def test_places_are_limited_on_a_page_and_the_next_assignment_minds_them(school, deliver):
    browser = browser_of(school, "赵敏")
    address = reverse("mentoring:limit", args=[school.people["李强"].pk])
    assert "现带0名学生" in text_of(browser.get(address))
    body = {"soft_cap": 0, "hard_cap": 0, "starts_on": "2026-03-02", "reason": "外出培训半年"}
    wrong = browser.post(address, body | {"soft_cap": 3})
    assert wrong.status_code == 422
    assert "最多人数不能少于一般人数" in text_of(wrong)
    assert browser.post(address, body).status_code == 302
    run = computed(school, browser, deliver)
    page = text_of(browser.get(reverse("mentoring:assignment", args=[run.pk])))
    assert "可任导师的教师2最多一人带几名6" in page
    listed = text_of(browser.get(reverse("mentoring:mentors", args=[school.unit.pk])))
    assert "李强00/0另定" in listed


def test_a_gap_is_closed_by_hand_with_a_reason(school, deliver):
    published(school)
    a_pupil("孙悦", school_class=school.classes[0], since=SPRING)
    browser = browser_of(school, "赵敏")
    gaps = browser.get(reverse("mentoring:gaps", args=[school.unit.pk]))
    assert "今天共1人" in text_of(gaps)
    address = re.search(r'href="(/mentoring/pupils/[^"]+)"', gaps.content.decode())
    assert address
    body = {"mentor": str(school.people["王芳"].pk), "reason": "转入学生"}
    assert browser.post(address[1], body).status_code == 302
    assert MentorAssignment.objects.get(pupil__name="孙悦").mentor == school.people["王芳"]
    assert "每名学生今天都有导师" in text_of(
        browser.get(reverse("mentoring:gaps", args=[school.unit.pk]))
    )


def test_the_pages_of_a_large_school_ask_few_questions(
    school, deliver, django_assert_max_num_queries
):
    browser = browser_of(school, "赵敏")
    run = computed(school, browser, deliver)
    for number in range(40):
        a_pupil(f"学生{number}", school_class=school.classes[number % 2], since=SPRING)
        a_teacher(f"教师{number}", school=school.unit, with_user=False)
    for address in (
        INDEX,
        reverse("mentoring:assignment", args=[run.pk]),
        reverse("mentoring:mentors", args=[school.unit.pk]),
        reverse("mentoring:gaps", args=[school.unit.pk]),
    ):
        with django_assert_max_num_queries(22):
            assert browser.get(address).status_code == 200
