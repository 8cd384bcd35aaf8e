"""The documented JSON of facts, read into what the indicators are computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from core.documented_json import Malformed, a_list, an_object, flag, rows, text, whole
from evaluation.rules.facts import (
    SHANGHAI,
    Cadence,
    Calendar,
    Contact,
    Facts,
    Kind,
    Mentorship,
    Outcome,
    Period,
    PupilFacts,
    days_between,
)

LONGEST_DAYS = 3660
"""Ten years: a calendar or a term beyond it is a slip of the pen."""
Word = TypeVar("Word", bound=StrEnum)


def read_facts(data: Any) -> Facts:
    """Read a parsed JSON file. Raises Malformed with the place of the first wrong value."""
    data = an_object(data, "$")
    term = _period(data.get("term"), "term", closed=True)
    assert term.end is not None
    calendar = an_object(data.get("calendar", {}), "calendar")
    default = an_object(data.get("default", {}), "default")
    facts = Facts(
        term=term,
        as_of=_day(data["as_of"], "as_of") if "as_of" in data else term.end,
        calendar=Calendar(
            _stopped(calendar),
            _count(calendar.get("always_runs_days", 0), "calendar.always_runs_days", 0),
        ),
        pupils=tuple(_pupil(row, where) for row, where in rows(data, "pupils")),
        mentorships=tuple(_mentorship(row, where) for row, where in rows(data, "assignments")),
        contacts=tuple(_contact(row, where) for row, where in rows(data, "contacts")),
        allowed_lag_days=_count(data.get("allowed_lag_days", 7), "allowed_lag_days", 0),
        default_cadence_days=_count(default.get("days", 45), "default.days", 1),
        default_weight=_count(default.get("weight", 1), "default.weight", 0),
    )
    _refuse_doubles("pupils", [row.id for row in facts.pupils])
    _refuse_doubles("contacts", [row.id for row in facts.contacts])
    _refuse_overlaps(facts)
    _refuse_far_days(facts)
    return facts


def _stopped(calendar: Mapping[str, Any]) -> frozenset[date]:
    periods = a_list(calendar.get("stopped", []), "calendar.stopped")
    days: set[date] = set()
    for index, row in enumerate(periods):
        period = _period(row, f"calendar.stopped[{index}]", closed=True)
        assert period.end is not None
        days.update(days_between(period.start, period.end))
    return frozenset(days)


def _pupil(row: Mapping[str, Any], where: str) -> PupilFacts:
    household = row.get("household")
    return PupilFacts(
        id=text(row.get("id"), f"{where}.id"),
        enrolled=_periods(row, "enrolled", where),
        cadences=tuple(
            _cadence(an_object(item, f"{where}.cadences[{n}]"), f"{where}.cadences[{n}]")
            for n, item in enumerate(a_list(row.get("cadences", []), f"{where}.cadences"))
        ),
        suspended=_periods(row, "suspended", where),
        household=None if household is None else text(household, f"{where}.household"),
    )


def _cadence(row: Mapping[str, Any], where: str) -> Cadence:
    return Cadence(
        period=_period(row, where),
        days=_count(row.get("days"), f"{where}.days", 1),
        weight=_count(row.get("weight", 1), f"{where}.weight", 0),
    )


def _mentorship(row: Mapping[str, Any], where: str) -> Mentorship:
    return Mentorship(
        pupil=text(row.get("pupil"), f"{where}.pupil"),
        mentor=text(row.get("mentor"), f"{where}.mentor"),
        period=_period(row, where),
    )


def _contact(row: Mapping[str, Any], where: str) -> Contact:
    pupils = a_list(row.get("pupils"), f"{where}.pupils")
    return Contact(
        id=text(row.get("id"), f"{where}.id"),
        mentor=text(row.get("mentor"), f"{where}.mentor"),
        pupils=tuple(text(name, f"{where}.pupils[{n}]") for n, name in enumerate(pupils)),
        kind=_word(Kind, row.get("kind"), f"{where}.kind"),
        outcome=_word(Outcome, row.get("outcome"), f"{where}.outcome"),
        occurred_at=_instant(row.get("occurred_at"), f"{where}.occurred_at"),
        recorded_at=_instant(row.get("recorded_at"), f"{where}.recorded_at"),
        escalated=flag(row.get("escalated", False), f"{where}.escalated"),
        voided=flag(row.get("voided", False), f"{where}.voided"),
    )


def _refuse_doubles(name: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise Malformed(f"{name}: one id twice")


def _refuse_overlaps(facts: Facts) -> None:
    """Two mentors or two cadences of one pupil on one day have no single answer."""
    periods: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for row in facts.mentorships:
        periods["assignments", row.pupil].append(row.period)
    for pupil in facts.pupils:
        periods["cadences", pupil.id] += [row.period for row in pupil.cadences]
    for (name, pupil_id), own in periods.items():
        for earlier, later in pairwise(sorted(own, key=lambda period: period.start)):
            if earlier.end is None or later.start < earlier.end:
                raise Malformed(f"{name}: two at once for {pupil_id}")


def _refuse_far_days(facts: Facts) -> None:
    """Whatever begins more than ten years before the term is a slip of the pen."""
    starts = [("assignments", row.period.start) for row in facts.mentorships]
    starts += [("contacts", row.occurred_on) for row in facts.contacts]
    for pupil in facts.pupils:
        periods = (*pupil.enrolled, *pupil.suspended, *(row.period for row in pupil.cadences))
        starts += [("pupils", period.start) for period in periods]
    for name, start in starts:
        if (facts.term.start - start).days > LONGEST_DAYS:
            raise Malformed(f"{name}: {start.isoformat()}")


def _word(words: type[Word], value: Any, where: str) -> Word:
    try:
        return words(value)
    except ValueError:
        raise Malformed(where) from None


def _count(value: Any, where: str, least: int) -> int:
    return whole(value, where, least, LONGEST_DAYS)


def _periods(row: Mapping[str, Any], name: str, where: str) -> tuple[Period, ...]:
    values = a_list(row.get(name, []), f"{where}.{name}")
    return tuple(_period(value, f"{where}.{name}[{n}]") for n, value in enumerate(values))


def _period(value: Any, where: str, closed: bool = False) -> Period:
    row = an_object(value, where)
    start = _day(row.get("from"), f"{where}.from")
    if row.get("to") is None and not closed:
        return Period(start)
    end = _day(row.get("to"), f"{where}.to")
    if not 0 < (end - start).days <= LONGEST_DAYS:
        raise Malformed(f"{where}.to")
    return Period(start, end)


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(text(value, where))
    except ValueError:
        raise Malformed(where) from None


def _instant(value: Any, where: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text(value, where))
    except ValueError:
        raise Malformed(where) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)
