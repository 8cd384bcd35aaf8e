"""To whom a signal goes: two people, and never the one it names or the one who raises it.

Source: SM-1 of the bureau's scheme, rule 14 of the access rules.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

SEATS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds a post over the school and can sign in."""

    teacher_id: UUID
    role: str


FIRST = ("psychology_teacher",)
SECOND = ("deputy", "principal", "county_officer", "bureau_officer")


def choose(candidates: Sequence[Candidate], kept_out: Container[UUID]) -> list[UUID]:
    """The psychology teacher, and the deputy, else the principal, else the county's officer.

    Who is kept out is passed over. An empty seat is filled by the next in the same order, the
    bureau last, so that two people have it wherever two are left.
    """
    free = [one for one in candidates if one.teacher_id not in kept_out]
    first = _in_order(free, FIRST)
    second = _in_order(free, SECOND)
    order = dict.fromkeys([*first[:1], *second[:1], *second[1:], *first[1:]])
    return list(order)[:SEATS]


def _in_order(candidates: Iterable[Candidate], roles: Sequence[str]) -> list[UUID]:
    known = [one for one in candidates if one.role in roles]
    return [one.teacher_id for one in sorted(known, key=lambda one: roles.index(one.role))]
