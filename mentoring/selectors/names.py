"""What the objects of mentoring are called in the access log: identity, for auditors only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from core.trace import Thing, named
from mentoring.models import AssignmentRun, Contact
from schools.models import Role
from schools.permissions import scope_of
from schools.selectors.names import teacher_name

NAMED: Final[dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]]] = {
    "mentoring.assignmentrun": (
        lambda: AssignmentRun.objects.select_related("unit"),
        lambda run: run.unit.name,
    ),
    "mentoring.contact": (
        lambda: Contact.objects.select_related("mentor"),
        lambda contact: teacher_name(contact.mentor),
    ),
}
"""A contact is called by its mentor; with which pupil it was stays with the school."""


def mentoring_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Names of assignments and contacts by kind and id; nothing for anybody but an auditor."""
    return named(NAMED, wanted) if scope_of(viewer).holds(Role.AUDITOR) else {}
