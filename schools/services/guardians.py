"""Guardians of a household: added, corrected, and taken off when they are none."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.rules import masked_phone
from core import audit
from core.errors import DomainError, Invalid
from schools.models import Guardian, Household, Pupil
from schools.rules.names import clean_name
from schools.rules.pupils import guardian_problems
from schools.rules.roster import clean_phone
from schools.selectors.pupils import PHONE, guardian_of, index_of, mark_of, school_of
from schools.selectors.wording import problem_text
from schools.services.holding import hold_schools
from schools.services.seating import require_reach

LONGEST_RELATION = 20
FIELDS = {"监护人": "name", "监护人手机": "phone"}


class GuardianRemoval(models.TextChoices):
    """Why somebody is no guardian."""

    MISTAKE = "mistake", _("登记有误，不是监护人")
    NO_LONGER = "no_longer", _("不再是监护人")
    DECEASED = "deceased", _("已去世")


class GuardianChanged(DomainError):
    """Somebody else has corrected the guardian since this person looked."""

    code = "guardian_changed"
    message = _(
        "您打开这一页之后，这位监护人已被他人更正，现在登记的是：%(now)s。"
        "您填写的内容还在，没有保存。请核对，确认无误后再提交一次。"
    )


class GuardianStands(DomainError):
    """A guardian of this name is on record with other facts."""

    code = "guardian_stands"
    message = _("监护人%(name)s已登记，没有改动。要更改，请更正那一条。")


@transaction.atomic
def add_guardian(
    *, actor: Any, pupil: Pupil, name: str, relation: str = "", phone: str = ""
) -> tuple[Guardian, bool]:
    """A guardian of the pupil's household, and whether that is new; the same again changes nothing.

    Raises Missing unless the actor keeps the school's pupils, GuardianStands for the same name
    with other facts, Invalid for what cannot be a name, relation or phone.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    hold_schools([unit])
    made = add_to_household(pupil.household, name=name, relation=relation, phone=phone)
    if made[1]:
        audit.record(actor, "guardian.added", pupil, unit_path=unit.path, guardian=made[0].pk)
    return made


def add_to_household(
    household: Household, *, name: str, relation: str, phone: str
) -> tuple[Guardian, bool]:
    """A guardian of a household, and whether that is new; what is not given says nothing against
    the one on record. Raises GuardianStands, Invalid."""
    name, relation, phone = cleaned(name, relation, phone)
    standing = Guardian.objects.filter(household=household, name=name).first()
    if standing is not None:
        told = relation or standing.relation, index_of(phone, PHONE) or standing.phone_index
        if told != (standing.relation, standing.phone_index):
            raise GuardianStands(name=name)
        return standing, False
    guardian = new_guardian(household, name=name, relation=relation, phone=phone)
    save_unless_stands(guardian)
    return guardian, True


def save_unless_stands(guardian: Guardian) -> None:
    """Save a guardian. Raises GuardianStands when one of this name came a moment ago: siblings of
    two schools share a household, and each school holds only itself."""
    try:
        with transaction.atomic():
            guardian.save()
    except IntegrityError as error:
        raise GuardianStands(name=guardian.name) from error


def cleaned(name: str, relation: str, phone: str) -> tuple[str, str, str]:
    """Name, relation and phone as they are kept. Raises Invalid for what cannot be one."""
    name, relation, phone = clean_name(name), clean_name(relation), clean_phone(phone)
    found = [problem for problem in guardian_problems(name, phone) if problem is not None]
    wrong: dict[str, Any] = {
        FIELDS[problem.column]: problem_text({"code": problem.code, "params": problem.params})
        for problem in found
    }
    if not name:
        wrong["name"] = problem_text({"code": "missing"})
    if len(relation) > LONGEST_RELATION:
        wrong["relation"] = _("与学生关系太长，最多 20 个字。")
    if wrong:
        raise Invalid(fields=wrong)
    return name, relation, phone


def new_guardian(
    household: Household, *, name: str, relation: str = "", phone: str = ""
) -> Guardian:
    """An unsaved guardian from clean facts."""
    return Guardian(
        household=household,
        name=name,
        relation=relation,
        phone=phone or None,
        phone_index=index_of(phone, PHONE),
    )


@transaction.atomic
def correct_guardian(
    *,
    actor: Any,
    pupil: Pupil,
    guardian: Guardian,
    name: str,
    relation: str = "",
    phone: str = "",
    seen: str = "",
) -> tuple[Guardian, bool]:
    """The right name, relation and phone of a guardian, and whether they are new.

    Without `phone` the number stays. `seen` is the `mark_of` the record that the actor looked at.
    Raises Missing unless the actor keeps the school's pupils and the guardian is the pupil's,
    GuardianChanged when the record is another by now, GuardianStands for the name of another
    guardian of the household, Invalid for what cannot be a name, relation or phone.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    name, relation, phone = cleaned(name, relation, phone)
    hold_schools([unit])
    guardian_of(pupil, guardian.pk)
    held = Guardian.objects.select_for_update(of=("self",)).get(pk=guardian.pk)
    others = Guardian.objects.filter(household=held.household_id, name=name)
    if others.exclude(pk=held.pk).exists():
        raise GuardianStands(name=name)
    index = index_of(phone, PHONE) or held.phone_index
    facts = {"name": name, "relation": relation, "phone_index": index}
    columns = [column for column, value in facts.items() if value != getattr(held, column)]
    if not columns:
        return held, False
    if seen not in ("", mark_of(held)):
        raise GuardianChanged(now=said_of(held))
    held.name, held.relation = name, relation
    if phone:
        held.phone, held.phone_index = phone, index
    save_unless_stands(held)
    told = ["phone" if column == "phone_index" else column for column in columns]
    audit.record(
        actor,
        "guardian.corrected",
        pupil,
        unit_path=unit.path,
        guardian=held.pk,
        columns=told,
    )
    return held, True


def said_of(guardian: Guardian) -> str:
    """What is on record of a guardian, the phone by its ends."""
    told = (guardian.name, guardian.relation, masked_phone(guardian.phone))
    return "、".join(text for text in told if text)


@transaction.atomic
def remove_guardian(
    *, actor: Any, pupil: Pupil, guardian: Guardian, reason: str, seen: str = ""
) -> bool:
    """Take somebody who is no guardian off the record; whether anybody was there.

    Nothing is kept of a person who does not answer for the child but the trace that somebody was
    taken off, and why. `seen` is the `mark_of` the record that the actor looked at. Raises Missing
    unless the actor keeps the school's pupils, GuardianChanged when the record is another by now,
    Invalid for a reason that is none.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    if reason not in GuardianRemoval.values:
        raise Invalid(fields={"reason": _("请选择原因。")})
    hold_schools([unit])
    rows = Guardian.objects.filter(pk=guardian.pk, household=pupil.household_id)
    held = rows.select_for_update(of=("self",)).first()
    if held is None:
        return False
    if seen not in ("", mark_of(held)):
        raise GuardianChanged(now=said_of(held))
    held.delete()
    audit.record(
        actor,
        "guardian.removed",
        pupil,
        unit_path=unit.path,
        guardian=guardian.pk,
        reason=reason,
    )
    return True
