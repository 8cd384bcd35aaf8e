"""A teacher's credit account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import get_language

from certification.models import Certificate, CreditPosting, PostingKind
from certification.rules import ledger
from core import clock
from courses.selectors.earnings import Earned
from schools.models import Teacher
from schools.selectors import teacher_of


@dataclass(frozen=True)
class LedgerPage:
    """The balance, and the postings it is the sum of, newest first."""

    balance: ledger.Balance
    postings: QuerySet[CreditPosting]


def ledger_of(teacher: Teacher, category: str = "") -> LedgerPage:
    """The whole account of one teacher; postings of one category, by its name, if it is given."""
    postings = CreditPosting.objects.filter(teacher=teacher)
    entries = (
        ledger.Entry(english if english and get_language() == "en" else name, raw, counted)
        for name, english, raw, counted in postings.values_list(
            "category__name", "category__name_en", "raw_hours", "counted_hours"
        )
    )
    rows = postings.select_related("category").order_by("-posted_at", "-created_at", "pk")
    if category:
        rows = rows.filter(Q(category__name=category) | Q(category__name_en=category))
    return LedgerPage(ledger.balance(entries), rows)


def rows_behind(account: LedgerPage, part: str) -> QuerySet[CreditPosting]:
    """The postings that one number of the account is the sum of.

    `part` is `counted` or `uncounted`; anything else means both.
    """
    if part == "counted":
        return account.postings.exclude(counted_hours=0)
    if part == "uncounted":
        return account.postings.exclude(counted_hours=F("raw_hours"))
    return account.postings


def certificates_behind(viewer: Any, postings: Iterable[CreditPosting]) -> dict[UUID, UUID]:
    """Completion → the viewer's newest certificate of it, for the completions of these rows."""
    completions = [row.completion_id for row in postings if row.completion_id]
    own = Certificate.objects.filter(teacher=teacher_of(viewer), completion_id__in=completions)
    return dict(own.order_by("issued_on", "sequence").values_list("completion_id", "pk"))


def hours_counted_by(certificate: Certificate) -> Decimal:
    """The hours that stand in the ledger for the completion behind a certificate."""
    postings = CreditPosting.objects.filter(completion_id=certificate.completion_id)
    return postings.aggregate(hours=Sum("counted_hours"))["hours"] or Decimal(0)


def earnings_of(enrolment_ids: Collection[UUID]) -> dict[UUID, Earned]:
    """Enrolment → the hours of its completion that count now, and since when they do not."""
    hours: dict[UUID, Decimal] = defaultdict(Decimal)
    taken_back: dict[UUID, date] = {}
    rows = CreditPosting.objects.filter(completion__enrolment__in=enrolment_ids)
    for enrolment, kind, counted, posted_at in rows.values_list(
        "completion__enrolment", "kind", "counted_hours", "posted_at"
    ):
        hours[enrolment] += counted
        if kind == PostingKind.REVERSE:
            taken_back[enrolment] = clock.civil_date(posted_at)
    return {pk: Earned(counted, taken_back.get(pk)) for pk, counted in hours.items()}


def ledger_for(viewer: Any, category: str = "") -> LedgerPage:
    """The viewer's own account; empty for somebody who is not on the register."""
    teacher = teacher_of(viewer)
    if teacher is None:
        return LedgerPage(ledger.balance([]), CreditPosting.objects.none())
    return ledger_of(teacher, category)
