"""Worries in every state and a ledger, made by the room's own services with the clock set back."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.models import User
from core import clock, events
from core.models import OutboxEvent
from demo.rules import people, places
from demo.rules.worries import ENDED_BECAUSE, ENTRIES, FROM_BELOW, UNKNOWN, WORRIES, Listed, Told
from schools.models import ClassMembership, ClassTeacher, Employment, Pupil, Teacher, Unit
from wellbeing import services as wellbeing
from wellbeing.events import CareCadenceSet
from wellbeing.models import LedgerEntry

LONGEST_AGO = timedelta(days=4)


def build_wellbeing(size: places.Size, units: dict[str, Unit], users: dict[str, User]) -> None:
    """Signals and entries of the home school; nothing where its classes are younger than these."""
    pupils = _pupils_of_class(users["classteacher"].teacher)
    if len(pupils) <= max(one.place for one in ENTRIES):
        return
    for number, told in enumerate(WORRIES):
        _tell(told, f"home/{number}", users, users[told.by], pupils)
    _tell_below(size, units, users)
    if not LedgerEntry.objects.filter(unit=units[people.HOME]).exists():
        with transaction.atomic(), clock.frozen(clock.now() - LONGEST_AGO):
            for one in ENTRIES:
                _list(one, users, pupils[one.place])
    _deliver_cadences()


def _pupils_of_class(leader: Teacher) -> list[Pupil]:
    """The pupils of the class that the sign-in leads, who sat there all this time, by pinyin."""
    led = ClassTeacher.objects.on(clock.today()).filter(teacher=leader).values("school_class")
    before = clock.civil_date(clock.now() - LONGEST_AGO)
    seats = ClassMembership.objects.on(before).filter(school_class__in=led)
    return list(Pupil.objects.filter(pk__in=seats.values("pupil")).order_by("pinyin", "pk"))


@transaction.atomic
def _tell(told: Told, key: str, users: dict[str, User], actor: User, pupils: list[Pupil]) -> None:
    told_at = clock.now() - told.ago
    with clock.frozen(told_at):
        signal = wellbeing.raise_signal(
            actor=actor,
            urgency=told.urgency,
            text=told.text,
            submission_key=uuid5(NAMESPACE_URL, f"demo/signal/{key}"),
            pupil=pupils[told.place] if told.place >= 0 else None,
            pupil_name="" if told.place >= 0 else UNKNOWN,
        )
    if told.taken_by:
        with clock.frozen(told_at + told.after):
            wellbeing.acknowledge_signal(actor=users[told.taken_by], signal=signal)
            signal.refresh_from_db()
            if told.found:
                wellbeing.close_signal(
                    actor=users[told.taken_by], signal=signal, outcome="observe", reason=told.found
                )


def _tell_below(size: places.Size, units: dict[str, Unit], users: dict[str, User]) -> None:
    """At the first other school of the home county, by a teacher without a post."""
    codes = [school.code for school in places.schools(size) if school.county == people.COUNTY]
    others = [units[code] for code in codes if code != people.HOME]
    staff = Employment.objects.on(clock.today()).filter(unit__in=others[:1])
    plain = Teacher.objects.filter(employments__in=staff, posts=None).exclude(user=None)
    teacher = plain.select_related("user").order_by("staff_number").first()
    if teacher is not None and teacher.user is not None:
        _tell(FROM_BELOW, "below", users, teacher.user, [])


def _list(one: Listed, users: dict[str, User], pupil: Pupil) -> None:
    """Sign an entry as often as it says, by the two sign-ins of the school."""
    other = "psych" if one.by == "classteacher" else "classteacher"
    entry = wellbeing.propose_entry(
        actor=users[one.by], pupil=pupil, category=one.category, reason=one.reason
    )
    if one.confirmed:
        wellbeing.confirm_entry(actor=users[other], entry=entry)
    if one.ended:
        for name in (one.by, other):
            wellbeing.end_entry(actor=users[name], entry=entry, reason=ENDED_BECAUSE)


def _deliver_cadences() -> None:
    """Let mentors see at once how often these pupils are due, worker or not."""
    waiting = OutboxEvent.objects.filter(
        kind=events.kind_of(CareCadenceSet), delivered_at__isnull=True
    ).order_by("created_at")
    for event_id in waiting.values_list("pk", flat=True):
        events.deliver(event_id)
