"""Looking at what names pupils: every look leaves a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from core import audit, clock
from mentoring.models import AssignmentRun, RunState
from mentoring.permissions import Reading
from mentoring.selectors.assignments import Gap, gaps_for, get_run_for, seats_of
from mentoring.selectors.caseload import Case, caseload_for
from mentoring.selectors.contacts import Entry, entries_of, get_pupil_to_read
from mentoring.selectors.planning import get_planned_school
from mentoring.services.needs import school_of
from schools.models import Pupil, Unit


@dataclass(frozen=True, slots=True)
class PupilOpened:
    """A pupil as the reader sees them: class, contacts, and for the mentor when contact is due."""

    pupil: Pupil
    school_class: str
    reading: Reading
    entries: list[Entry]
    case: Case | None


@transaction.atomic
def open_run(*, actor: Any, run_id: UUID) -> AssignmentRun:
    """A computed assignment, looked at. While it is computed there is nothing to see yet.

    Raises Missing.
    """
    run = get_run_for(viewer=actor, run_id=run_id)
    if run.state != RunState.COMPUTING:
        audit.record(actor, "mentoring.open_run", run, unit=run.unit)
    return run


@transaction.atomic
def open_gaps(*, actor: Any, unit_key: str | UUID) -> tuple[Unit, list[Gap]]:
    """A school and its pupils who have no mentor today. Raises Missing."""
    unit = get_planned_school(viewer=actor, key=unit_key)
    gaps = gaps_for(viewer=actor, unit=unit)
    audit.record(actor, "mentoring.open_gaps", unit, unit=unit, pupils=len(gaps))
    return unit, gaps


@transaction.atomic
def open_caseload(*, actor: Any) -> list[Case]:
    """The actor's own pupils in the order in which they are due; empty for who mentors nobody."""
    cases = caseload_for(viewer=actor)
    if cases:
        audit.record(actor, "mentoring.open_caseload", basis="mentor", pupils=len(cases))
    return cases


@transaction.atomic
def open_pupil(*, actor: Any, pupil_id: UUID) -> PupilOpened:
    """A pupil's contacts, with the words that the reader may read. Raises Missing."""
    pupil, reading = get_pupil_to_read(viewer=actor, pupil_id=pupil_id)
    entries = entries_of(actor, pupil, reading)
    mine = caseload_for(viewer=actor)
    audit.record(
        actor,
        "mentoring.open_pupil",
        pupil,
        unit=school_of(pupil, clock.today()),
        basis=reading.name.lower(),
        contacts=len(entries),
        words=sum(bool(entry.text) for entry in entries),
    )
    return PupilOpened(
        pupil,
        seats_of([pupil.pk]).get(pupil.pk, ""),
        reading,
        entries,
        next((case for case in mine if case.pupil_id == pupil.pk), None),
    )
