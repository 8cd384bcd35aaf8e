"""Signals as those read them who must act, and as those above learn that one waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from core import clock
from core.ages import age
from core.errors import Missing
from schools.models import Post, Pupil, Role, Teacher
from wellbeing.models import Acknowledgement, Signal, SignalClosing, Urgency
from wellbeing.permissions import overdue_signals, visible_signals
from wellbeing.rules.escalation import Level
from wellbeing.selectors.closing import ends, waits_for_second
from wellbeing.selectors.ledger import classes_of
from wellbeing.selectors.steps import climbed_to, days_off, words_of


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A signal: about whom, how urgent, since when, and who took it on ("" while nobody has).

    `pupil_name` is empty where the words name nobody, or more than one; `about` are the words.
    `level` is how far it has climbed, None once somebody took it on, and `climbed_to` the same in a
    word, "" at its recipients. `outcome` is how it ended, "" while it has not; `waits_for_second`
    where the owner's finding has yet to be confirmed.
    """

    signal_id: UUID
    unit_name: str
    pupil_name: str
    school_class: str
    about: str
    urgency: str
    urgency_label: str
    raised_at: datetime
    owner: str
    taken_at: datetime | None
    level: Level | None
    climbed_to: str
    outcome: str
    outcome_label: str
    waits_for_second: bool

    @property
    def age(self) -> str:
        """How long ago it was raised."""
        return age(self.raised_at)


@dataclass(frozen=True, slots=True)
class Overdue:
    """That a signal waits in a school, for those above, and whom to call: nothing of what it
    says."""

    unit_id: UUID
    unit_name: str
    heads: tuple[Teacher, ...]
    urgency: str
    urgency_label: str
    raised_at: datetime

    @property
    def age(self) -> str:
        """How long it has been waiting."""
        return age(self.raised_at)


def signals_for(viewer: Any) -> QuerySet[Signal]:
    """The viewer's signals: what nobody took on first, the most urgent and oldest on top; then what
    waits for a second reader; what has ended last.
    """
    urgent = Case(
        *(When(urgency=urgency, then=Value(n)) for n, urgency in enumerate(Urgency.values)),
        output_field=IntegerField(),
    )
    waits = Case(When(acknowledgement=None, then=0), default=1, output_field=IntegerField())
    rows = visible_signals(viewer).select_related("unit", "raised_by", "acknowledgement__by")
    asks = Case(When(waits_for_second(), then=0), default=1, output_field=IntegerField())
    found = Prefetch("closings", SignalClosing.objects.defer("reason"), to_attr="found")
    rows = rows.annotate(has_ended=ends()).prefetch_related(found)
    return rows.order_by(
        waits, "has_ended", asks, "-acknowledgement__created_at", urgent, "created_at", "pk"
    )


def get_signal_for(viewer: Any, signal_id: UUID) -> Signal:
    """A signal that the viewer reads. Raises Missing."""
    signal = signals_for(viewer).filter(pk=signal_id).first()
    if signal is None:
        raise Missing
    return signal


def lines_of(signals: Iterable[Signal]) -> list[SignalLine]:
    """These signals as an inbox shows them, in two queries more, and one or two for those
    that climb by school days."""
    rows = list(signals)
    ids = {signal.pupil_id for signal in rows if signal.pupil_id is not None}
    pupils, seats = Pupil.objects.in_bulk(ids), classes_of(ids)
    by_days = any(_taken(row) is None and row.urgency == Urgency.YELLOW for row in rows)
    stopped = days_off() if by_days else set()
    return [_line(signal, pupils, seats, stopped) for signal in rows]


def waiting_count(viewer: Any) -> int:
    """How many of the viewer's signals nobody took on."""
    return visible_signals(viewer).filter(acknowledgement=None).count()


def overdue_for(viewer: Any) -> list[Overdue]:
    """Signals that wait in a school of the viewer's county or of the bureau, the oldest first.

    The heads of a school stand beside each of its signals, whomever that is about. Two queries.
    """
    rows = list(overdue_signals(viewer).select_related("unit").order_by("created_at", "pk"))
    heads = _heads_of({row.unit_id for row in rows})
    return [
        Overdue(
            row.unit_id,
            row.unit.name,
            tuple(heads[row.unit_id]),
            row.urgency,
            row.get_urgency_display(),
            row.created_at,
        )
        for row in rows
    ]


def _heads_of(units: set[UUID]) -> defaultdict[UUID, list[Teacher]]:
    """The principals of these schools today."""
    found: defaultdict[UUID, list[Teacher]] = defaultdict(list)
    posts = Post.objects.on(clock.today()).filter(unit__in=units, role=Role.PRINCIPAL)
    for post in posts.select_related("teacher").order_by("starts_on", "pk"):
        found[post.unit_id].append(post.teacher)
    return found


def _taken(signal: Signal) -> Acknowledgement | None:
    taken: Acknowledgement | None = getattr(signal, "acknowledgement", None)
    return taken


def _line(
    signal: Signal,
    pupils: dict[UUID, Pupil],
    seats: dict[UUID, str],
    stopped: Container[date],
) -> SignalLine:
    key = signal.pupil_id
    taken, found = _taken(signal), getattr(signal, "found", [])
    end = next((row for row in found if row.is_final), None)
    level = None if taken else climbed_to(signal, stopped)
    return SignalLine(
        signal_id=signal.pk,
        unit_name=signal.unit.name,
        pupil_name=pupils[key].name if key is not None else "",
        school_class=seats.get(key, "") if key is not None else "",
        about=str(signal.about),
        urgency=signal.urgency,
        urgency_label=signal.get_urgency_display(),
        raised_at=signal.created_at,
        owner=taken.by.name if taken else "",
        taken_at=taken.created_at if taken else None,
        level=level,
        climbed_to="" if level is None else words_of(level),
        outcome=end.outcome if end else "",
        outcome_label=end.get_outcome_display() if end else "",
        waits_for_second=bool(found) and end is None,
    )
