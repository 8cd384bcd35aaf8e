"""Who works where: people come, from a day on, and are corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.services import correct_name, correct_phone
from core import audit, clock
from core.errors import Invalid, Missing
from schools.models import Employment, Teacher, Unit
from schools.permissions import keeps_roster
from schools.rules.days import span_of_a_start
from schools.rules.names import clean_name, spell
from schools.rules.roster import (
    STAFF_NUMBER,
    clean_code,
    clean_phone,
    code_problem,
    name_problem,
    phone_problem,
)
from schools.selectors import current_unit_of
from schools.selectors.wording import problem_text
from schools.services.days import require_between

NUMBER_TAKEN = _("这个工号已属于另一位教师。请核对工号；如果是调入，请由县区或市局办理调动。")


@transaction.atomic
def add_teacher(
    *,
    actor: Any,
    unit: Unit,
    staff_number: str,
    name: str,
    phone: str = "",
    since: date | None = None,
    user: Any = None,
) -> Teacher:
    """A person employed by `unit` from `since` (today) on; an existing number gives its holder.

    Raises Missing when the actor does not keep the unit's roster, Invalid for what no roster
    file could bring in either, and for a number of somebody who does not work here.
    """
    if actor is not None and not keeps_roster(actor, unit):
        raise Missing
    number, name, phone = clean_code(staff_number), clean_name(name), clean_phone(phone)
    require_plain(staff_number=number, name=name, phone=phone)
    if actor is not None and since is not None:
        require_between("since", since, *span_of_a_start(clock.today(), ()))
    spelling = spell(name)
    facts = {"name": name, "pinyin": spelling.full, "initials": spelling.initials}
    teacher, created = Teacher.objects.get_or_create(
        staff_number=number, defaults={**facts, "phone": phone, "user": user}
    )
    if not created:
        if actor is not None and not works_here(teacher, unit, name):
            raise Invalid(fields={"staff_number": NUMBER_TAKEN})
        return teacher
    require_free_phone(teacher, phone)
    Employment.objects.create(teacher=teacher, unit=unit, starts_on=since or clock.today())
    audit.record(actor, "teacher.added", teacher, unit_path=unit.path)
    return teacher


@transaction.atomic
def correct_teacher(
    *, actor: Any, teacher: Teacher, name: str, phone: str | None = None
) -> Teacher:
    """The right name and phone of a person, in the account too; repeating is harmless.

    Without `phone` the number stays. Raises Missing unless the actor keeps the roster where the
    person works, Invalid for what cannot be a name or a phone and for a phone of somebody else.
    """
    held = Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    unit = current_unit_of(held)
    if actor is not None and (unit is None or not keeps_roster(actor, unit)):
        raise Missing
    name = clean_name(name)
    phone = held.phone if phone is None else clean_phone(phone)
    require_plain(staff_number=held.staff_number, name=name, phone=phone)
    require_free_phone(held, phone)
    facts = {"name": name, "phone": phone}
    columns = [column for column, value in facts.items() if value != getattr(held, column)]
    if not columns:
        return held
    spelling = spell(name)
    held.name, held.pinyin, held.initials, held.phone = (
        name,
        spelling.full,
        spelling.initials,
        phone,
    )
    held.save(update_fields=["name", "pinyin", "initials", "phone"])
    if held.user is not None:
        correct_name(actor=actor, user=held.user, name=name)
    if held.user is not None and "phone" in columns:
        correct_phone(actor=actor, user=held.user, phone=phone)
    path = unit.path if unit else ""
    audit.record(actor, "teacher.corrected", held, unit_path=path, columns=columns)
    return held


def require_plain(*, staff_number: str, name: str, phone: str) -> None:
    """Raise Invalid for cleaned facts that a roster file would be refused for."""
    found = {
        "staff_number": code_problem(STAFF_NUMBER, staff_number),
        "name": name_problem(name),
        "phone": phone_problem(phone),
    }
    wrong = {
        field: problem_text({"code": problem.code, "params": problem.params})
        for field, problem in found.items()
        if problem is not None
    }
    if wrong:
        raise Invalid(fields=wrong)


def require_free_phone(teacher: Teacher, phone: str) -> None:
    """Raise Invalid when somebody else has this phone on record."""
    if phone and Teacher.objects.filter(phone=phone).exclude(pk=teacher.pk).exists():
        text = problem_text({"code": "phone_taken", "params": {"value": phone}})
        raise Invalid(fields={"phone": text})


def works_here(teacher: Teacher, unit: Unit, name: str) -> bool:
    """Whether this person is on the unit's roster already, now or soon."""
    work = Employment.objects.reaching(clock.today()).filter(teacher=teacher, unit=unit)
    return teacher.name == name and work.exists()
