"""A mentor's pupils in the order in which they are due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from core import clock
from mentoring.models import (
    CareCadence,
    Contact,
    ContactKind,
    ContactPupil,
    MentorAssignment,
    Outcome,
)
from mentoring.rules.due import Due, Seen, due_after, effective_on, window_of, windows
from mentoring.rules.grace import begun_anew, shortened
from mentoring.selectors.instances import rules_on
from schools.models import ClassMembership
from schools.permissions import scope_of
from schools.selectors import stopped_days


@dataclass(frozen=True, slots=True)
class Case:
    """One pupil of a mentor: school, class, how often to be seen, the last contact, and when it
    is due."""

    pupil_id: UUID
    unit_path: str
    name: str
    school_class: str
    household_id: UUID
    cadence_days: int
    last_kind: str
    last_outcome: str
    last_at: datetime | None
    due: Due

    @property
    def last_kind_text(self) -> str:
        """How the last contact was made, in words."""
        return str(ContactKind(self.last_kind).label) if self.last_kind else ""

    @property
    def last_outcome_text(self) -> str:
        """What came of the last contact, in words."""
        return str(Outcome(self.last_outcome).label) if self.last_outcome else ""

    @property
    def is_overdue(self) -> bool:
        """Whether the window is over."""
        return self.due.overdue_days > 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What a window of these pupils depends on, read at once."""

    default_days: int
    seats: dict[UUID, list[ClassMembership]]
    pairs: dict[UUID, list[MentorAssignment]]
    cadences: dict[UUID, list[CareCadence]]
    contacts: dict[UUID, list[Contact]]
    stopped: set[date]


def caseload_for(*, viewer: Any) -> list[Case]:
    """The viewer's own pupils today, the longest overdue first; empty for who mentors nobody.

    Who has left the school of the pair is not among them, though the pair may still stand.

    Nine queries, whatever the number of pupils.
    """
    teacher, today = scope_of(viewer).teacher, clock.today()
    if teacher is None:
        return []
    own = MentorAssignment.objects.on(today).filter(mentor=teacher)
    pairs = list(own.select_related("pupil", "unit"))
    if not pairs:
        return []
    known = _known([pair.pupil_id for pair in pairs], today)
    here = [pair for pair in pairs if _seat_of(pair, known, today)]
    cases = [_case(pair, known, today) for pair in here]
    return sorted(cases, key=lambda case: (case.due.on, case.school_class, case.name))


def overdue_among(pairs: list[MentorAssignment], today: date) -> int:
    """How many pupils of these pairs should have been contacted before today. Seven queries."""
    if not pairs:
        return 0
    known = _known([pair.pupil_id for pair in pairs], today)
    return sum(_due(pair.pupil_id, known, today).overdue_days > 0 for pair in pairs)


def _known(pupils: list[UUID], today: date) -> _Known:
    pairs = _by_pupil(MentorAssignment.objects.reaching(date.min), pupils, today)
    seats = ClassMembership.objects.reaching(date.min).select_related("school_class")
    first = min(row.starts_on for rows in pairs.values() for row in rows)
    return _Known(
        default_days=rules_on(today).cadence_days,
        seats=_by_pupil(seats, pupils, today),
        pairs=pairs,
        cadences=_by_pupil(CareCadence.objects.reaching(date.min), pupils, today),
        contacts=_contacts(pupils),
        stopped=stopped_days(first, today + timedelta(days=400)),
    )


def _by_pupil(rows: Any, pupils: list[UUID], today: date) -> dict[UUID, list[Any]]:
    """Dated rows of these pupils that have begun, the oldest first."""
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows.filter(pupil__in=pupils, starts_on__lte=today).order_by("starts_on"):
        found[row.pupil_id].append(row)
    return found


def _seat_of(pair: MentorAssignment, known: _Known, today: date) -> ClassMembership | None:
    """Where the pupil sits today at the school of the pair; None for who has left it."""
    seats = (row for row in known.seats.get(pair.pupil_id, ()) if _holds(row, today))
    return next((row for row in seats if row.school_class.unit_id == pair.unit_id), None)


def _case(pair: MentorAssignment, known: _Known, today: date) -> Case:
    contacts = known.contacts.get(pair.pupil_id, [])
    last = contacts[-1] if contacts else None
    seat = _seat_of(pair, known, today)
    return Case(
        pupil_id=pair.pupil_id,
        unit_path=pair.unit.path,
        name=pair.pupil.name,
        school_class=str(seat.school_class) if seat else "",
        household_id=pair.pupil.household_id,
        cadence_days=_cadence_on(pair.pupil_id, known, today),
        last_kind=last.kind if last else "",
        last_outcome=last.outcome if last else "",
        last_at=last.occurred_at if last else None,
        due=_due(pair.pupil_id, known, today),
    )


def _due(pupil: UUID, known: _Known, today: date) -> Due:
    """The latest end of a window: of a contact, or of the first days after something began anew.

    Where the cadence has changed since such a beginning, the shorter one bounds those days.
    """
    days = _cadence_on(pupil, known, today)
    ends = [
        due_after(
            start - timedelta(days=1),
            min(days, _cadence_on(pupil, known, start)),
            known.stopped,
            today,
        )
        for start in _beginnings(pupil, known)
    ]
    for since, full in windows(_seen(contact) for contact in known.contacts.get(pupil, ())):
        ends.append(due_after(since, window_of(days, full=full), known.stopped, today))
    return max(ends, key=lambda due: due.on)


def _beginnings(pupil: UUID, known: _Known) -> Iterator[date]:
    """Days on which a new mentor or a shortened cadence gave the pupil's window a new start."""
    pairs = known.pairs[pupil]
    yield from begun_anew((str(row.mentor_id), row.starts_on, row.ends_on) for row in pairs)
    cadences = known.cadences.get(pupil, ())
    yield from shortened(
        ((row.days, row.starts_on, row.ends_on) for row in cadences),
        known.default_days,
        lambda day: any(_holds(seat, day) for seat in known.seats.get(pupil, ())),
    )


def _cadence_on(pupil: UUID, known: _Known, day: date) -> int:
    own = (row.days for row in known.cadences.get(pupil, ()) if _holds(row, day))
    return next(own, known.default_days)


def _holds(row: Any, day: date) -> bool:
    return bool(row.starts_on <= day and (row.ends_on is None or day < row.ends_on))


def _seen(contact: Contact) -> Seen:
    since = effective_on(
        clock.civil_date(contact.occurred_at), clock.civil_date(contact.recorded_at)
    )
    return Seen(since, contact.outcome == Outcome.MADE, contact.escalated)


def _contacts(pupils: list[UUID]) -> dict[UUID, list[Contact]]:
    """The contacts of a year with each pupil that count, the oldest first: neither void nor with
    a group, and each once.
    """
    rows = (
        ContactPupil.objects.filter(
            pupil__in=pupils,
            contact__void__isnull=True,
            contact__occurred_at__gte=clock.now() - timedelta(days=400),
        )
        .exclude(contact__kind=ContactKind.GROUP)
        .select_related("contact")
        .order_by("contact__occurred_at", "contact__recorded_at", "contact_id")
    )
    found: defaultdict[UUID, list[Contact]] = defaultdict(list)
    known: set[tuple[Any, ...]] = set()
    for row in rows:
        contact = row.contact
        trace = (row.pupil_id, contact.mentor_id, contact.kind, contact.occurred_at)
        if trace not in known:
            known.add(trace)
            found[row.pupil_id].append(contact)
    return found
