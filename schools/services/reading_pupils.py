"""Looks at pupils: each leaves who looked at whom, by what right, and for a number also why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import Invalid, Missing
from schools.models import Pupil, SchoolClass, Unit
from schools.permissions import PUPIL_READERS, reads_contacts, scope_of
from schools.selectors.classes import get_class_for, names_pupils_of
from schools.selectors.pupils import (
    get_pupil_for,
    guardian_of,
    pupils_in,
    school_of,
)
from schools.services.reading import require_few_reveals


class RevealPurpose(models.TextChoices):
    """What a whole number may be looked at for."""

    CONTACT = "contact_guardian", _("联系监护人")
    URGENT = "urgent_contact", _("紧急联系")
    CHECK = "pupil_check", _("核对学生信息")


def open_class(
    *, actor: Any, class_id: UUID, query: str = ""
) -> tuple[SchoolClass, QuerySet[Pupil]]:
    """A class and the pupils of it whom the actor may know by name; the look at them is traced.

    Who may know the class only gets no pupils, and leaves no trace. Raises Missing.
    """
    school_class = get_class_for(actor, class_id)
    if not names_pupils_of(actor, school_class):
        return school_class, Pupil.objects.none()
    found = pupils_in(actor, school_class, query)
    unit = school_class.unit
    audit.record(
        actor,
        "pupil.list",
        school_class,
        unit_path=unit.path,
        basis=basis_of(actor, unit),
        rows=found.count(),
        searched=bool(query),
    )
    return school_class, found


def open_pupil(*, actor: Any, pupil_id: UUID) -> Pupil:
    """The record of a pupil; the look is traced. Raises Missing."""
    pupil = get_pupil_for(actor, pupil_id)
    trace(actor, "pupil.view", pupil)
    return pupil


@transaction.atomic
def reveal_guardian_phone(*, actor: Any, pupil_id: UUID, guardian_id: UUID, purpose: str) -> str:
    """The whole phone of a guardian, "" where none is on record; the look is traced with its why.

    Raises Missing, Invalid without a purpose, Throttled beyond 100 numbers in 24 hours.
    """
    pupil = asked_for(actor, pupil_id, purpose)
    guardian = guardian_of(pupil, guardian_id)
    require_few_reveals(actor)
    trace(actor, "pupil.phone", pupil, purpose=purpose, guardian=guardian.pk)
    return guardian.phone or ""


@transaction.atomic
def reveal_number(*, actor: Any, pupil_id: UUID, purpose: str) -> str:
    """The whole school number of a pupil, "" where there is none; otherwise as a phone."""
    pupil = asked_for(actor, pupil_id, purpose)
    require_few_reveals(actor)
    trace(actor, "pupil.number", pupil, purpose=purpose)
    return pupil.number or ""


def asked_for(actor: Any, pupil_id: UUID, purpose: str) -> Pupil:
    """A pupil whose numbers the actor may ask for. Raises Missing, Invalid without a purpose."""
    pupil = get_pupil_for(actor, pupil_id)
    if not reads_contacts(actor, pupil, school_of(pupil)):
        raise Missing
    if purpose not in RevealPurpose.values:
        raise Invalid(fields={"purpose": _("请选择查看的用途。")})
    return pupil


def basis_of(actor: Any, unit: Unit) -> str:
    """By what right somebody knows the pupils of a school: a post in it, or leading the class."""
    return "post" if scope_of(actor).covers(unit.path, *PUPIL_READERS) else "class"


def trace(actor: Any, verb: str, pupil: Pupil, *, purpose: str = "", **detail: Any) -> None:
    """Leave the trace of a look at a pupil, under the school that keeps the record."""
    unit = school_of(pupil)
    basis = basis_of(actor, unit)
    audit.record(actor, verb, pupil, unit_path=unit.path, purpose=purpose, basis=basis, **detail)
