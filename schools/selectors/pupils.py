"""Pupils as their schools and class teachers look at them; every read takes the viewer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts.rules import masked_phone
from core import clock, crypto
from core.errors import Missing
from schools.models import ClassMembership, Guardian, Household, Pupil, SchoolClass, Unit
from schools.permissions import (
    can_view_pupil,
    keeps_pupils,
    reads_contacts,
    visible_pupils,
)
from schools.rules.names import clean_name
from schools.rules.pupils import masked_number

NUMBER, PHONE = "schools_pupil:number", "schools_guardian:phone"
"""The places of the blind indexes. Source: docs/decisions/0043."""


@dataclass(frozen=True, slots=True)
class GuardianShown:
    """A guardian with the ends of the phone, or "" where there is none to show."""

    id: UUID
    name: str
    relation: str
    phone: str


def index_of(text: str, place: str) -> str:
    """The blind index of a cleaned value at a place; "" for no value."""
    return crypto.blind_index(text, place) if text else ""


def pupils_for(viewer: Any, query: str = "") -> QuerySet[Pupil]:
    """The viewer's pupils, by pinyin, each with `seats` of today.

    `query` is part of a name, or the beginning of pinyin or initials, or a whole school number.
    """
    seats = ClassMembership.objects.on(clock.today()).select_related("school_class__unit")
    found = visible_pupils(viewer).filter(pupil_q(query))
    return found.prefetch_related(Prefetch("memberships", seats, to_attr="seats")).order_by(
        "pinyin", "pk"
    )


def pupils_in(viewer: Any, school_class: SchoolClass, query: str = "") -> QuerySet[Pupil]:
    """The viewer's pupils who sit in the class today."""
    here = ClassMembership.objects.on(clock.today()).filter(school_class=school_class)
    return pupils_for(viewer, query).filter(pk__in=here.values("pupil"))


def pupil_q(query: str) -> Q:
    """A condition on pupils from what somebody typed to find one; nothing typed matches all."""
    name = clean_name(query)[:60]
    if not name:
        return Q()
    letters = "".join(name.lower().split())
    return (
        Q(name__contains=name)
        | Q(pinyin__startswith=letters)
        | Q(initials__startswith=letters)
        | Q(number_index=index_of(letters.upper(), NUMBER))
    )


def get_pupil_for(viewer: Any, pupil_id: UUID) -> Pupil:
    """A pupil whom the viewer may see. Raises Missing."""
    pupil = Pupil.objects.select_related("household").filter(pk=pupil_id).first()
    if pupil is None or not can_view_pupil(viewer, pupil):
        raise Missing
    return pupil


def kept_pupil(viewer: Any, pupil_id: UUID) -> Pupil:
    """A pupil of a school whose pupils the viewer keeps. Raises Missing."""
    pupil = get_pupil_for(viewer, pupil_id)
    if not keeps_pupils(viewer, school_of(pupil)):
        raise Missing
    return pupil


def seat_of(pupil: Pupil) -> ClassMembership:
    """The membership by which the pupil belongs to a school: today's, else the next, else the last.

    One that was a mistake moves no record: it counts only where there is no other.
    Raises ClassMembership.DoesNotExist for a pupil who has never been given a class.
    """
    seats = ClassMembership.objects.filter(pupil=pupil).select_related("school_class__unit")
    reaching: ClassMembership | None = seats.reaching(clock.today()).order_by("starts_on").first()
    if reaching is not None:
        return reaching
    last = seats.lasting().order_by("starts_on", "created_at").last()
    seat: ClassMembership = last or seats.latest("starts_on", "created_at")
    return seat


def school_of(pupil: Pupil) -> Unit:
    """The school that keeps the pupil's record."""
    return seat_of(pupil).school_class.unit


def seats_of(pupil: Pupil) -> QuerySet[ClassMembership]:
    """Every class the pupil has sat in, latest first."""
    return pupil.memberships.select_related("school_class__unit").order_by("-starts_on")


def siblings_for(viewer: Any, pupil: Pupil) -> QuerySet[Pupil]:
    """Other children of the household whom the viewer may see."""
    return visible_pupils(viewer).filter(household=pupil.household_id).exclude(pk=pupil.pk)


def contacts_for(viewer: Any, pupil: Pupil) -> list[GuardianShown]:
    """The guardians with masked phones; nothing for whom the numbers are none of their business."""
    if not reads_contacts(viewer, pupil, school_of(pupil)):
        return []
    return [
        GuardianShown(
            id=guardian.pk,
            name=guardian.name,
            relation=guardian.relation,
            phone=masked_phone(guardian.phone),
        )
        for guardian in Guardian.objects.filter(household=pupil.household_id)
    ]


def number_for(viewer: Any, pupil: Pupil) -> str:
    """The last signs of the school number; "" where there is none to show."""
    allowed = reads_contacts(viewer, pupil, school_of(pupil))
    return masked_number(pupil.number or "") if allowed else ""


def guardian_of(pupil: Pupil, guardian_id: UUID) -> Guardian:
    """A guardian of the pupil's household. Raises Missing."""
    found = Guardian.objects.filter(pk=guardian_id, household=pupil.household_id).first()
    if found is None:
        raise Missing
    return found


def mark_of(guardian: Guardian) -> str:
    """A mark that tells this state of a guardian's record from every other; it reveals nothing."""
    told = (str(guardian.pk), guardian.name, guardian.relation, guardian.phone_index)
    return crypto.blind_index(json.dumps(told), "schools_guardian:mark")


def mark_of_home(household: Household, pupils: Iterable[Pupil]) -> str:
    """A mark that tells a household of this code with these pupils from every other."""
    told = (str(household.pk), household.code, *sorted(str(pupil.pk) for pupil in pupils))
    return crypto.blind_index(json.dumps(told), "schools_household:mark")
