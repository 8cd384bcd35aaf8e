"""Sign-ins for people on the register, by one-time slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.services import AccountTaken, IssuedSlip, create_account, issue_slip
from core import audit
from core.errors import DomainError, Missing
from schools.models import Teacher, Unit
from schools.permissions import keeps_roster
from schools.selectors.staff import without_account

MOST_AT_ONCE = 100
"""A slip costs a password hash (17 ms); more would keep the page waiting."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Slips to print, people whose account name is taken, and how many still wait."""

    slips: tuple[IssuedSlip, ...]
    refused: tuple[Teacher, ...]
    waiting: int


def open_accounts(*, actor: Any, unit: Unit, teachers: Sequence[UUID] = ()) -> Opened:
    """Open accounts under the staff numbers and issue slips; at most 100 people at once.

    Without `teachers` everybody of the unit who has none is taken, in order. People who have
    an account, or who hold a post beyond the actor's reach, are left out. Raises Missing when
    the actor does not keep the unit's roster.
    """
    if not keeps_roster(actor, unit):
        raise Missing
    wanted = without_account(actor, unit)
    if teachers:
        wanted = wanted.filter(pk__in=teachers)
    chosen = list(wanted[:MOST_AT_ONCE])
    waiting = wanted.count() - len(chosen)
    slips, refused = [], []
    for teacher in chosen:
        try:
            slips.append(open_account(actor=actor, teacher=teacher))
        except DomainError:
            refused.append(teacher)
    audit.record(actor, "schools.accounts_opened", unit, unit_path=unit.path, count=len(slips))
    return Opened(slips=tuple(slips), refused=tuple(refused), waiting=waiting)


@transaction.atomic
def open_account(*, actor: Any, teacher: Teacher) -> IssuedSlip:
    """One account and its slip; a phone that another account uses is left out."""
    held = Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    if held.user_id is not None:
        raise Missing
    user = account_of(actor, held)
    held.user = user
    held.save(update_fields=["user"])
    return issue_slip(actor=actor, user=user)


def account_of(actor: Any, held: Teacher) -> User:
    """A new account under the staff number, with the phone unless another account has it."""
    facts = {"actor": actor, "username": held.staff_number, "name": held.name}
    free = held.phone and not User.objects.filter(phone=held.phone).exists()
    if free:
        try:
            return create_account(phone=held.phone, **facts)
        except AccountTaken:  # the number was taken a moment ago, or the name is
            pass
    return create_account(**facts)
