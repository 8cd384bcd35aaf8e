"""Who works where: people come, from a day on, and are corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.services import correct_name, correct_phone
from core import audit, clock, events, reasons
from core.errors import DomainError, Invalid, Missing
from schools.events import TeacherMoved
from schools.models import Employment, Teacher, Unit
from schools.permissions import can_correct_teacher, keeps_roster
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
from schools.selectors import place_of
from schools.selectors.wording import problem_text
from schools.services.days import require_between

LONGEST_REASON = 120
NUMBER_TAKEN = _("这个工号已属于另一位教师。请核对工号；如果是调入，请由县区或市局办理调动。")


class WorksHere(DomainError):
    """The person is on the unit's roster already, since another day or with another phone."""

    code = "works_here"
    message = _("%(name)s从%(day)s起就在本单位的名册上，没有改动。要更正，请打开这位教师的页面。")


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
) -> tuple[Teacher, bool]:
    """A person employed by `unit` from `since` (today) on, and whether that is new.

    Somebody of this number and name whom nobody employs comes back. The very same again changes
    nothing. Raises Missing when the actor does not keep the unit's roster, WorksHere for what
    differs from the roster, Invalid for what no roster file could bring in either, for a day
    out of bounds, and for a number of somebody who does not work here.
    """
    if actor is not None and not keeps_roster(actor, unit):
        raise Missing
    number, name, phone = clean_code(staff_number), clean_name(name), clean_phone(phone)
    require_plain(staff_number=number, name=name, phone=phone)
    day = since or clock.today()
    if actor is not None:
        require_between("since", day, *span_of_a_start(clock.today(), ()))
    spelling = spell(name)
    facts = {"name": name, "pinyin": spelling.full, "initials": spelling.initials}
    with phone_of_nobody_else(phone):
        teacher, created = Teacher.objects.get_or_create(
            staff_number=number, defaults={**facts, "phone": phone, "user": user}
        )
    if not created and actor is None:
        return teacher, False
    if not created:
        return teacher, comes_back(actor, teacher, unit, name=name, phone=phone, day=day)
    Employment.objects.create(teacher=teacher, unit=unit, starts_on=day)
    audit.record(actor, "teacher.added", teacher, unit_path=unit.path)
    return teacher, True


def comes_back(
    actor: Any, teacher: Teacher, unit: Unit, *, name: str, phone: str, day: date
) -> bool:
    """Whether somebody on record now begins to work for the unit again.

    False when the roster says just this already. Raises as `add_teacher` does.
    """
    held = Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    work = Employment.objects.reaching(clock.today()).filter(teacher=held)
    here = work.filter(unit=unit).order_by("starts_on").first()
    if held.name != name or (here is None and work.exists()):
        raise Invalid(fields={"staff_number": NUMBER_TAKEN})
    if here is not None:
        if here.starts_on != day or phone not in ("", held.phone):
            raise WorksHere(name=held.name, day=date_format(here.starts_on))
        return False
    former = held.employments.exclude(ends_on=None).values_list("ends_on", flat=True)
    require_between("since", day, *span_of_a_start(clock.today(), former))
    Employment.objects.create(teacher=held, unit=unit, starts_on=day)
    audit.record(actor, "teacher.returned", held, unit_path=unit.path, day=day.isoformat())
    events.publish(TeacherMoved(held.pk, unit.pk, day))
    if phone not in ("", held.phone):
        write_facts(actor, held, unit, name=name, phone=phone)
    return True


@transaction.atomic
def correct_teacher(
    *, actor: Any, teacher: Teacher, name: str, phone: str | None = None, reason: str = ""
) -> tuple[Teacher, bool]:
    """The right name and phone of a person, in the account too, and whether they are new.

    Without `phone` the number stays. A new name is told to the person with the reason. Raises
    Missing for the actor's own record and unless the actor keeps the roster where the person works
    or will next, Invalid for what cannot be a name or a phone and for a phone of somebody else,
    ReasonMissing for a new name without a reason.
    """
    held = Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    unit = place_of(held)
    if actor is not None and not can_correct_teacher(actor, held, unit):
        raise Missing
    name = clean_name(name)
    phone = held.phone if phone is None else clean_phone(phone)
    require_plain(staff_number=held.staff_number, name=name, phone=phone)
    if actor is not None and name != held.name:
        reason = reasons.required(reason, 4, LONGEST_REASON)
    return held, write_facts(actor, held, unit, name=name, phone=phone, reason=reason)


def write_facts(
    actor: Any, held: Teacher, unit: Unit | None, *, name: str, phone: str, reason: str = ""
) -> bool:
    """Whether the clean name and phone of a locked person were new; written in the account too."""
    facts = {"name": name, "phone": phone}
    columns = [column for column, value in facts.items() if value != getattr(held, column)]
    if not columns:
        return False
    spelling = spell(name)
    held.name, held.phone = name, phone
    held.pinyin, held.initials = spelling.full, spelling.initials
    with phone_of_nobody_else(phone):
        held.save(update_fields=["name", "pinyin", "initials", "phone"])
    if held.user is not None:
        correct_name(actor=actor, user=held.user, name=name, reason=reason)
    if held.user is not None and "phone" in columns:
        correct_phone(actor=actor, user=held.user, phone=phone)
    path = unit.path if unit else ""
    audit.record(actor, "teacher.corrected", held, unit_path=path, purpose=reason, columns=columns)
    return True


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


@contextmanager
def phone_of_nobody_else(phone: str) -> Iterator[None]:
    """Let a person be written with this phone; Invalid when somebody else has it, taken a moment
    ago perhaps: the database alone sees every school."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = problem_text({"code": "phone_taken", "params": {"value": phone}})
        raise Invalid(fields={"phone": text}) from error
