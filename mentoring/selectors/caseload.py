"""A mentor's pupils in the order in which they are due."""

from __future__ import annotations

from collections import defaultdict
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
from mentoring.selectors.instances import rules_on
from schools.models import ClassMembership
from schools.permissions import scope_of
from schools.selectors import stopped_days


@dataclass(frozen=True, slots=True)
class Case:
    """One pupil of a mentor: class, how often to be seen, the last contact, and when it is due."""

    pupil_id: UUID
    name: str
    school_class: str
    household_id: UUID
    cadence_days: int
    last_kind: str
    last_outcome: str
    last_at: datetime | None
    due: Due

    @property
    def is_overdue(self) -> bool:
        """Whether the window is over."""
        return self.due.overdue_days > 0


def caseload_for(*, viewer: Any) -> list[Case]:
    """The viewer's own pupils today, the longest overdue first; empty for who mentors nobody.

    Eight queries, whatever the number of pupils.
    """
    teacher, today = scope_of(viewer).teacher, clock.today()
    if teacher is None:
        return []
    pairs = list(MentorAssignment.objects.on(today).filter(mentor=teacher).select_related("pupil"))
    if not pairs:
        return []
    pupils = [pair.pupil_id for pair in pairs]
    rules = rules_on(today)
    cadences = dict(
        CareCadence.objects.on(today).filter(pupil__in=pupils).values_list("pupil_id", "days")
    )
    seats = {
        seat.pupil_id: str(seat.school_class)
        for seat in ClassMembership.objects.on(today)
        .filter(pupil__in=pupils)
        .select_related("school_class")
    }
    contacts = _contacts(pupils)
    stopped = stopped_days(min(pair.starts_on for pair in pairs), today + timedelta(days=400))
    cases = []
    for pair in pairs:
        days = cadences.get(pair.pupil_id, rules.cadence_days)
        known = contacts.get(pair.pupil_id, [])
        last = known[-1] if known else None
        cases.append(
            Case(
                pupil_id=pair.pupil_id,
                name=pair.pupil.name,
                school_class=seats.get(pair.pupil_id, ""),
                household_id=pair.pupil.household_id,
                cadence_days=days,
                last_kind=last.kind if last else "",
                last_outcome=last.outcome if last else "",
                last_at=last.occurred_at if last else None,
                due=_due(pair, known, days, stopped, today),
            )
        )
    return sorted(cases, key=lambda case: (case.due.on, case.school_class, case.name))


def _due(
    pair: MentorAssignment, contacts: list[Contact], days: int, stopped: set[date], today: date
) -> Due:
    """The latest end of a window: of a contact, or of the first days after the pair began."""
    ends = [due_after(pair.starts_on - timedelta(days=1), days, stopped, today)]
    for since, full in windows(_seen(contact) for contact in contacts):
        ends.append(due_after(since, window_of(days, full=full), stopped, today))
    return max(ends, key=lambda due: due.on)


def _seen(contact: Contact) -> Seen:
    since = effective_on(
        clock.civil_date(contact.occurred_at), clock.civil_date(contact.recorded_at)
    )
    return Seen(since, contact.outcome == Outcome.MADE, contact.escalated)


def _contacts(pupils: list[UUID]) -> dict[UUID, list[Contact]]:
    """The contacts of a year with each pupil that count, the oldest first: neither void nor with
    a group.
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
    for row in rows:
        found[row.pupil_id].append(row.contact)
    return found
