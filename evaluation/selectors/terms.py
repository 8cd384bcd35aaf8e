"""A school's terms: how far each is, and the sheets of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core import clock
from core.errors import Missing
from core.models import Job, JobState
from evaluation.models import Announcement, Freeze, Scheme, Sheet, SheetLine, TermEvaluation
from evaluation.permissions import READERS, reads_in, visible_evaluations
from evaluation.rules.standing import Progress, TermStage, stage_of
from evaluation.selectors.objections import unanswered_objections
from evaluation.selectors.reading import own_sheets
from evaluation.selectors.wording import STAGES
from mentoring.selectors.records import mentored_in
from schools.models import Term, Unit, UnitKind
from schools.permissions import paths_q, scope_of
from schools.selectors.staff import unit_called

RECENT_TERMS, PRESENT_AND_LAST = 6, 2


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a school's term is; `notice` is that of the figures which stand now, `unanswered` the
    number of objections that wait for an answer.
    """

    unit: Unit
    term: Term
    scheme: Scheme
    evaluation: TermEvaluation | None
    job: Job | None
    notice: Announcement | None
    freeze: Freeze | None
    stage: TermStage
    unanswered: int = 0

    @property
    def words(self) -> str:
        """The stage as a person reads it."""
        return str(STAGES[self.stage])

    @property
    def has_sheets(self) -> bool:
        """Whether there is something to read."""
        return self.evaluation is not None and bool(self.evaluation.sha256)


def read_schools(viewer: Any) -> QuerySet[Unit]:
    """The schools whose sheets the viewer reads."""
    paths = scope_of(viewer).paths(*READERS)
    return Unit.objects.filter(paths_q("path", paths), kind=UnitKind.SCHOOL).order_by("path")


def get_school_for(*, viewer: Any, unit_id: UUID) -> Unit:
    """A school whose sheets the viewer reads. Raises Missing."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not reads_in(viewer, unit):
        raise Missing
    return unit


def get_school_named(*, viewer: Any, key: str) -> Unit:
    """A school, by id or code, whose sheets the viewer reads. Raises Missing."""
    found = unit_called(read_schools(viewer), key)
    if found is None:
        raise Missing
    return found


def asked_terms(*, viewer: Any, term: str = "") -> list[Standing]:
    """What was evaluated of the schools that the viewer reads, newest term first; of one term
    where it is named.
    """
    wanted = [row for row in evaluated_terms() if row[0].code == term] if term else recent_terms()
    found = standings(list(read_schools(viewer)), wanted)
    order = {one.pk: place for place, (one, _scheme) in enumerate(wanted)}
    return sorted(
        (one for one in found if one.evaluation is not None),
        key=lambda one: (order[one.term.pk], one.unit.code),
    )


def waiting_terms(viewer: Any) -> list[Standing]:
    """The present and the last term of the schools that the viewer reads, where there were
    mentors; the earlier one first.
    """
    units, latest = list(read_schools(viewer)), evaluated_terms()[:PRESENT_AND_LAST]
    mentored = {(unit, term.pk) for term, _one in latest for unit in mentored_in(units, term)}
    found = standings(units, latest[::-1])
    return [one for one in found if (one.unit.pk, one.term.pk) in mentored]


def own_recent(viewer: Any) -> list[tuple[Sheet, Standing]]:
    """The viewer's own sheets of the present and the last term, newest first, with how far each
    term is.
    """
    latest = evaluated_terms()[:PRESENT_AND_LAST]
    figures = SheetLine.objects.defer("pupils", "rows", "excluded")
    sheets = own_sheets(viewer).filter(evaluation__term__in=[term.pk for term, _one in latest])
    found = list(sheets.prefetch_related(Prefetch("lines", figures)))
    units = {sheet.evaluation.unit_id: sheet.evaluation.unit for sheet in found}
    by_row = {
        one.evaluation.pk: one
        for one in standings(list(units.values()), latest)
        if one.evaluation is not None
    }
    return [
        (sheet, by_row[sheet.evaluation_id]) for sheet in found if sheet.evaluation_id in by_row
    ]


def evaluation_by_id(*, viewer: Any, evaluation_id: UUID) -> TermEvaluation:
    """What was evaluated of a school's term that the viewer reads. Raises Missing."""
    rows = visible_evaluations(viewer).select_related("unit", "term", "scheme")
    row = rows.filter(pk=evaluation_id).first()
    if row is None:
        raise Missing
    return row


