"""Which household a pupil belongs to: a school knows its households by codes of its own.

Who is in a household reads and keeps its guardians. So nobody is brought into one with a child of
another school: its guardians are that school's to keep. Source: docs/decisions/0120.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Invalid
from schools.models import Household, Pupil, Unit
from schools.permissions import kept_pupils
from schools.rules.pupils import HELD_FAMILY, family_problem
from schools.rules.roster import Problem, clean_code
from schools.selectors.pupils import mark_of_home, school_of
from schools.selectors.wording import problem_text
from schools.services.holding import held_households, hold_schools
from schools.services.seating import require_reach

NAMES_TOLD = 5


class FamilyHeld(Invalid):
    """The code cannot be taken here; the answer never says whose household it is, or where."""

    def __init__(self) -> None:
        super().__init__(fields={"family": problem_text({"code": HELD_FAMILY})})


class HouseholdHasPupils(DomainError):
    """Somebody is in the household of this code already."""

    code = "household_has_pupils"
    message = _(
        "编号%(family)s下已有 %(number)s 名学生：%(names)s。确认是同一家庭，请再提交一次；"
        "不是的，请改用别的编号。"
    )

    def __init__(self, *, seen: str, **params: Any) -> None:
        super().__init__(**params)
        self.seen = seen


@transaction.atomic
def join_household(
    *, actor: Any, pupil: Pupil, family: str, seen: str = ""
) -> tuple[Household, bool]:
    """The household that the school knows by this code is the pupil's, and whether that is new.

    Who is alone in a household takes its guardians along. Raises Missing unless the actor keeps
    the school's pupils, Invalid for what cannot be a code, FamilyHeld for the household of a child
    whom the actor does not keep, and HouseholdHasPupils unless `seen` is the mark that it gave for
    this code and just those who are there: who saw them and sends it says they are one family.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    family = clean_code(family)
    problem = family_problem(family) if family else Problem("", "missing")
    if problem is not None:
        told = problem_text({"code": problem.code, "params": problem.params})
        raise Invalid(fields={"family": told})
    hold_schools([unit])
    held = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    there = held_households(Q(pk=held.household_id) | Q(unit=unit, code=family))
    before = next(home for home in there if home.pk == held.household_id)
    if (before.unit_id, before.code) == (unit.pk, family):
        return before, False
    after = next((home for home in there if home.pk != before.pk), None)
    if after is not None:
        require_kept(actor, after)
        require_seen(after, seen)
    after = settle(held, before, after or Household(unit=unit, code=family))
    audit.record(actor, "pupil.household_joined", held, unit_path=unit.path, household=after.pk)
    return after, True


def require_kept(actor: Any, household: Household) -> None:
    """Raise FamilyHeld where a child of the household is none of the actor's; None is the operator,
    who keeps all."""
    there = Pupil.objects.filter(household=household)
    if actor is not None and there.exclude(pk__in=kept_pupils(actor).values("pk")).exists():
        raise FamilyHeld


def require_seen(household: Household, seen: str) -> None:
    """Raise HouseholdHasPupils, with their names and their mark, where others are in the household
    than those whom `seen` marks."""
    there = list(Pupil.objects.filter(household=household).order_by("pinyin", "pk"))
    now = mark_of_home(household, there)
    if there and seen != now:
        names = "、".join(pupil.name for pupil in there[:NAMES_TOLD])
        told = {"family": household.code, "number": len(there), "names": names}
        raise HouseholdHasPupils(seen=now, **told)


def settle(pupil: Pupil, before: Household, after: Household) -> Household:
    """Bring a pupil from one household into another, all of them held; returns the latter.

    A household of one child is renamed where the code is free (`after` is unsaved), so that nothing
    that stands on it moves; where it is taken, its guardians come along unless they stand there by
    the same name.
    """
    alone = is_alone(pupil, before)
    if after._state.adding and alone:
        before.unit, before.code = after.unit, after.code
        before.save(update_fields=["unit", "code"])
        return before
    if after._state.adding:
        after.save()
    if alone:
        there = after.guardians.values_list("name", flat=True)
        before.guardians.exclude(name__in=list(there)).update(household=after)
    pupil.household = after
    pupil.save(update_fields=["household"])
    return after


def is_alone(pupil: Pupil, household: Household) -> bool:
    """Whether no other child is in the household of the pupil."""
    return not Pupil.objects.filter(household=household).exclude(pk=pupil.pk).exists()


def household_of(actor: Any, unit: Unit, family: str) -> Household:
    """The household that the school knows by this code, or a new one; without a code a new one.

    Raises FamilyHeld for that of a child whom the actor does not keep.
    """
    if not family:
        return Household.objects.create(unit=unit)
    there = held_households(Q(unit=unit, code=family))
    if not there:
        return Household.objects.create(unit=unit, code=family)
    require_kept(actor, there[0])
    return there[0]
