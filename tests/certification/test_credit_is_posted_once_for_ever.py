"""The ledger: once per completion, one course counts once, a reversal frees what it held."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from certification import selectors
from certification.models import CreditPosting
from certification.services import post_course_credit
from certification.services.posting import reverse_course_credit
from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from courses.events import CourseCompleted
from courses.models import Course, CreditCategory
from lms import wiring
from tests.certification.making import a_completion, a_course, a_run, an_issuer
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


def lines(teacher):
    return list(
        CreditPosting.objects.filter(teacher=teacher)
        .order_by("posted_at")
        .values_list("kind", "reason", "raw_hours", "counted_hours")
    )


def test_a_completion_is_posted_once_however_often_it_is_told():
    wang = a_teacher("王小明")
    completion = a_completion(wang)
    first = post_course_credit(completion_id=completion.pk)
    again = post_course_credit(completion_id=completion.pk)
    assert first == again
    assert lines(wang) == [
        ("award", "course_completed", Decimal("12.50"), Decimal("12.50")),
    ]
    assert (first.rule_version, first.unit, first.occurred_on.isoformat()) == (
        "2026.1/1",
        completion.unit,
        "2026-11-20",
    )
    assert AuditEvent.objects.filter(verb="credit.award").count() == 1
    assert OutboxEvent.objects.filter(kind__endswith="CreditPosted").count() == 1


def test_an_unknown_completion_is_missing_and_nothing_is_posted():
    with pytest.raises(Missing):
        post_course_credit(completion_id=a_teacher("王小明").pk)
    assert CreditPosting.objects.count() == 0


def test_a_second_pass_of_the_same_course_is_shown_but_not_counted():
    wang = a_teacher("王小明")
    for code in ("PSY-101-SPRING", "PSY-101-AUTUMN"):
        post_course_credit(completion_id=a_completion(wang, a_run(code=code)).pk)
    assert lines(wang) == [
        ("award", "course_completed", Decimal("12.50"), Decimal("12.50")),
        ("award", "course_counted_before", Decimal("12.50"), Decimal("0.00")),
    ]
    balance = selectors.ledger_of(wang).balance
    assert balance.total == Decimal("12.50")
    assert balance.categories[0].uncounted_hours == Decimal("12.50")


def two_passes_around_a_corrected_code(teacher):
    spring = a_completion(teacher, a_run(code="PSY-101-SPRING"))
    post_course_credit(completion_id=spring.pk)
    Course.objects.update(code="PSY-201")
    course = Course.objects.get()
    autumn = a_completion(teacher, a_run(course, code="PSY-201-AUTUMN"))
    post_course_credit(completion_id=autumn.pk)
    return spring, autumn


def test_a_course_whose_code_was_corrected_still_counts_once():
    wang = a_teacher("王小明")
    two_passes_around_a_corrected_code(wang)
    assert lines(wang) == [
        ("award", "course_completed", Decimal("12.50"), Decimal("12.50")),
        ("award", "course_counted_before", Decimal("12.50"), Decimal("0.00")),
    ]
    assert selectors.ledger_of(wang).balance.total == Decimal("12.50")


def test_a_reversal_finds_the_waiting_pass_under_the_corrected_code():
    wang = a_teacher("王小明")
    spring, _autumn = two_passes_around_a_corrected_code(wang)
    reverse_course_credit(actor=None, completion_id=spring.pk)
    assert lines(wang)[2:] == [
        ("reverse", "certificate_revoked", Decimal("-12.50"), Decimal("-12.50")),
        ("adjust", "released", Decimal("0.00"), Decimal("12.50")),
    ]


def test_another_course_that_takes_over_a_code_counts_by_itself():
    wang = a_teacher("王小明")
    post_course_credit(completion_id=a_completion(wang).pk)
    Course.objects.update(code="PSY-201")
    other = a_course("PSY-101", "家校沟通", "4.00")
    post_course_credit(completion_id=a_completion(wang, a_run(other, code="PSY-101-NEW")).pk)
    assert selectors.ledger_of(wang).balance.total == Decimal("16.50")


def test_a_category_whose_code_was_corrected_before_delivery_loses_no_credit():
    completion = a_completion(a_teacher("王小明"))
    CreditCategory.objects.update(code="PROFESSIONAL")
    posting = post_course_credit(completion_id=completion.pk)
    assert (posting.category, posting.counted_hours) == (completion.category, Decimal("12.50"))


def test_the_same_course_of_another_teacher_counts():
    for name in ("王小明", "李小红"):
        post_course_credit(completion_id=a_completion(a_teacher(name)).pk)
    assert set(CreditPosting.objects.values_list("counted_hours", flat=True)) == {Decimal("12.50")}


def test_a_reversal_happens_once_and_lets_the_waiting_pass_count():
    wang = a_teacher("王小明")
    spring = a_completion(wang, a_run(code="PSY-101-SPRING"))
    autumn = a_completion(wang, a_run(code="PSY-101-AUTUMN"))
    for completion in (spring, autumn):
        post_course_credit(completion_id=completion.pk)
    first = reverse_course_credit(actor=None, completion_id=spring.pk)
    assert reverse_course_credit(actor=None, completion_id=spring.pk) == first
    assert lines(wang)[2:] == [
        ("reverse", "certificate_revoked", Decimal("-12.50"), Decimal("-12.50")),
        ("adjust", "released", Decimal("0.00"), Decimal("12.50")),
    ]
    assert selectors.ledger_of(wang).balance.total == Decimal("12.50")
    reverse_course_credit(actor=None, completion_id=autumn.pk)
    balance = selectors.ledger_of(wang).balance
    assert (balance.total, balance.categories[0].uncounted_hours) == (Decimal("0.00"), Decimal(0))


def test_reversing_an_uncounted_pass_takes_nothing_away():
    wang = a_teacher("王小明")
    spring = a_completion(wang, a_run(code="PSY-101-SPRING"))
    autumn = a_completion(wang, a_run(code="PSY-101-AUTUMN"))
    for completion in (spring, autumn):
        post_course_credit(completion_id=completion.pk)
    reverse_course_credit(actor=None, completion_id=autumn.pk)
    assert selectors.ledger_of(wang).balance.total == Decimal("12.50")


def test_what_was_never_posted_cannot_be_reversed():
    completion = a_completion(a_teacher("王小明"))
    assert reverse_course_credit(actor=None, completion_id=completion.pk) is None


def test_quarter_hours_add_up_exactly():
    wang = a_teacher("王小明")
    for number, hours in enumerate(("0.25", "1.75", "7.50", "0.50"), start=1):
        run = a_run(a_course(f"C-{number}", f"课程{number}", hours), f"C-{number}-2026")
        post_course_credit(completion_id=a_completion(wang, run).pk)
    assert selectors.ledger_of(wang).balance.total == Decimal("10.00")


def test_the_database_refuses_to_change_or_remove_a_posting():
    posting = post_course_credit(completion_id=a_completion(a_teacher("王小明")).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        CreditPosting.objects.filter(pk=posting.pk).update(counted_hours=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        CreditPosting.objects.filter(pk=posting.pk).delete()
    posting.refresh_from_db()
    assert posting.counted_hours == Decimal("12.50")


def test_the_database_refuses_a_second_award_and_hours_with_a_wrong_sign():
    posting = post_course_credit(completion_id=a_completion(a_teacher("王小明")).pk)
    facts = {
        "teacher": posting.teacher,
        "category": posting.category,
        "kind": "award",
        "reason": "course_completed",
        "raw_hours": Decimal(1),
        "counted_hours": Decimal(1),
        "course_code": "X",
        "title": "X",
        "occurred_on": posting.occurred_on,
        "rule_version": "1",
    }
    for wrong in (
        {"key": "2", "completion": posting.completion},
        {"key": posting.key},
        {"key": "3", "counted_hours": Decimal(2)},
        {"key": "4", "raw_hours": Decimal(-1), "counted_hours": Decimal(-1)},
        {"key": "5", "kind": "reverse"},
        {"key": "6", "reverses": posting},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CreditPosting.objects.create(**{**facts, **wrong})
    assert CreditPosting.objects.count() == 1


def test_a_told_completion_becomes_a_certificate_by_itself(deliver):
    from certification.models import Certificate
    from core import events

    an_issuer()
    wang = a_teacher("王小明")
    completion = a_completion(wang)
    wiring.connect()
    for _twice in range(2):
        events.publish(
            CourseCompleted(
                completion_id=completion.pk,
                enrolment_id=completion.enrolment_id,
                teacher_id=wang.pk,
                run_id=completion.enrolment.run_id,
                completed_on=completion.completed_on,
            )
        )
        deliver()
    assert CreditPosting.objects.count() == 1
    assert Certificate.objects.count() == 1
    assert selectors.my_certificates(wang.user).get().state == "valid"
