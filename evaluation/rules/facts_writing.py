"""Facts written as the documented JSON, which `facts_file` reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from evaluation.rules.facts import Contact, Facts, Period, PupilFacts


def write_facts(facts: Facts) -> dict[str, Any]:
    """The facts as plain JSON values; people and contacts by their ids."""
    return {
        "term": _period(facts.term),
        "as_of": facts.as_of.isoformat(),
        "allowed_lag_days": facts.allowed_lag_days,
        "default": {"days": facts.default_cadence_days, "weight": facts.default_weight},
        "calendar": {
            "stopped": [_period(period) for period in _stretches(facts.calendar.stopped)],
            "always_runs_days": facts.calendar.always_runs_days,
        },
        "pupils": [_pupil(row) for row in facts.pupils],
        "assignments": [
            {"pupil": row.pupil, "mentor": row.mentor, **_period(row.period)}
            for row in facts.mentorships
        ],
        "contacts": [_contact(row) for row in facts.contacts],
    }


def _pupil(row: PupilFacts) -> dict[str, Any]:
    written = {
        "id": row.id,
        "enrolled": [_period(period) for period in row.enrolled],
        "cadences": [
            {**_period(cadence.period), "days": cadence.days, "weight": cadence.weight}
            for cadence in row.cadences
        ],
        "suspended": [_period(period) for period in row.suspended],
    }
    return written if row.household is None else written | {"household": row.household}


def _contact(row: Contact) -> dict[str, Any]:
    return {
        "id": row.id,
        "mentor": row.mentor,
        "pupils": list(row.pupils),
        "kind": row.kind.value,
        "outcome": row.outcome.value,
        "occurred_at": row.occurred_at.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "escalated": row.escalated,
        "voided": row.voided,
    }


def _period(period: Period) -> dict[str, str | None]:
    end = period.end.isoformat() if period.end else None
    return {"from": period.start.isoformat(), "to": end}


def _stretches(days: Iterable[date]) -> list[Period]:
    """Days as the fewest periods that hold them."""
    found: list[Period] = []
    for day in sorted(days):
        after = day + timedelta(days=1)
        if found and found[-1].end == day:
            found[-1] = Period(found[-1].start, after)
        else:
            found.append(Period(day, after))
    return found
