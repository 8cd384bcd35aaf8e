"""What the facts demand and what is there: every difference must be explained or repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef

from certification.models import (
    Certificate,
    CertificateDocument,
    CertificateEvent,
    CreditPosting,
    EventKind,
    NumberSeries,
)
from courses.models import CourseCompletion


@dataclass(frozen=True)
class Difference:
    """One fact without its consequence, or one consequence without its fact."""

    kind: str
    thing_id: UUID
    detail: str = ""


def differences() -> Iterator[Difference]:
    """Every completion, certificate and series that does not add up; none in a sound house."""
    yield from _uncredited()
    yield from _counted_twice()
    yield from _uncertified()
    yield from _papers()
    yield from _revoked_but_credited()
    yield from _gaps()


def _uncredited() -> Iterator[Difference]:
    awards = CreditPosting.objects.filter(completion=OuterRef("pk"), kind="award")
    for pk in CourseCompletion.objects.filter(~Exists(awards)).values_list("pk", flat=True):
        yield Difference("completion_without_posting", pk)
    odd = CreditPosting.objects.filter(kind="award").exclude(
        raw_hours=F("completion__credit_hours")
    )
    for pk in odd.values_list("pk", flat=True):
        yield Difference("posting_differs_from_completion", pk)


def _counted_twice() -> Iterator[Difference]:
    """One course counts once for a teacher, whatever became of its code."""
    reversed_ = CreditPosting.objects.filter(completion=OuterRef("completion"), kind="reverse")
    standing = CreditPosting.objects.filter(~Exists(reversed_), counted_hours__gt=0)
    several = (
        standing.order_by()
        .values("teacher", "completion__enrolment__run__course__code")
        .annotate(completions=Count("completion", distinct=True))
        .filter(completions__gt=1)
    )
    for row in several:
        yield Difference(
            "course_counted_twice", row["teacher"], row["completion__enrolment__run__course__code"]
        )


def _uncertified() -> Iterator[Difference]:
    there = Certificate.objects.filter(completion=OuterRef("pk"))
    for pk in CourseCompletion.objects.filter(~Exists(there)).values_list("pk", flat=True):
        yield Difference("completion_without_certificate", pk)


def _papers() -> Iterator[Difference]:
    issued = CertificateEvent.objects.filter(
        certificate=OuterRef("certificate"), kind=EventKind.ISSUED
    )
    for pk in CertificateDocument.objects.filter(~Exists(issued)).values_list(
        "certificate", flat=True
    ):
        yield Difference("paper_without_issue", pk)
    papers = CertificateDocument.objects.filter(certificate=OuterRef("certificate"))
    without = CertificateEvent.objects.filter(~Exists(papers), kind=EventKind.ISSUED)
    for pk in without.values_list("certificate", flat=True):
        yield Difference("issue_without_paper", pk)


def _revoked_but_credited() -> Iterator[Difference]:
    reversed_ = CreditPosting.objects.filter(
        completion=OuterRef("certificate__completion"), kind="reverse"
    )
    standing = CertificateEvent.objects.filter(~Exists(reversed_), kind=EventKind.REVOKED)
    for pk in standing.values_list("certificate", flat=True):
        yield Difference("revoked_but_credited", pk)


def _gaps() -> Iterator[Difference]:
    counted = {
        (row["type"], row["year"]): row["rows"]
        for row in Certificate.objects.order_by().values("type", "year").annotate(rows=Count("pk"))
    }
    for series in NumberSeries.objects.order_by("pk"):
        rows = counted.get((series.type_id, series.year), 0)
        if rows != series.last:
            yield Difference("numbers_do_not_add_up", series.pk, f"{rows}/{series.last}")
