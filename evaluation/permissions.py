"""Who sees and decides about sheets: each mentor the own one, the head of the school all of it.

Rights come from dated posts only; a superuser is not special. Source: docs/features/access.md, C2.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from evaluation.models import Objection, Sheet, TermEvaluation
from schools.models import Role, Unit
from schools.permissions import OFFICERS, paths_q, scope_of

READERS: Final = (Role.PRINCIPAL, Role.DEPUTY, Role.SCHOOL_ADMIN)
"""Who reads the sheets of a school and has them computed."""
ANNOUNCERS: Final = (Role.PRINCIPAL, Role.DEPUTY)
"""Who puts sheets on notice, and answers objections to them."""
FREEZERS: Final = (Role.PRINCIPAL,)
"""Who freezes them."""


def sets_scheme(user: Any) -> bool:
    """Whether the user publishes versions of the evaluation scheme."""
    return scope_of(user).holds(Role.BUREAU_OFFICER)


def oversees(user: Any, unit: Unit) -> bool:
    """Whether the user sees how far the schools under this unit are."""
    return scope_of(user).covers(unit.path, *OFFICERS)


def reads_in(user: Any, unit: Unit) -> bool:
    """Whether the user reads the sheets of this school."""
    return unit.is_school and scope_of(user).covers(unit.path, *READERS)


def announces_in(user: Any, unit: Unit) -> bool:
    """Whether the user puts sheets of this school on notice."""
    return unit.is_school and scope_of(user).covers(unit.path, *ANNOUNCERS)


def freezes_in(user: Any, unit: Unit) -> bool:
    """Whether the user freezes sheets of this school."""
    return unit.is_school and scope_of(user).covers(unit.path, *FREEZERS)


def visible_evaluations(user: Any) -> QuerySet[TermEvaluation]:
    """Terms of the schools whose sheets the user reads."""
    paths = scope_of(user).paths(*READERS)
    return TermEvaluation.objects.filter(paths_q("unit__path", paths), unit__kind="school")


def can_view_evaluation(user: Any, evaluation: TermEvaluation) -> bool:
    """Whether the term is among the user's visible ones."""
    return reads_in(user, evaluation.unit)


def visible_sheets(user: Any) -> QuerySet[Sheet]:
    """One's own sheets, and those of the schools that one reads."""
    scope = scope_of(user)
    if scope.teacher is None:
        return Sheet.objects.none()
    of_schools = paths_q("evaluation__unit__path", scope.paths(*READERS))
    return Sheet.objects.filter(
        Q(mentor=scope.teacher) | of_schools & Q(evaluation__unit__kind="school")
    )


def can_view_sheet(user: Any, sheet: Sheet) -> bool:
    """Whether the sheet is among the user's visible ones."""
    own = scope_of(user).teacher
    is_own = own is not None and sheet.mentor_id == own.pk
    return is_own or reads_in(user, sheet.evaluation.unit)


def objects_to(user: Any, sheet: Sheet) -> bool:
    """Whether the user objects to numbers of this sheet: the mentor whose it is."""
    own = scope_of(user).teacher
    return own is not None and sheet.mentor_id == own.pk


def visible_objections(user: Any) -> QuerySet[Objection]:
    """One's own objections, and those that the user answers."""
    scope = scope_of(user)
    if scope.teacher is None:
        return Objection.objects.none()
    of_schools = paths_q("announcement__evaluation__unit__path", scope.paths(*ANNOUNCERS))
    return Objection.objects.filter(
        Q(mentor=scope.teacher) | of_schools & Q(announcement__evaluation__unit__kind="school")
    )


def can_view_objection(user: Any, objection: Objection) -> bool:
    """Whether the objection is among the user's visible ones."""
    return is_own_objection(user, objection) or answers_objection(user, objection)


def is_own_objection(user: Any, objection: Objection) -> bool:
    """Whether the user raised it."""
    own = scope_of(user).teacher
    return own is not None and objection.mentor_id == own.pk


def answers_objection(user: Any, objection: Objection) -> bool:
    """Whether the user holds the post that answers it."""
    return announces_in(user, objection.announcement.evaluation.unit)