def standing_by_id(*, viewer: Any, evaluation_id: UUID) -> Standing:
    """How far a school's term is that the viewer reads. Raises Missing."""
    return standing_of_sheets(evaluation_by_id(viewer=viewer, evaluation_id=evaluation_id))


def get_evaluation_for(*, viewer: Any, unit_id: UUID, term: str) -> TermEvaluation:
    """What has been evaluated of a school's term that the viewer reads. Raises Missing."""
    row = standing_of(get_school_for(viewer=viewer, unit_id=unit_id), get_term(term)).evaluation
    if row is None:
        raise Missing
    return row


def get_term(code: str) -> Term:
    """A term that has begun and that a scheme is in force for. Raises Missing."""
    term = next((term for term, _scheme in evaluated_terms() if term.code == code), None)
    if term is None:
        raise Missing
    return term


def evaluated_terms() -> list[tuple[Term, Scheme]]:
    """The terms that have begun, newest first, each with the scheme in force when it began."""
    begun = Term.objects.filter(starts_on__lte=clock.today()).order_by("-starts_on")
    schemes = list(Scheme.objects.order_by("-starts_on", "-version"))
    found = (
        (term, next((one for one in schemes if one.starts_on <= term.starts_on), None))
        for term in begun
    )
    return [(term, scheme) for term, scheme in found if scheme is not None]


def recent_terms() -> list[tuple[Term, Scheme]]:
    """The latest of them, those of three school years."""
    return evaluated_terms()[:RECENT_TERMS]


def standing_of(unit: Unit, term: Term) -> Standing:
    """How far one term of a school is. Raises Missing where no scheme is in force."""
    scheme = next((scheme for one, scheme in evaluated_terms() if one.pk == term.pk), None)
    if scheme is None:
        raise Missing
    return standings([unit], [(term, scheme)])[0]


def standing_of_sheets(row: TermEvaluation) -> Standing:
    """How far these sheets are, whichever scheme they follow."""
    return standings([row.unit], [(row.term, row.scheme)])[0]


def superseded_by(row: TermEvaluation) -> Scheme | None:
    """The scheme that decides about the term where these sheets follow another: the one under which
    it was frozen, else the one in force."""
    freezes = Freeze.objects.filter(unit=row.unit, term=row.term).defer("document")
    freeze = freezes.select_related("evaluation__scheme").first()
    if freeze is not None:
        decides: Scheme | None = freeze.evaluation.scheme
    else:
        decides = next((one for term, one in evaluated_terms() if term.pk == row.term_id), None)
    return decides if decides != row.scheme else None


def notice_taking_objections(row: TermEvaluation) -> Announcement | None:
    """The notice of these very figures while it takes objections; None where it is over, where
    they were frozen, or where sheets under another scheme decide about the term.
    """
    notice: Announcement | None = row.announcements.filter(sha256=row.sha256).first()
    if notice is None or not notice.takes_objections_on(clock.today()):
        return None
    frozen = Freeze.objects.filter(evaluation=row).exists()
    return None if frozen or superseded_by(row) is not None else notice


def standings(units: Sequence[Unit], terms: Sequence[tuple[Term, Scheme]]) -> list[Standing]:
    """How far each term of each school is, school by school. Five queries."""
    mentors = Sheet.objects.filter(evaluation=OuterRef("pk"), mentor__isnull=False)
    rows = {
        (row.unit_id, row.term_id, row.scheme_id): row
        for row in TermEvaluation.objects.filter(
            unit__in=[unit.pk for unit in units], term__in=[term.pk for term, _scheme in terms]
        ).annotate(judges_mentors=Exists(mentors))
    }
    keys = [row.pk for row in rows.values()]
    found = _Decisions(
        notices=_by_evaluation(Announcement.objects.filter(evaluation__in=keys)),
        freezes=_by_evaluation(Freeze.objects.defer("document").filter(evaluation__in=keys)),
        unanswered=unanswered_objections(
            [unit.pk for unit in units], [term.pk for term, _scheme in terms]
        ),
        jobs=Job.objects.in_bulk([row.job_id for row in rows.values() if row.job_id]),
    )
    return [
        _standing(unit, term, scheme, rows.get((unit.pk, term.pk, scheme.pk)), found)
        for unit in units
        for term, scheme in terms
    ]


