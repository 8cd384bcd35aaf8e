"""Which household a pupil belongs to: a school knows its households by codes of its own.

Who is in a household reads and keeps its guardians. So nobody is brought into one with a child of
another school: its guardians are that school's to keep. Source: docs/decisions/0120.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Invalid
from schools.models import Household, Pupil, Unit
from schools.permissions import kept_pupils
from schools.rules.pupils import HELD_FAMILY, family_problem
from schools.rules.roster import Problem, clean_code
from schools.selectors.pupils import mark_of_home, school_of
from schools.selectors.wording import problem_text
from schools.services.holding import hold_schools
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
    before = held.household
    if (before.unit_id, before.code) == (unit.pk, family):
        return before, False
    after = Household.objects.filter(unit=unit, code=family).first()
    if after is not None:
        require_kept(actor, after)
        require_seen(after, seen)
    after = settle(held, after, unit, family)
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


def settle(pupil: Pupil, after: Household | None, unit: Unit, family: str) -> Household:
    """Bring a locked pupil into `after`, the household of this code; returns it.

    A household of one child is renamed where the code is free, so that nothing that stands on it
    moves; where it is taken, its guardians come along unless they stand there by the same name.
    """
    before = pupil.household
    alone = not Pupil.objects.filter(household=before).exclude(pk=pupil.pk).exists()
    if after is None and alone:
        before.unit, before.code = unit, family
        before.save(update_fields=["unit", "code"])
        return before
    after = after or Household.objects.create(unit=unit, code=family)
    if alone:
        there = after.guardians.values_list("name", flat=True)
        before.guardians.exclude(name__in=list(there)).update(household=after)
    pupil.household = after
    pupil.save(update_fields=["household"])
    return after


def household_of(actor: Any, unit: Unit, family: str) -> Household:
    """The household that the school knows by this code, or a new one; without a code a new one.

    Raises FamilyHeld for that of a child whom the actor does not keep.
    """
    if not family:
        return Household.objects.create(unit=unit)
    household, _new = Household.objects.get_or_create(unit=unit, code=family)
    require_kept(actor, household)
    return household
