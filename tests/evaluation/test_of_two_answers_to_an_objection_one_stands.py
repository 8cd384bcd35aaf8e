"""Two answer one objection at the same instant, or object twice: with the lock, and as control
without it.
"""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import translation

from core import clock
from core.models import AuditEvent
from evaluation import services
from evaluation.models import Objection, ObjectionAnswer, TermEvaluation
from evaluation.services import objecting
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, a_worked_term, announced, sheet_of
from tests.mentoring.build import School
from tests.people import a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
ON_NOTICE = "2026-07-15T09:00:00+08:00"


def on_notice() -> tuple[School, TermEvaluation]:
    school = a_worked_term()
    school.people["吴刚"] = a_teacher("吴刚", school=school.unit, posts=[Role.DEPUTY])
    return school, announced(school)


def objecting_by(school: School, row: TermEvaluation):
    def act() -> tuple[Objection, bool]:
        with clock.frozen(ON_NOTICE):
            return services.object_to_figure(
                actor=school.user("王芳"),
                sheet=sheet_of(row, school, "王芳"),
                indicator="covered_days",
                reason="四月请过病假",
            )

    return act


def answering(school: School, objection: Objection, name: str, reason: str):
    def act() -> ObjectionAnswer:
        with clock.frozen(ON_NOTICE), translation.override("zh-hans"):
            return services.answer_objection(
                actor=school.user(name), objection=objection, outcome="dismissed", reason=reason
            )

    return act


def unlocked(monkeypatch, count: int) -> None:
    """Nobody takes turns, and all look before anybody writes."""
    gate = threading.Barrier(count)

    def held(evaluation):
        return TermEvaluation.objects.select_related("unit", "term", "scheme").get(pk=evaluation.pk)

    monkeypatch.setattr(objecting, "held", held)
    monkeypatch.setattr(objecting, "term_is_frozen", lambda unit, term: gate.wait(30) < 0)


def test_objected_twice_at_once_there_is_one_objection(together):
    school, row = on_notice()
    results = together(*[objecting_by(school, row)] * 3)
    assert sorted(is_new for _made, is_new in results) == [False, False, True]
    assert AuditEvent.objects.filter(verb="evaluation.object").count() == 1


def test_of_two_heads_who_answer_at_once_one_answer_stands(together):
    school, row = on_notice()
    made, _is_new = objecting_by(school, row)()
    results = together(
        answering(school, made, "赵敏", "病假期间已停计"),
        answering(school, made, "吴刚", "请假条没有交到学校"),
    )
    assert sorted(type(one).__name__ for one in results) == ["AlreadySettled", "ObjectionAnswer"]
    assert ObjectionAnswer.objects.get() in results


def test_control_without_the_lock_the_second_answer_breaks_on_the_database(together, monkeypatch):
    school, row = on_notice()
    made, _is_new = objecting_by(school, row)()
    unlocked(monkeypatch, 2)
    results = together(
        answering(school, made, "赵敏", "病假期间已停计"),
        answering(school, made, "吴刚", "请假条没有交到学校"),
    )
    assert sorted(type(one).__name__ for one in results) == ["IntegrityError", "ObjectionAnswer"]


def test_a_freeze_that_waits_for_a_late_objection_sees_it(together, monkeypatch):
    """The objection holds the term when the freeze arrives: the freeze waits and is refused."""
    school, row = on_notice()
    begun, tell = threading.Event(), objecting._tell_heads

    def slowly(*facts):
        begun.set()
        threading.Event().wait(1)
        tell(*facts)

    monkeypatch.setattr(objecting, "_tell_heads", slowly)

    def freeze():
        assert begun.wait(30)
        with clock.frozen(AFTER_NOTICE), translation.override("zh-hans"):
            return services.freeze_sheets(
                actor=school.user("赵敏"), evaluation=row, reason="公示期满，无异议"
            )

    results = together(objecting_by(school, row), freeze)
    assert sorted(type(one).__name__ for one in results) == ["ObjectionsWaiting", "tuple"]
