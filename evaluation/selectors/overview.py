"""How far the schools of a county or of the bureau are, and what was frozen, in figures only.

Outside its school nobody is named, and figures of fewer than ten mentors are not told. Source:
docs/features/access.md, C2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from core import clock
from core.errors import Missing
from evaluation.models import Freeze, Sheet, SheetLine
from evaluation.permissions import oversees
from evaluation.rules.standing import TermStage
from evaluation.selectors.terms import Standing, evaluated_terms, get_term, standings
from mentoring.selectors.records import mentored_under
from schools.models import Term, Unit, UnitKind
from schools.permissions import OFFICERS, scope_of
from schools.rules.small_counts import SMALLEST_TOLD

TOLD = ("coverage", "covered_days", "required_products")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school in a term; `shares` is None where its figures are not told, `mentors` too."""

    standing: Standing
    mentors: int | None
    shares: dict[str, tuple[int, int]] | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The schools under a unit in a term: how many are how far, and each of them."""

    unit: Unit
    term: Term
    counts: list[tuple[TermStage, int]]
    standings: list[Standing]


def overseen_units(viewer: Any) -> QuerySet[Unit]:
    """The county or the bureau whose schools the viewer oversees."""
    paths = scope_of(viewer).paths(*OFFICERS)
    above = Unit.objects.filter(path__in=paths) if paths else Unit.objects.none()
    return above.exclude(kind=UnitKind.SCHOOL).order_by("path")


def overview_for(*, viewer: Any, unit_id: UUID, term: str) -> Overview:
    """The schools under a unit that the viewer oversees, in a term. Raises Missing."""
    unit = Unit.objects.filter(pk=unit_id).exclude(kind=UnitKind.SCHOOL).first()
    if unit is None or not oversees(viewer, unit):
        raise Missing
    wanted = get_term(term)
    schools = Unit.objects.under(unit).filter(kind=UnitKind.SCHOOL).order_by("path")
    pairs = [pair for pair in evaluated_terms() if pair[0].pk == wanted.pk]
    found = standings(list(schools), pairs)
    stages = [one.stage for one in found]
    counts = [(stage, stages.count(stage)) for stage in TermStage if stage in stages]
    return Overview(unit, wanted, counts, found)


def rows_of(shown: Sequence[Standing]) -> list[SchoolRow]:
    """These schools with the figures that may be told: frozen, and of ten mentors or more."""
    frozen = {
        one.evaluation.pk for one in shown if one.evaluation and one.stage == TermStage.FROZEN
    }
    mentors = _mentors(frozen)
    shares = _shares(key for key, number in mentors.items() if number >= SMALLEST_TOLD)
    return [
        SchoolRow(
            one,
            mentors.get(one.evaluation.pk)
            if one.evaluation and one.evaluation.pk in shares
            else None,
            shares.get(one.evaluation.pk) if one.evaluation else None,
        )
        for one in shown
    ]


@dataclass(frozen=True, slots=True)
class LastTerm:
    """How many of the schools under a unit that mentored in the last term have frozen it."""

    unit: Unit
    term: Term
    frozen: int
    schools: int


def last_term_of(viewer: Any) -> list[LastTerm]:
    """The last term that is over, for each unit that the viewer oversees."""
    over = [term for term, _scheme in evaluated_terms() if term.ends_on <= clock.today()]
    if not over:
        return []
    return [
        LastTerm(
            unit,
            over[0],
            Freeze.objects.filter(
                term=over[0], evaluation__unit__path__startswith=unit.path
            ).count(),
            len(mentored_under(unit.path, over[0])),
        )
        for unit in overseen_units(viewer)
    ]


def _mentors(evaluations: Iterable[UUID]) -> dict[UUID, int]:
    rows = Sheet.objects.filter(evaluation__in=set(evaluations), mentor__isnull=False)
    return dict(rows.order_by().values_list("evaluation").annotate(number=Count("pk")))


def _shares(evaluations: Iterable[UUID]) -> dict[UUID, dict[str, tuple[int, int]]]:
    """The school's own coverage, and what its mentors did together, by evaluation."""
    rows = SheetLine.objects.filter(
        Q(code="coverage", sheet__mentor__isnull=True)
        | Q(code__in=TOLD, sheet__mentor__isnull=False),
        sheet__evaluation__in=set(evaluations),
    )
    sums = rows.order_by().values_list("sheet__evaluation", "code")
    found: dict[UUID, dict[str, tuple[int, int]]] = {}
    for key, code, part, whole in sums.annotate(part=Sum("numerator"), whole=Sum("denominator")):
        found.setdefault(key, {})[code] = (part, whole)
    return found
