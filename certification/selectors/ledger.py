"""A teacher's credit account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from certification.models import CreditPosting
from certification.rules import ledger
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


def ledger_for(viewer: Any, category: str = "") -> LedgerPage:
    """The viewer's own account; empty for somebody who is not on the register."""
    teacher = teacher_of(viewer)
    if teacher is None:
        return LedgerPage(ledger.balance([]), CreditPosting.objects.none())
    return ledger_of(teacher, category)
