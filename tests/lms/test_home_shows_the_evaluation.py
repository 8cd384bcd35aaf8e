"""Home leads the principal from step to step, and a mentor to the own sheet on notice."""

from __future__ import annotations

import pytest
from django.test import Client

from core import clock
from evaluation import services
from evaluation.models import TermEvaluation
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, JULY, a_worked_term, computed, sheet_of
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    return worked


def section(school, name: str, code: str):
    browser = Client()
    browser.force_login(school.user(name))
    found = browser.get("/home/").context["home"].sections
    return next((one for one in found if one.code == code), None)


def waits(school, name: str = "赵敏") -> list[tuple[str, str]]:
    return [(due.title, due.link) for due in section(school, name, "evaluation").due]


def test_the_principal_is_led_from_computing_to_freezing(school):
    assert waits(school) == [("评价还没有计算：春季学期", "去计算")]
    row = computed(school)
    assert waits(school) == [("评价等待公示：春季学期", "去公示")]
    services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    assert waits(school) == [("评价正在公示：春季学期", "查看")]
    with clock.frozen(AFTER_NOTICE):
        assert waits(school) == [("评价公示期满，等待冻结：春季学期", "去冻结")]
        services.freeze_sheets(actor=school.user("赵敏"), evaluation=row, reason="公示期满，无异议")
        assert waits(school) == []


def test_an_objection_waits_at_home_until_it_is_answered(school):
    row = computed(school)
    services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    objection, _is_new = services.object_to_figure(
        actor=school.user("王芳"), sheet=sheet_of(row, school, "王芳"), indicator="covered_days",
        reason="四月请过一周病假",
    )  # fmt: skip
    asked = ("评价异议等待答复：春季学期", "去答复")
    assert waits(school) == [asked, ("评价正在公示：春季学期", "查看")]
    with clock.frozen(AFTER_NOTICE):
        assert waits(school) == [asked]
        services.answer_objection(
            actor=school.user("赵敏"), objection=objection, outcome="dismissed",
            reason="病假没有报到学校",
        )  # fmt: skip
        assert waits(school) == [("评价公示期满，等待冻结：春季学期", "去冻结")]


def test_who_may_not_decide_reads_whom_it_waits_for_and_looks(school):
    for name, role in (("孙丽", Role.SCHOOL_ADMIN), ("周勇", Role.DEPUTY)):
        school.people[name] = a_teacher(name, school=school.unit, posts=[role])
    assert waits(school, "孙丽") == [("评价还没有计算：春季学期", "去计算")]
    row = computed(school)
    assert waits(school, "周勇") == [("评价等待公示：春季学期", "去公示")]
    assert waits(school, "孙丽") == [("评价等待校长或副校长公示：春季学期", "查看")]
    services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    objection, _is_new = services.object_to_figure(
        actor=school.user("王芳"), sheet=sheet_of(row, school, "王芳"), indicator="covered_days",
        reason="四月请过一周病假",
    )  # fmt: skip
    with clock.frozen(AFTER_NOTICE):
        assert waits(school, "周勇") == [("评价异议等待答复：春季学期", "去答复")]
        assert waits(school, "孙丽") == [("评价异议等待校长或副校长答复：春季学期", "查看")]
        services.answer_objection(
            actor=school.user("赵敏"), objection=objection, outcome="dismissed",
            reason="病假没有报到学校",
        )  # fmt: skip
        for name in ("孙丽", "周勇"):
            assert waits(school, name) == [("评价公示期满，等待校长冻结：春季学期", "查看")]


def test_a_head_who_objected_waits_for_another_and_answers_only_those_of_others(school):
    school.people["周勇"] = a_teacher("周勇", school=school.unit, posts=[Role.DEPUTY])
    school.people["王芳"].posts.create(
        role=Role.PRINCIPAL, unit=school.unit, starts_on=school.term.starts_on
    )
    row = computed(school)
    services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    own = ("您自己的评价异议等另一位领导答复，或由您收回：春季学期", "查看")
    services.object_to_figure(
        actor=school.user("王芳"), sheet=sheet_of(row, school, "王芳"), indicator="covered_days",
        reason="四月请过一周病假",
    )  # fmt: skip
    assert waits(school, "王芳") == [own, ("评价正在公示：春季学期", "查看")]
    services.object_to_figure(
        actor=school.user("李强"), sheet=sheet_of(row, school, "李强"), indicator="covered_days",
        reason="五月外出培训过",
    )  # fmt: skip
    asked = ("评价异议等待答复：春季学期", "去答复")
    assert waits(school, "王芳") == [own, asked, ("评价正在公示：春季学期", "查看")]
    assert waits(school, "周勇") == [asked, ("评价正在公示：春季学期", "查看")]
    with clock.frozen(AFTER_NOTICE):
        assert waits(school, "王芳") == [own, asked]


def test_what_changed_after_computing_is_asked_for_again(school):
    computed(school)
    TermEvaluation.objects.update(asked=9)
    assert waits(school) == [("评价要重新计算：春季学期", "去计算")]


def test_a_mentor_sees_the_own_figures_and_until_when_to_object(school):
    assert section(school, "王芳", "sheet") is None
    row = computed(school)
    mine = section(school, "王芳", "sheet")
    assert [(one.name, one.value) for one in mine.figures] == [
        ("工作质量", "84.13%"), ("联系覆盖", "100.0%"), ("三个一", "55.56%"),
    ]  # fmt: skip
    assert mine.due == ()
    services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    (due,) = section(school, "王芳", "sheet").due
    assert (due.title, due.note) == (
        "评价表正在公示：春季学期", "2026年7月21日前可以提异议",
    )  # fmt: skip
    assert section(school, "赵敏", "sheet") is None
