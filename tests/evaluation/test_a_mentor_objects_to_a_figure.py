"""A mentor objects to a number on notice; the head of the school answers before it is frozen."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Notice
from core import clock, jobs
from core.errors import Missing
from core.models import AuditEvent, Job
from core.reasons import ReasonMissing
from evaluation import services
from evaluation.models import Announcement, Freeze, Objection, ObjectionAnswer, TermEvaluation
from evaluation.permissions import can_view_objection, visible_objections
from evaluation.selectors.terms import standing_of
from evaluation.services.computing import Frozen
from evaluation.services.deciding import ObjectionsWaiting
from evaluation.services.objecting import (
    AlreadyObjected,
    AlreadySettled,
    AlreadyWithdrawn,
    CorrectionMissing,
    NothingCorrected,
    NotOnNotice,
    OwnObjection,
)
from mentoring.models import MentorAssignment
from schools.models import Role
from tests.evaluation.build import (
    AFTER_NOTICE,
    JULY,
    a_worked_term,
    announced,
    computed,
    frozen,
    log,
    sheet_of,
    under_a_newer_scheme,
)
from tests.mentoring.build import School
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db
WORDS = "五月的家访周一鸣也在场，名单上漏了他"
DISMISSED = {"outcome": "dismissed", "reason": "当天的签到里没有周一鸣"}
UPHELD = {"outcome": "upheld", "correction": "contact", "reason": "王老师已补记这次家访"}
ON_NOTICE = "2026-07-15T09:00:00+08:00"


@pytest.fixture
def school() -> School:
    worked = a_worked_term()
    worked.people["吴刚"] = a_teacher("吴刚", school=worked.unit, posts=[Role.DEPUTY])
    worked.people["钱慧"] = a_teacher("钱慧", school=worked.unit, posts=[Role.SCHOOL_ADMIN])
    worked.people["周宁"] = a_teacher(
        "周宁", school=a_school("平桥区第二小学"), posts=[Role.PRINCIPAL]
    )
    return worked


def objected(
    school: School, row: TermEvaluation, words: str = WORDS, by: str = "王芳"
) -> Objection:
    with clock.frozen(ON_NOTICE):
        made, _is_new = services.object_to_figure(
            actor=school.user(by),
            sheet=sheet_of(row, school, "王芳"),
            indicator="required_products",
            reason=words,
        )
    return made


def answered(school: School, objection: Objection, by: str = "赵敏", **answer) -> ObjectionAnswer:
    with clock.frozen("2026-07-16T09:00:00+08:00"):
        return services.answer_objection(actor=school.user(by), objection=objection, **answer)


def freeze(school: School, row: TermEvaluation) -> Freeze:
    return services.freeze_sheets(
        actor=school.user("赵敏"), evaluation=row, reason="公示期满，异议已答复"
    )


def the_visit_is_entered(school: School) -> None:
    """王芳 enters the visit of May that she objects about."""
    when = datetime(2026, 5, 9, 10, tzinfo=clock.SHANGHAI)
    log(school, "周一鸣", "2026-07-15T18:00:00+08:00", kind="visit", occurred_at=when)


def told(name: str) -> list[str]:
    rows = Notice.objects.filter(user__name=name, kind="evaluation.objection")
    return list(rows.values_list("text", flat=True))


def test_an_objection_names_the_number_as_it_stood_and_reaches_the_heads_of_the_school(school):
    row = announced(school)
    made = objected(school, row)
    assert (made.mentor, made.indicator) == (school.people["王芳"], "required_products")
    assert (made.numerator, made.denominator) == (5, 9)
    assert made.announcement == Announcement.objects.get()
    assert objected(school, row) == made
    assert Objection.objects.count() == 1
    assert told("赵敏") == told("吴刚") == ["有导师对评价表提出异议，请答复；答复之前不能冻结。"]
    assert told("钱慧") == told("王芳") == []
    assert AuditEvent.objects.get(verb="evaluation.object").detail == {
        "indicator": "required_products"
    }


def test_the_words_of_an_objection_and_of_its_answer_lie_encrypted(school):
    answered(school, objected(school, announced(school)), **DISMISSED)
    with connection.cursor() as cursor:
        for table, words in (("objection", WORDS), ("objectionanswer", DISMISSED["reason"])):
            cursor.execute(f"SELECT reason FROM evaluation_{table}")
            assert words not in str(cursor.fetchall()), table
    assert Objection.objects.get().reason == WORDS


@pytest.mark.parametrize("words", ["  不对 ", "字" * 501])
def test_an_objection_says_why_and_not_at_any_length(school, words):
    row = announced(school)
    with pytest.raises(ReasonMissing):
        objected(school, row, words)
    assert not Objection.objects.exists()


@pytest.mark.parametrize("name", ["李强", "赵敏", "钱慧", "周宁"])
def test_only_the_mentor_objects_to_the_own_sheet(school, name):
    row = announced(school)
    with pytest.raises(Missing):
        objected(school, row, by=name)
    assert not Objection.objects.exists()


def test_an_objection_is_raised_while_the_notice_runs_and_not_before_or_after(school):
    with clock.frozen(JULY):
        row = computed(school)
    with pytest.raises(NotOnNotice):
        objected(school, row)
    with clock.frozen(JULY):
        services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    with clock.frozen(AFTER_NOTICE), pytest.raises(NotOnNotice):
        services.object_to_figure(
            actor=school.user("王芳"),
            sheet=sheet_of(row, school, "王芳"),
            indicator="required_products",
            reason=WORDS,
        )
    assert not Objection.objects.exists()


def test_a_number_of_a_notice_takes_one_objection_in_one_wording(school):
    row = announced(school)
    objected(school, row)
    with pytest.raises(AlreadyObjected):
        objected(school, row, "另外六月也有一次家访")
    with clock.frozen(ON_NOTICE), pytest.raises(Missing):
        services.object_to_figure(
            actor=school.user("王芳"),
            sheet=sheet_of(row, school, "王芳"),
            indicator="rank",
            reason=WORDS,
        )
    assert [one.reason for one in Objection.objects.all()] == [WORDS]


def test_a_term_is_not_frozen_while_an_objection_waits_for_an_answer(school):
    row = announced(school)
    made = objected(school, row)
    with clock.frozen(AFTER_NOTICE):
        assert standing_of(school.unit, school.term).stage == "to_answer"
        with pytest.raises(ObjectionsWaiting, match="还有 1 条异议没有答复"):
            freeze(school, row)
    assert not Freeze.objects.exists()
    answered(school, made, **DISMISSED)
    assert told("王芳") == ["学校已答复您对评价表的异议，请查看。"]
    with clock.frozen(AFTER_NOTICE):
        assert standing_of(school.unit, school.term).stage == "to_freeze"
        assert freeze(school, row).sequence == 1


def test_an_answer_stands_and_the_same_again_changes_nothing(school):
    made = objected(school, announced(school))
    answer = answered(school, made, **DISMISSED)
    assert answered(school, made, by="吴刚", **DISMISSED) == answer
    with pytest.raises(AlreadySettled):
        answered(school, made, **{**DISMISSED, "reason": "另有说明，见会议纪要"})
    assert (ObjectionAnswer.objects.count(), len(told("王芳"))) == (1, 1)
    (trace,) = AuditEvent.objects.filter(verb="evaluation.answer_objection")
    assert (trace.detail, trace.unit_path) == ({"outcome": "dismissed"}, school.unit.path)


@pytest.mark.parametrize("name", ["王芳", "李强", "钱慧", "周宁"])
def test_only_who_may_put_on_notice_answers(school, name):
    made = objected(school, announced(school))
    with pytest.raises(Missing):
        answered(school, made, by=name, **DISMISSED)
    assert not ObjectionAnswer.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"outcome": "upheld", "reason": "已经更正了"},
        {"outcome": "upheld", "correction": "figure", "reason": "已经更正了"},
        {"outcome": "dismissed", "correction": "contact", "reason": "没有依据"},
        {"outcome": "withdrawn", "reason": "没有依据"},
    ],
)
def test_an_upheld_objection_names_the_correction_and_no_other_does(school, answer):
    made = objected(school, announced(school))
    with pytest.raises(CorrectionMissing):
        answered(school, made, **answer)
    assert not ObjectionAnswer.objects.exists()


def test_an_objection_is_upheld_after_the_facts_were_corrected_and_not_before(school):
    row = announced(school)
    made = objected(school, row)
    with pytest.raises(NothingCorrected):
        answered(school, made, **UPHELD)
    assert not ObjectionAnswer.objects.exists()
    the_visit_is_entered(school)
    answer = answered(school, made, **UPHELD)
    assert (answer.outcome, answer.correction) == ("upheld", "contact")
    with clock.frozen("2026-07-16T09:05:00+08:00"):
        jobs.run(
            Job.objects.get(kind="evaluation.compute", key__endswith=":now", state="queued").pk
        )
        row.refresh_from_db()
        line = sheet_of(row, school, "王芳").lines.get(code="required_products")
        assert (line.numerator, line.denominator) == (6, 9)
        assert standing_of(school.unit, school.term).stage == "announce_again"
    assert (made.numerator, made.denominator) == (5, 9)


def test_figures_that_come_on_notice_anew_take_objections_anew(school):
    row = announced(school)
    answered(school, objected(school, row), **DISMISSED)
    the_visit_is_entered(school)
    with clock.frozen("2026-07-15T20:00:00+08:00"):
        row = computed(school)
        services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
        second, is_new = services.object_to_figure(
            actor=school.user("王芳"),
            sheet=sheet_of(row, school, "王芳"),
            indicator="required_products",
            reason="六月高子涵也有家访",
        )
    assert (is_new, second.numerator, Objection.objects.count()) == (True, 6, 2)


def test_who_objected_takes_it_back_and_the_term_can_be_frozen(school):
    row = announced(school)
    made = objected(school, row)
    with pytest.raises(Missing):
        services.withdraw_objection(actor=school.user("赵敏"), objection=made)
    back = services.withdraw_objection(actor=school.user("王芳"), objection=made)
    assert services.withdraw_objection(actor=school.user("王芳"), objection=made) == back
    assert (back.outcome, back.reason) == ("withdrawn", None)
    with pytest.raises(AlreadySettled):
        answered(school, made, **DISMISSED)
    with clock.frozen(AFTER_NOTICE):
        assert freeze(school, row).sequence == 1


@pytest.mark.parametrize("words", [WORDS, "另外六月也有一次家访"])
def test_what_was_taken_back_is_not_raised_again_under_the_same_notice(school, words):
    row = announced(school)
    services.withdraw_objection(actor=school.user("王芳"), objection=objected(school, row))
    with pytest.raises(AlreadyWithdrawn, match="您已经收回，同一次公示中不能再提"):
        objected(school, row, words)
    assert Objection.objects.get().answer.outcome == "withdrawn"


def test_a_principal_who_mentors_does_not_answer_the_own_objection_and_the_deputy_does(school):
    MentorAssignment.objects.filter(mentor=school.people["王芳"]).update(
        mentor=school.people["赵敏"]
    )
    row = announced(school)
    with clock.frozen(ON_NOTICE):
        made, _is_new = services.object_to_figure(
            actor=school.user("赵敏"),
            sheet=sheet_of(row, school, "赵敏"),
            indicator="covered_days",
            reason="三月的谈话没有算进去",
        )
    assert (told("赵敏"), len(told("吴刚"))) == ([], 1)
    answer = {"outcome": "dismissed", "reason": "谈话记在王老师名下"}
    with pytest.raises(OwnObjection):
        answered(school, made, by="赵敏", **answer)
    assert answered(school, made, by="吴刚", **answer).by == school.user("吴刚")


def test_after_the_freeze_nothing_is_objected_to(school):
    row = frozen(school)
    with clock.frozen(ON_NOTICE), pytest.raises(Frozen):
        services.object_to_figure(
            actor=school.user("王芳"),
            sheet=sheet_of(row, school, "王芳"),
            indicator="covered_days",
            reason=WORDS,
        )


def test_an_objection_outlives_the_scheme_under_which_it_was_raised(school):
    first = announced(school)
    made = objected(school, first)
    newer = under_a_newer_scheme(school, first)
    with clock.frozen(ON_NOTICE):
        with pytest.raises(NotOnNotice):
            services.object_to_figure(
                actor=school.user("王芳"),
                sheet=sheet_of(first, school, "王芳"),
                indicator="covered_days",
                reason=WORDS,
            )
        second, _sheets = services.evaluate_now(unit=school.unit, term=school.term, scheme=newer)
        services.announce_sheets(actor=school.user("赵敏"), evaluation=second)
    with clock.frozen("2026-08-03T08:00:00+08:00"):
        assert standing_of(school.unit, school.term).stage == "to_answer"
        with pytest.raises(ObjectionsWaiting):
            freeze(school, second)
    answered(school, made, **DISMISSED)
    with clock.frozen("2026-08-03T08:00:00+08:00"):
        assert freeze(school, second).sequence == 1


def test_objections_are_seen_by_who_raised_them_and_by_who_answers_them(school):
    made = objected(school, announced(school))
    sees = {
        name: (
            list(visible_objections(school.user(name))) == [made],
            can_view_objection(school.user(name), made),
        )
        for name in ("王芳", "赵敏", "吴刚", "李强", "钱慧", "周宁")
    }
    seen, unseen = (True, True), (False, False)
    assert sees == {
        "王芳": seen, "赵敏": seen, "吴刚": seen, "李强": unseen, "钱慧": unseen, "周宁": unseen,
    }  # fmt: skip


def test_an_objection_and_its_answer_are_neither_changed_nor_removed(school):
    made = objected(school, announced(school))
    answered(school, made, **DISMISSED)
    for change in (
        lambda: Objection.objects.update(numerator=9),
        lambda: ObjectionAnswer.objects.update(outcome="upheld", correction="contact"),
        lambda: ObjectionAnswer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Objection.objects.get().answer.outcome == "dismissed"
