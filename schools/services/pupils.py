"""Pupils come to a class, into a household, and are corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Invalid
from schools.events import PupilMoved
from schools.models import ClassMembership, Household, Pupil, SchoolClass, Sex
from schools.rules.days import span_of_a_start
from schools.rules.names import clean_name, spell
from schools.rules.pupils import family_problem, number_problem
from schools.rules.roster import Problem, clean_code, name_problem
from schools.selectors.pupils import NUMBER, index_of, school_of
from schools.selectors.wording import problem_text
from schools.services.classes import require_running
from schools.services.days import require_between
from schools.services.guardians import add_to_household
from schools.services.holding import hold_schools
from schools.services.households import household_of
from schools.services.numbers import NumberHeld, against_trying_out, save_unless_held
from schools.services.seating import require_pupil_keeper, require_reach


class SitsHere(DomainError):
    """The pupil is on the school's roster already, in another class or since another day."""

    code = "sits_here"
    message = _("%(name)s从%(day)s起就在%(school_class)s，没有改动。要更正，请打开学生页。")


class Namesake(DomainError):
    """A pupil of this name without a school number sits in the class already."""

    code = "namesake"
    message = _("%(school_class)s已有一名没有学籍号的%(name)s。如果是另一名学生，请先填写学籍号。")


@against_trying_out
@transaction.atomic
def add_pupil(
    *,
    actor: Any,
    school_class: SchoolClass,
    name: str,
    sex: str,
    number: str = "",
    family: str = "",
    guardian: str = "",
    phone: str = "",
    since: date | None = None,
) -> tuple[Pupil, bool]:
    """A pupil who sits in the class from `since` (today) on, and whether that is new.

    Somebody of this school number and name who sits nowhere comes back. The very same again
    changes nothing; without a number, that is the same name and sex in the same class since the
    same day. Raises Missing unless the actor keeps the school's pupils, ClassOver, SitsHere,
    Namesake, NumberHeld, Invalid for what no roster file could bring in either, and Throttled after
    twenty refused numbers in an hour.
    """
    unit = school_class.unit
    require_pupil_keeper(actor, [unit])
    name, number, family = clean_name(name), clean_code(number), clean_code(family)
    require_plain(name=name, sex=sex, number=number, family=family)
    day = since or clock.today()
    require_between("since", day, *span_of_a_start(clock.today(), ()))
    hold_schools([unit])
    require_running(school_class, day)
    known = Pupil.objects.filter(number_index=index_of(number, NUMBER)).first() if number else None
    if known is not None:
        return known, comes_back(actor, known, school_class, name=name, day=day)
    standing = None if number else namesake_in(school_class, name=name, sex=sex, day=day)
    if standing is not None:
        return standing, False
    pupil = new_pupil(household_of(actor, unit, family), name=name, sex=sex, number=number)
    save_unless_held(pupil)
    ClassMembership.objects.create(pupil=pupil, school_class=school_class, starts_on=day)
    if guardian or phone:
        add_to_household(pupil.household, name=guardian, relation="", phone=phone)
    audit.record(actor, "pupil.added", pupil, unit_path=unit.path, day=day)
    return pupil, True


def new_pupil(household: Household, *, name: str, sex: str, number: str) -> Pupil:
    """An unsaved pupil, spelled for search, from clean facts."""
    spelling = spell(name)
    return Pupil(
        name=name,
        pinyin=spelling.full,
        initials=spelling.initials,
        sex=sex,
        household=household,
        number=number or None,
        number_index=index_of(number, NUMBER),
    )


def comes_back(
    actor: Any, pupil: Pupil, school_class: SchoolClass, *, name: str, day: date
) -> bool:
    """Whether a pupil on record sits again from `day` on; False when the roster says just this.

    Raises SitsHere for other facts of this school, NumberHeld where the number is another school's
    or another name's: one answer, so that neither is told.
    """
    held = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    seats = ClassMembership.objects.filter(pupil=held)
    open_seats = seats.reaching(clock.today()).select_related("school_class__unit")
    seat = open_seats.order_by("starts_on").first()
    elsewhere = seat is not None and seat.school_class.unit_id != school_class.unit_id
    if elsewhere or held.name != name:
        raise NumberHeld
    if seat is not None:
        if (seat.school_class_id, seat.starts_on) != (school_class.pk, day):
            values = {"name": name, "school_class": str(seat.school_class)}
            raise SitsHere(day=date_format(seat.starts_on), **values)
        return False
    ended = seats.exclude(ends_on=None).values_list("ends_on", flat=True)
    require_between("since", day, *span_of_a_start(clock.today(), ended))
    ClassMembership.objects.create(pupil=held, school_class=school_class, starts_on=day)
    path = school_class.unit.path
    audit.record(actor, "pupil.returned", held, unit_path=path, day=day)
    events.publish(PupilMoved(held.pk, school_class.pk, school_class.unit_id, day))
    return True


def namesake_in(school_class: SchoolClass, *, name: str, sex: str, day: date) -> Pupil | None:
    """The pupil who was added with just these facts before, None when nobody bears the name.

    Raises Namesake when somebody does, without a school number and since another day.
    """
    seats = ClassMembership.objects.reaching(clock.today()).filter(school_class=school_class)
    found = seats.filter(pupil__name=name, pupil__number_index="").select_related("pupil")
    for seat in found:
        if (seat.pupil.sex, seat.starts_on) == (sex, day):
            same: Pupil = seat.pupil
            return same
    if found:
        raise Namesake(name=name, school_class=str(school_class))
    return None


@against_trying_out
@transaction.atomic
def correct_pupil(
    *, actor: Any, pupil: Pupil, name: str, sex: str, number: str = ""
) -> tuple[Pupil, bool]:
    """The right name, sex and school number of a pupil, and whether they are new.

    Without `number` it stays. Raises Missing unless the actor keeps the school's pupils, Invalid
    for what cannot be a name, sex or number, NumberHeld for a number of somebody else, and
    Throttled after twenty of those in an hour.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    name, number = clean_name(name), clean_code(number)
    require_plain(name=name, sex=sex, number=number)
    hold_schools([unit])
    held = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    index = index_of(number, NUMBER) or held.number_index
    facts = {"name": name, "sex": sex, "number_index": index}
    columns = [column for column, value in facts.items() if value != getattr(held, column)]
    if not columns:
        return held, False
    write_facts(held, name=name, sex=sex, number=number)
    save_unless_held(held)
    told = ["number" if column == "number_index" else column for column in columns]
    audit.record(actor, "pupil.corrected", held, unit_path=unit.path, columns=told)
    return held, True


def write_facts(pupil: Pupil, *, name: str, sex: str, number: str) -> None:
    """Put clean facts on a pupil (unsaved); without a number it stays."""
    spelling = spell(name)
    pupil.name, pupil.pinyin, pupil.initials = name, spelling.full, spelling.initials
    pupil.sex = sex
    if number:
        pupil.number, pupil.number_index = number, index_of(number, NUMBER)


def require_plain(*, name: str, sex: str, number: str, family: str = "") -> None:
    """Raise Invalid for cleaned facts that a roster file would be refused for."""
    found = {
        "name": name_problem(name),
        "sex": None if sex in Sex.values else Problem("", "bad_sex", {"value": sex[:40]}),
        "number": number_problem(number),
        "family": family_problem(family),
    }
    wrong = {field: worded(problem) for field, problem in found.items() if problem is not None}
    if wrong:
        raise Invalid(fields=wrong)


def worded(problem: Problem) -> str:
    """A problem in words."""
    return problem_text({"code": problem.code, "params": problem.params})
