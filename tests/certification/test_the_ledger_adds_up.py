"""Credit hours: exact sums, and one course counts once."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from certification.rules import ledger

QUARTERS = st.integers(-4000, 4000).map(lambda n: Decimal(n) / 4)
ENTRIES = st.lists(
    st.builds(ledger.Entry, st.sampled_from(["公需科目", "专业科目"]), QUARTERS, QUARTERS)
)


def test_a_course_counts_once():
    hours, health, safety = Decimal("12.50"), uuid4(), uuid4()
    assert ledger.counted(health, hours, set()) == (hours, "course_completed")
    assert ledger.counted(health, hours, {safety}) == (hours, "course_completed")
    assert ledger.counted(health, hours, {health}) == (ledger.ZERO, "course_counted_before")


def test_a_balance_names_counted_and_uncounted_hours_by_category():
    balance = ledger.balance(
        [
            ledger.Entry("专业科目", Decimal("12.50"), Decimal("12.50")),
            ledger.Entry("公需科目", Decimal("8.25"), Decimal("8.25")),
            ledger.Entry("专业科目", Decimal("12.50"), Decimal("0.00")),
            ledger.Entry("公需科目", Decimal("-4.00"), Decimal("-4.00")),
        ]
    )
    assert balance.total == Decimal("16.75")
    assert balance.categories == (
        ledger.CategoryBalance("专业科目", Decimal("12.50"), Decimal("12.50"), 74),
        ledger.CategoryBalance("公需科目", Decimal("4.25"), Decimal("0.00"), 25),
    )


def test_an_empty_or_reversed_ledger_is_zero():
    assert ledger.balance([]) == ledger.Balance(Decimal("0.00"), ())
    reversed_one = ledger.balance(
        [
            ledger.Entry("专业科目", Decimal("4"), Decimal("4")),
            ledger.Entry("专业科目", Decimal("-4"), Decimal("-4")),
        ]
    )
    assert reversed_one.total == 0
    assert reversed_one.categories[0].share == 0


@given(ENTRIES, ENTRIES)
def test_balances_add_up_in_any_order(some: list[ledger.Entry], more: list[ledger.Entry]):
    whole = ledger.balance([*some, *more])
    assert whole == ledger.balance([*more, *some])
    assert whole.total == ledger.balance(some).total + ledger.balance(more).total
    assert whole.total == sum((part.counted_hours for part in whole.categories), ledger.ZERO)
