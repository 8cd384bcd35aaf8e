"""Whom somebody means who may look nobody up: matched here, and never told back."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from core import clock
from core.errors import Missing
from schools.models import ClassMembership, Employment, Post, Pupil, Teacher, Unit
from schools.permissions import led_classes, scope_of, visible_pupils
from schools.rules.names import clean_name
from schools.selectors import current_unit_of
from wellbeing.rules.recipients import FIRST, SECOND, Candidate

CLASS_NUMBER: Final = re.compile(r"(\d{1,2})\s*[)）]?\s*班")


def may_raise(user: Any) -> bool:
    """Whether the user works at a school today, and so raises a signal in it."""
    own = scope_of(user).teacher
    unit = current_unit_of(own) if own else None
    return unit is not None and unit.is_school


def pupils_to_name(user: Any) -> list[tuple[UUID, str]]:
    """The pupils of the classes that the user leads, each with name and class; nobody else is
    offered a list.
    """
    seats = ClassMembership.objects.on(clock.today()).filter(school_class__in=led_classes(user))
    named = seats.select_related("pupil", "school_class").order_by("school_class", "pupil__pinyin")
    return [(seat.pupil_id, f"{seat.pupil.name}（{seat.school_class}）") for seat in named]


def get_pupil_to_name(user: Any, pupil_id: UUID) -> Pupil:
    """A pupil whom the user sees anyway. Raises Missing."""
    pupil = visible_pupils(user).filter(pk=pupil_id).first()
    if pupil is None:
        raise Missing
    return pupil


def pupil_called(unit: Unit, name: str, class_name: str) -> UUID | None:
    """The one pupil of the school whom name and class mean; None for nobody or for namesakes."""
    seats = ClassMembership.objects.on(clock.today()).filter(
        school_class__unit=unit, pupil__name=clean_name(name)
    )
    found = list(seats.select_related("school_class")[:20])
    if len(found) > 1:
        number = CLASS_NUMBER.search(class_name)
        wanted = int(number[1]) if number else None
        found = [seat for seat in found if seat.school_class.number == wanted]
    return found[0].pupil_id if len(found) == 1 else None


def staff_named(unit: Unit, words: str) -> set[UUID]:
    """Everybody who works in the school or holds a post over it and whose name is in the words.

    Namesakes are all among them.
    """
    said = "".join(clean_name(words).split())
    if not said:
        return set()
    today = clock.today()
    works = Employment.objects.on(today).filter(unit=unit).values("teacher")
    holds = Post.objects.on(today).filter(unit__code__in=unit.ancestor_codes).values("teacher")
    people = Teacher.objects.filter(Q(pk__in=works) | Q(pk__in=holds))
    return {key for key, name in people.values_list("pk", "name") if "".join(name.split()) in said}


def candidates(unit: Unit) -> list[Candidate]:
    """Who may be addressed about a pupil of the school: posts of today, with a working sign-in."""
    held = Post.objects.on(clock.today()).filter(
        role__in=[*FIRST, *SECOND],
        unit__code__in=unit.ancestor_codes,
        teacher__user__is_active=True,
    )
    named = held.order_by("-unit__path", "starts_on", "teacher__staff_number")
    return [Candidate(key, role) for key, role in named.values_list("teacher_id", "role")]
