"""Writing the pupils of a judged roster, in bulk: who comes, sits elsewhere, or is corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from core import audit, events
from schools.events import PupilMoved
from schools.models import ClassMembership, Guardian, Household, Pupil, SchoolClass, Unit
from schools.rules.files import JudgedLine
from schools.rules.judging import Verdict
from schools.rules.pupils import (
    CLASS_NUMBER,
    FAMILY,
    GUARDIAN,
    GUARDIAN_PHONE,
    PUPIL_NUMBER,
    SEX,
    PupilLine,
)
from schools.rules.roster import NAME, SCHOOL
from schools.selectors.chunks import chunks
from schools.selectors.pupils import PHONE, index_of
from schools.services.guardians import new_guardian
from schools.services.holding import held_households
from schools.services.pupils import new_pupil, write_facts
from schools.services.seating import End, end_seats
from schools.services.upserting import upsert
from schools.services.writing_classes import classes_of

BATCH = 500
FACTS = ["name", "pinyin", "initials", "sex", "household", "number", "number_index"]
Homes = dict[tuple[UUID, str], Household]
"""Households by school and code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of 学生 that writes: the line, its pupil, school and class."""

    line: PupilLine
    changes: Mapping[str, tuple[str, str]]
    pupil: Pupil
    school_class: SchoolClass
    is_new: bool

    @property
    def unit(self) -> Unit:
        """The school of the class."""
        return self.school_class.unit


def write_pupils(
    actor: Any, lines: Sequence[JudgedLine], units: Mapping[str, Unit], day: date
) -> None:
    """Write these lines; the schools must be held, and the lines judged since.

    New pupils leave their trace with the import, those on record each their own.
    """
    known = locked({UUID(item.judgement.subject) for item in lines if item.judgement.subject})
    homes = known_homes(lines, units, known.values())
    entries = prepared(lines, units, known, homes)
    new = [entry.pupil for entry in entries if entry.is_new]
    homeless = [pupil.household for pupil in new if pupil.household._state.adding]
    Household.objects.bulk_create(list(dict.fromkeys(homeless)), batch_size=BATCH)
    Pupil.objects.bulk_create(new, batch_size=BATCH)
    join_homes([e for e in entries if not e.is_new and FAMILY in e.changes], homes)
    correct([entry for entry in entries if not entry.is_new])
    seat([e for e in entries if {CLASS_NUMBER, SCHOOL} & e.changes.keys()], day)
    homely = {GUARDIAN, GUARDIAN_PHONE, FAMILY}
    add_guardians([e for e in entries if e.line.guardian and homely & e.changes.keys()])
    audit.record_all(actor, [change_of(entry) for entry in entries if not entry.is_new])


def change_of(entry: Entry) -> audit.Act:
    """What the trace says of a pupil on record: which columns the roster changed."""
    columns = sorted(entry.changes)
    return audit.Act("pupil.corrected", entry.pupil, entry.unit.path, {"columns": columns})


def known_homes(
    lines: Sequence[JudgedLine], units: Mapping[str, Unit], pupils: Iterable[Pupil]
) -> Homes:
    """The households on record that the lines name, held together with those of the pupils."""
    codes = {item.line.family for item in lines if isinstance(item.line, PupilLine)} - {""}
    schools = {units[item.line.school].pk for item in lines if isinstance(item.line, PupilLine)}
    if not codes:
        return {}
    keys = {pupil.household_id for pupil in pupils}
    for part in chunks(sorted(codes)):
        for school_part in chunks(sorted(schools)):
            rows = Household.objects.filter(code__in=part, unit__in=school_part)
            keys |= set(rows.values_list("pk", flat=True))
    homes: Homes = {}
    for key_part in chunks(sorted(keys)):
        for row in held_households(Q(pk__in=key_part)):
            if row.code in codes and row.unit_id in schools:
                homes[row.unit_id, row.code] = row
    return homes


def prepared(
    lines: Sequence[JudgedLine],
    units: Mapping[str, Unit],
    known: Mapping[UUID, Pupil],
    homes: Homes,
) -> list[Entry]:
    """The lines with their pupils; new pupils are unsaved, and so may be their households."""
    named = [item.line for item in lines if isinstance(item.line, PupilLine)]
    classes = classes_of({units[line.school] for line in named})
    entries = []
    for item, line in zip(lines, named, strict=True):
        is_new = item.judgement.verdict == Verdict.CREATED
        unit = units[line.school]
        if is_new:
            home = home_of(unit, line.family, homes)
            pupil = new_pupil(home, name=line.name, sex=line.sex, number=line.number)
        else:
            pupil = known[UUID(item.judgement.subject)]
        row = classes[unit.pk, line.place]
        entries.append(Entry(line, item.judgement.changes, pupil, row, is_new))
    return entries


def locked(keys: Collection[UUID]) -> dict[UUID, Pupil]:
    """These pupils with their households, held until the transaction ends, in one order."""
    found: dict[UUID, Pupil] = {}
    for part in chunks(sorted(keys)):
        rows = Pupil.objects.filter(pk__in=part).select_related("household").order_by("pk")
        found |= {row.pk: row for row in rows.select_for_update(of=("self",))}
    return found


def home_of(unit: Unit, family: str, homes: Homes) -> Household:
    """The household of a code, known, made a moment ago or new; without a code always a new one."""
    if not family:
        return Household(unit=unit)
    return homes.setdefault((unit.pk, family), Household(unit=unit, code=family))


def join_homes(entries: Sequence[Entry], homes: Homes) -> None:
    """Bring pupils on record into the households of their codes, as `households.settle` does."""
    people = crowd({entry.pupil.household_id for entry in entries})
    renamed = []
    for entry in entries:
        before, key = entry.pupil.household, (entry.unit.pk, entry.line.family)
        alone = people[before.pk] == 1
        if key not in homes and alone:
            before.unit, before.code = entry.unit, entry.line.family
            homes[key] = before
            renamed.append(before)
            continue
        if key not in homes:
            homes[key] = Household.objects.create(unit=entry.unit, code=entry.line.family)
        if alone:
            take_along(before, homes[key])
        entry.pupil.household = homes[key]
    Household.objects.bulk_update(renamed, ["unit", "code"], batch_size=BATCH)


def crowd(households: Collection[UUID]) -> Counter[UUID]:
    """How many pupils each household has."""
    counts: Counter[UUID] = Counter()
    for part in chunks(sorted(households)):
        rows = Pupil.objects.filter(household__in=part)
        counts.update(rows.values_list("household_id", flat=True))
    return counts


def take_along(before: Household, after: Household) -> None:
    """The guardians of a household that its only child leaves stand with the child."""
    there = list(after.guardians.values_list("name", flat=True))
    before.guardians.exclude(name__in=there).update(household=after)


def correct(entries: Sequence[Entry]) -> None:
    """Write names, sexes, school numbers and households of pupils on record."""
    columns = {NAME, SEX, PUPIL_NUMBER, FAMILY}
    changed = [entry for entry in entries if columns & entry.changes.keys()]
    for entry in changed:
        number = entry.line.number if PUPIL_NUMBER in entry.changes else ""
        write_facts(entry.pupil, name=entry.line.name, sex=entry.line.sex, number=number)
    upsert([entry.pupil for entry in changed], FACTS)


def seat(entries: Sequence[Entry], day: date) -> None:
    """End the seats that pupils have and open those of the file, on the same day."""
    targets = {entry.pupil.pk: entry.unit.pk for entry in entries if not entry.is_new}
    for part in chunks(sorted(targets)):
        rows = ClassMembership.objects.reaching(day).filter(pupil__in=part)
        seats = list(rows.select_related("school_class").order_by("pk"))
        inside = [row for row in seats if row.school_class.unit_id == targets[row.pupil_id]]
        end_seats(inside, day, End.MOVED_CLASS)
        end_seats([row for row in seats if row not in inside], day, End.MOVED_SCHOOL)
    ClassMembership.objects.bulk_create(
        [
            ClassMembership(pupil=entry.pupil, school_class=entry.school_class, starts_on=day)
            for entry in entries
        ],
        batch_size=BATCH,
    )
    events.publish_all(
        PupilMoved(entry.pupil.pk, entry.school_class.pk, entry.unit.pk, day)
        for entry in entries
        if not entry.is_new
    )


def add_guardians(entries: Sequence[Entry]) -> None:
    """Add the guardians that households lack, and correct the phones of those that they have."""
    households = {entry.pupil.household_id for entry in entries}
    standing: dict[tuple[UUID, str], Guardian] = {}
    for part in chunks(sorted(households)):
        rows = Guardian.objects.filter(household__in=part)
        standing |= {(row.household_id, row.name): row for row in rows}
    made: list[Guardian] = []
    corrected: dict[UUID, Guardian] = {}
    for entry in entries:
        line, home = entry.line, entry.pupil.household
        guardian = standing.get((home.pk, line.guardian))
        if guardian is None:
            guardian = new_guardian(home, name=line.guardian, phone=line.phone)
            standing[home.pk, line.guardian] = guardian
            made.append(guardian)
        elif line.phone and guardian.phone_index != index_of(line.phone, PHONE):
            guardian.phone, guardian.phone_index = line.phone, index_of(line.phone, PHONE)
            if not guardian._state.adding:
                corrected[guardian.pk] = guardian
    Guardian.objects.bulk_create(made, batch_size=BATCH)
    upsert(list(corrected.values()), ["phone", "phone_index"])
