"""Objections to figures on notice, as a viewer may read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from core.errors import Missing
from evaluation.models import Objection, ObjectionAnswer, Outcome, Sheet, TermEvaluation
from evaluation.permissions import visible_objections
from evaluation.selectors.wording import NAMES, value_in_words
from schools.permissions import scope_of

UNANSWERED = "to_answer"


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection without its words: what it is about, and how far it is."""

    objection: Objection
    answer: ObjectionAnswer | None

    @property
    def name(self) -> Any:
        """The indicator that it is about."""
        return NAMES[self.objection.indicator]

    @property
    def value(self) -> str:
        """The number as it was when the objection was raised."""
        row = self.objection
        return value_in_words(row.indicator, row.numerator, row.denominator)

    @property
    def state(self) -> str:
        """Its outcome, or that it waits."""
        return self.answer.outcome if self.answer else UNANSWERED


def shown(objection: Objection) -> ObjectionShown:
    """An objection as its page tells it."""
    return ObjectionShown(objection, getattr(objection, "answer", None))


def is_withdrawn(objection: Objection) -> bool:
    """Whether who raised it took it back."""
    return ObjectionAnswer.objects.filter(objection=objection, outcome=Outcome.WITHDRAWN).exists()


def unanswered_objections(
    units: Collection[UUID], terms: Collection[UUID]
) -> dict[tuple[UUID, UUID], int]:
    """How many objections wait for an answer, by school and term, under whatever scheme they were
    raised; those without are left out.
    """
    return _counted(
        Objection.objects.filter(
            announcement__evaluation__unit__in=units, announcement__evaluation__term__in=terms
        )
    )


def own_unanswered(viewer: Any) -> dict[tuple[UUID, UUID], int]:
    """The same of those that the viewer raised, in whatever school and term."""
    own = scope_of(viewer).teacher
    return _counted(Objection.objects.filter(mentor=own)) if own is not None else {}


def _counted(rows: QuerySet[Objection]) -> dict[tuple[UUID, UUID], int]:
    of_term = "announcement__evaluation__unit", "announcement__evaluation__term"
    waiting = rows.filter(answer__isnull=True).order_by()
    counted = waiting.values_list(*of_term).annotate(Count("pk"))
    return {(unit, term): count for unit, term, count in counted}


def objections_of_term(viewer: Any, evaluation: TermEvaluation) -> list[ObjectionShown]:
    """Those of a school's term that the viewer may read, the unanswered first. One query."""
    return sorted(map(shown, _of_term(viewer, evaluation)), key=lambda one: one.answer is not None)


def objections_of_sheet(viewer: Any, sheet: Sheet) -> list[ObjectionShown]:
    """Those of the sheet's mentor that the viewer may read, in the order of raising."""
    if sheet.mentor_id is None:
        return []
    return [shown(row) for row in _of_term(viewer, sheet.evaluation).filter(mentor=sheet.mentor_id)]


def own_objections(viewer: Any) -> list[ObjectionShown]:
    """Those that the viewer raised, newest first, also where the sheet is no more. One query."""
    own = scope_of(viewer).teacher
    rows = _visible(viewer).filter(mentor=own).order_by("-created_at", "pk") if own else ()
    return [shown(row) for row in rows]


def objected_indicators(sheet: Sheet, notice: Any) -> set[str]:
    """The numbers of a sheet that this notice has an objection to."""
    rows = Objection.objects.filter(announcement=notice, mentor=sheet.mentor_id)
    return set(rows.values_list("indicator", flat=True))


def raised_now(sheet: Sheet, indicator: str) -> Objection | None:
    """The objection to this number under the latest notice, if there is one."""
    notice = sheet.evaluation.announcements.order_by("created_at").last()
    rows = Objection.objects.filter(announcement=notice, mentor=sheet.mentor_id)
    return rows.filter(indicator=indicator).first() if notice else None


def get_objection_for(*, viewer: Any, objection_id: UUID) -> Objection:
    """An objection that the viewer may read. Raises Missing."""
    row = _visible(viewer).filter(pk=objection_id).first()
    if row is None:
        raise Missing
    return row


def get_own_objection(*, viewer: Any, objection_id: UUID) -> Objection:
    """An objection that the viewer raised. Raises Missing."""
    row = get_objection_for(viewer=viewer, objection_id=objection_id)
    if row.mentor_id != getattr(scope_of(viewer).teacher, "pk", None):
        raise Missing
    return row


def _of_term(viewer: Any, evaluation: TermEvaluation) -> QuerySet[Objection]:
    rows = _visible(viewer).filter(announcement__evaluation__unit=evaluation.unit_id)
    return rows.filter(announcement__evaluation__term=evaluation.term_id)


def _visible(viewer: Any) -> QuerySet[Objection]:
    related = ("mentor", "answer__by", "announcement__evaluation__unit")
    rows = visible_objections(viewer).select_related(*related)
    return rows.select_related("announcement__evaluation__term", "announcement__evaluation__scheme")
