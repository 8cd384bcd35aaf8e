"""Two at the same instant announce, freeze or publish a scheme: with the lock, and as control
without it.
"""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from accounts.models import User
from core import clock
from core.models import AuditEvent
from evaluation import services
from evaluation.models import Announcement, Freeze, TermEvaluation
from evaluation.rules.chain import GENESIS, link
from evaluation.rules.schemes import SchemeFacts
from evaluation.services import deciding, schemes
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, JULY, a_worked_term, announced, computed, log
from tests.mentoring.build import School, a_small_school, published
from tests.people import a_bureau, a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
REASON = "公示期满，无异议"


def two_schools() -> list[tuple[School, TermEvaluation]]:
    """Two schools of one term, both with their notice over."""
    first = a_worked_term()
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        second = a_small_school("浉河区第二小学")
        published(second)
    log(second, "林小雨", "2026-04-20T16:00:00+08:00")
    return [(school, announced(school)) for school in (first, second)]


def freezing(school: School, row: TermEvaluation):
    def freeze() -> Freeze:
        with clock.frozen(AFTER_NOTICE), translation.override("zh-hans"):
            return services.freeze_sheets(actor=school.user("赵敏"), evaluation=row, reason=REASON)

    return freeze


def all_before_any(monkeypatch, count: int) -> None:
    """Nobody takes the next link of the chain before all stand before it."""
    gate, take = threading.Barrier(count), deciding._freeze

    def met(*facts):
        gate.wait(30)
        return take(*facts)

    monkeypatch.setattr(deciding, "_freeze", met)


def test_two_schools_freeze_at_once_and_are_two_links_of_one_chain(together):
    found = two_schools()
    together(*(freezing(*one) for one in found))
    one, two = Freeze.objects.order_by("sequence")
    assert (one.sequence, one.previous, two.sequence, two.previous) == (1, GENESIS, 2, one.digest)
    assert two.digest == link(one.digest, two.document)


def test_control_without_the_lock_both_take_the_same_place(together, monkeypatch):
    found = two_schools()
    monkeypatch.setattr(deciding, "_hold_term", lambda term: None)
    all_before_any(monkeypatch, 2)
    results = together(*(freezing(*one) for one in found))
    assert sorted(type(result).__name__ for result in results) == ["Freeze", "IntegrityError"]
    assert Freeze.objects.count() == 1


def test_one_school_frozen_twice_at_once_is_frozen_once(together):
    school = a_worked_term()
    row = announced(school)
    results = together(*[freezing(school, row)] * 3)
    assert {result.pk for result in results} == {Freeze.objects.get().pk}
    assert AuditEvent.objects.filter(verb="evaluation.freeze").count() == 1


def announcing(school: School, row: TermEvaluation):
    def announce() -> Announcement:
        with clock.frozen(JULY):
            return services.announce_sheets(actor=school.user("赵敏"), evaluation=row)

    return announce


def worked() -> tuple[School, TermEvaluation]:
    school = a_worked_term()
    with clock.frozen(JULY):
        return school, computed(school)


def test_put_on_notice_twice_at_once_it_is_announced_once(together):
    one = worked()
    results = together(*[announcing(*one)] * 3)
    assert {result.pk for result in results} == {Announcement.objects.get().pk}


def test_control_without_the_lock_it_is_announced_twice(together, monkeypatch):
    one = worked()
    gate = threading.Barrier(2)

    def unlocked(evaluation):
        row = TermEvaluation.objects.select_related("unit", "term", "scheme").get(pk=evaluation.pk)
        row.announcements.filter(sha256=row.sha256).first()
        return row

    end = deciding._end_of_notice

    def together_there(*facts):
        gate.wait(30)
        return end(*facts)

    monkeypatch.setattr(deciding, "held", unlocked)
    monkeypatch.setattr(deciding, "_end_of_notice", together_there)
    results = together(*[announcing(*one)] * 2)
    assert not any(isinstance(result, IntegrityError) for result in results)
    assert Announcement.objects.count() == 2


def publishing_scheme(weight: int):
    def publish():
        with clock.frozen(JULY):
            officer = User.objects.get(username="z1")
            facts = SchemeFacts(date(2026, 9, 1), weight, 40, 9000, 7500, 5000, 50, 7000, 7)
            return services.publish_scheme(actor=officer, facts=facts)

    return publish


def an_officer() -> None:
    a_teacher("韩冰", school=a_bureau(), number="Z1", posts=[(Role.BUREAU_OFFICER, a_bureau())])


def test_two_versions_published_at_once_are_two(together):
    an_officer()
    results = together(publishing_scheme(50), publishing_scheme(60))
    assert sorted(made.version for made, _new in results) == [2, 3]


def test_one_version_sent_twice_at_once_is_one(together):
    an_officer()
    results = together(*[publishing_scheme(50)] * 2)
    assert sorted((made.version, new) for made, new in results) == [(2, False), (2, True)]


def test_control_without_the_lock_two_versions_want_the_same_number(together, monkeypatch):
    an_officer()
    gate = threading.Barrier(2)

    def met(scheme, facts):
        gate.wait(30)
        return False

    monkeypatch.setattr(schemes, "hold_schemes", lambda: None)
    monkeypatch.setattr(schemes, "_same", met)
    results = together(publishing_scheme(50), publishing_scheme(60))
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "tuple"]