@dataclass(frozen=True, slots=True)
class _Decisions:
    """What was decided about evaluations, what waits, and the jobs that compute them."""

    notices: dict[UUID, list[Announcement]]
    freezes: dict[UUID, list[Freeze]]
    unanswered: dict[tuple[UUID, UUID], int]
    jobs: dict[UUID, Job]


def _standing(
    unit: Unit, term: Term, scheme: Scheme, row: TermEvaluation | None, found: _Decisions
) -> Standing:
    if row is None:
        return Standing(unit, term, scheme, None, None, None, None, TermStage.NONE)
    job = found.jobs.get(row.job_id) if row.job_id else None
    notices, freezes = found.notices.get(row.pk, []), found.freezes.get(row.pk, [])
    waiting = found.unanswered.get((unit.pk, term.pk), 0)
    notice = next((one for one in notices if row.sha256 and one.sha256 == row.sha256), None)
    progress = Progress(
        computed=bool(row.sha256),
        at_work=job is not None and _is_at_work(job),
        failed=job is not None and job.state == JobState.FAILED,
        is_stale=row.is_stale,
        as_of=row.as_of,
        notice_until=notice.open_until if notice else None,
        others_announced=bool(notices),
        frozen=bool(freezes),
        unanswered=bool(waiting),
        nobody_mentored=not row.judges_mentors,  # type: ignore[attr-defined]
    )
    stage = stage_of(progress, term.ends_on, clock.today())
    freeze = next(iter(freezes), None)
    return Standing(unit, term, scheme, row, job, notice, freeze, stage, waiting)


def _is_at_work(job: Job) -> bool:
    """Whether a worker makes the sheets now or as soon as it can; not one that waits a little."""
    return job.state == JobState.RUNNING or (
        job.state == JobState.QUEUED and job.due_at <= clock.now()
    )


def _by_evaluation(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.evaluation_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A mentor's sheet with its figures by indicator."""

    sheet: Sheet
    figures: dict[str, SheetLine]

    def share(self, code: str) -> float:
        """A ratio to sort by; what is not due comes last."""
        line = self.figures.get(code)
        value = line.value if line else None
        return -1.0 if value is None else value


def sheets_of(evaluation: TermEvaluation) -> list[SheetShown]:
    """The sheets of a school's term, the school's own first, then by name. Two queries."""
    figures = SheetLine.objects.defer("pupils", "rows", "excluded")
    rows = evaluation.sheets.select_related("mentor").prefetch_related(Prefetch("lines", figures))
    shown = [SheetShown(row, {line.code: line for line in row.lines.all()}) for row in rows]
    return sorted(shown, key=lambda one: one.sheet.mentor.pinyin if one.sheet.mentor else "")


SORTS: dict[str, Any] = {
    "name": lambda one: one.sheet.mentor.pinyin,
    "quality": lambda one: -1 if one.sheet.quality is None else one.sheet.quality,
    "covered_days": lambda one: one.share("covered_days"),
    "required_products": lambda one: one.share("required_products"),
    "late_entries": lambda one: -one.share("late_entries"),
    "workload": lambda one: -one.share("workload"),
}
"""What a list of sheets is put in order by; what needs a look stands first."""


def arranged(shown: list[SheetShown], sort: str, band: str) -> list[SheetShown]:
    """Mentors' sheets, of one band where one is named, in an order; by name where none is known."""
    rows = [one for one in shown if one.sheet.mentor and band in ("", one.sheet.band)]
    return sorted(sorted(rows, key=SORTS["name"]), key=SORTS.get(sort, SORTS["name"]))


def bands_of(shown: list[SheetShown]) -> list[tuple[str, str, int]]:
    """How many mentors' sheets are in each band: its code, its word, the number."""
    found = [one.sheet.band for one in shown if one.sheet.mentor]
    return [(band.value, str(band.label), found.count(band.value)) for band in Sheet.Band]
