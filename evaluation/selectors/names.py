"""What the objects of evaluation are called in the access log: identity, for auditors only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from core.trace import Thing, named
from evaluation.models import Objection, Sheet, TermEvaluation
from schools.models import Role
from schools.permissions import scope_of
from schools.selectors.names import teacher_name


def _sheet_name(sheet: Sheet) -> str:
    return teacher_name(sheet.mentor) if sheet.mentor else str(sheet.evaluation)


NAMED: Final[dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]]] = {
    "evaluation.termevaluation": (
        lambda: TermEvaluation.objects.select_related("unit", "term"),
        str,
    ),
    "evaluation.sheet": (
        lambda: Sheet.objects.select_related("mentor", "evaluation__unit", "evaluation__term"),
        _sheet_name,
    ),
    "evaluation.objection": (
        lambda: Objection.objects.select_related("mentor"),
        lambda objection: teacher_name(objection.mentor),
    ),
}
"""A sheet and an objection are called by their mentor: what they say is content."""


def evaluation_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Names of evaluated terms, sheets and objections; nothing for anybody but an auditor."""
    return named(NAMED, wanted) if scope_of(viewer).holds(Role.AUDITOR) else {}
