"""Who enters the locked room, and whose pupils they reach in it.

Rights come from dated posts and classes only; a superuser is not special. A pupil is reached where
he or she sits today, so that the right goes over with a transfer. Source: docs/features/access.md.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core import clock
from core.crypto import key_ring
from schools.models import ClassMembership, ClassTeacher, Post, Pupil, Role, Teacher, Unit
from schools.permissions import paths_q, scope_of
from schools.selectors import stopped_days
from wellbeing.models import LedgerEntry, Signal, SignalKept, SignalRecipient, Standing
from wellbeing.models.ledger import pupil_index
from wellbeing.models.signals import kept_index
from wellbeing.rules.escalation import (
    CLIMBS,
    FARTHEST_BACK,
    RED,
    YELLOW,
    Level,
    climbed_at,
    climbed_on,
)

LEDGER_ROLES: Final = (Role.PSYCHOLOGY_TEACHER, Role.CLASS_TEACHER)
"""Who reads and signs the ledger: the psychology teacher of the school, the class's own teacher."""
LEADS: Final = (Role.DEPUTY, Role.PRINCIPAL)
"""Who has every red signal of the school before them, and the others once they have climbed."""
ABOVE: Final = {Role.COUNTY_OFFICER: Level.COUNTY, Role.BUREAU_OFFICER: Level.BUREAU}
"""Who is told that a signal waits in a school, and nothing of what it says."""
SIGNAL_ROLES: Final = (Role.PSYCHOLOGY_TEACHER, *LEADS, *ABOVE)
ROOM_ROLES: Final = (*LEDGER_ROLES, *LEADS, *ABOVE)
"""Who enters the room at all."""


def enters(user: Any) -> bool:
    """Whether the door of the locked room opens; what lies behind is decided row by row."""
    return scope_of(user).holds(*ROOM_ROLES)


def reads_signals(user: Any) -> bool:
    """Whether signals of some school may be before the user."""
    return scope_of(user).holds(*SIGNAL_ROLES)


def keeps_ledger(user: Any) -> bool:
    """Whether the user reads and signs the ledger of some class or school."""
    return scope_of(user).holds(*LEDGER_ROLES)


def watches_from_above(user: Any) -> bool:
    """Whether signals climb to the user's county or to the bureau."""
    return scope_of(user).holds(*ABOVE)


def pupils_of_school(user: Any) -> QuerySet[Pupil]:
    """Pupils who sit today in a school whose psychology teacher the user is."""
    seats = ClassMembership.objects.on(clock.today()).filter(
        paths_q("school_class__unit__path", scope_of(user).paths(Role.PSYCHOLOGY_TEACHER)),
        pupil=OuterRef("pk"),
    )
    return Pupil.objects.filter(Exists(seats))


def pupils_of_class(user: Any) -> QuerySet[Pupil]:
    """Pupils who sit today in a class that the user leads and holds the post for."""
    scope, today = scope_of(user), clock.today()
    led = ClassTeacher.objects.on(today).filter(
        paths_q("school_class__unit__path", scope.paths(Role.CLASS_TEACHER)), teacher=scope.teacher
    )
    seats = ClassMembership.objects.on(today).filter(
        pupil=OuterRef("pk"), school_class__in=led.values("school_class")
    )
    return Pupil.objects.filter(Exists(seats))


def pupils_in_reach(user: Any) -> QuerySet[Pupil]:
    """Pupils whose ledger the user reads and signs."""
    in_school, in_class = pupils_of_school(user).values("pk"), pupils_of_class(user).values("pk")
    return Pupil.objects.filter(Q(pk__in=in_school) | Q(pk__in=in_class))


def standings_towards(user: Any, pupil_id: Any) -> frozenset[str]:
    """As what the user may sign for this pupil; empty for everybody else."""
    held = {
        Standing.PSYCHOLOGY_TEACHER: pupils_of_school(user),
        Standing.CLASS_TEACHER: pupils_of_class(user),
    }
    return frozenset(
        standing.value for standing, pupils in held.items() if pupils.filter(pk=pupil_id).exists()
    )


def visible_entries(user: Any) -> QuerySet[LedgerEntry]:
    """Entries, open and closed, of the pupils in reach."""
    ring = key_ring()
    reach = pupils_in_reach(user).values_list("pk", flat=True)
    return LedgerEntry.objects.filter(pupil_index__in=[pupil_index(key, ring) for key in reach])


def can_view_entry(user: Any, entry: LedgerEntry) -> bool:
    """Whether the entry is among the user's visible ones."""
    return pupils_in_reach(user).filter(pk=entry.pupil_id).exists()


def visible_signals(user: Any) -> QuerySet[Signal]:
    """Signals that the user reads: of the school whose psychology teacher the user is, those
    addressed to or taken on by the user, and for heads of the school the red ones and those that
    climbed to them. Never one that names the user.
    """
    scope = scope_of(user)
    if scope.teacher is None or not scope.holds(*SIGNAL_ROLES):
        return Signal.objects.none()
    addressed = SignalRecipient.objects.filter(signal=OuterRef("pk"), teacher=scope.teacher)
    own = Q(Exists(addressed)) | Q(acknowledgement__by=scope.teacher)
    led = paths_q("unit__path", scope.paths(*LEADS))
    climbed = Q(urgency=RED) | _waits_at(Level.SCHOOL_LEAD) | _had_climbed(Level.SCHOOL_LEAD)
    return _not_kept_from(scope.teacher).filter(
        paths_q("unit__path", scope.paths(Role.PSYCHOLOGY_TEACHER))
        | (own & paths_q("unit__path", scope.paths(*SIGNAL_ROLES)))
        | (led & climbed)
    )


def signals_of_headed_schools(user: Any) -> QuerySet[Signal]:
    """Signals of the schools that the user heads, read or not; never one that names the user."""
    scope = scope_of(user)
    if scope.teacher is None:
        return Signal.objects.none()
    return _not_kept_from(scope.teacher).filter(paths_q("unit__path", scope.paths(*LEADS)))


def can_view_signal(user: Any, signal: Signal) -> bool:
    """Whether the signal is among the user's visible ones."""
    return visible_signals(user).filter(pk=signal.pk).exists()


def heads_of(unit: Unit) -> QuerySet[Post, UUID]:
    """The keys of those who head a school today."""
    held = Post.objects.on(clock.today()).filter(unit__code__in=unit.ancestor_codes)
    return held.filter(role__in=LEADS).values_list("teacher_id", flat=True)


def knows_reporter(user: Any, signal: Signal) -> bool:
    """Whether the user is told who raised a signal: the psychology teacher of its school, and
    where no other psychology teacher of the school has it before them, whoever took it on.
    """
    scope = scope_of(user)
    if scope.covers(signal.unit.path, Role.PSYCHOLOGY_TEACHER):
        return True
    taken = getattr(signal, "acknowledgement", None)
    is_owner = scope.teacher is not None and taken is not None and taken.by_id == scope.teacher.pk
    return is_owner and not _has_psychologist(signal)


def _has_psychologist(signal: Signal) -> bool:
    """Whether a psychology teacher of the school can read the signal, other than who raised it."""
    held = Post.objects.on(clock.today()).filter(
        role=Role.PSYCHOLOGY_TEACHER,
        unit__code__in=signal.unit.ancestor_codes,
        teacher__user__is_active=True,
    )
    others = held.exclude(teacher=signal.raised_by_id).values_list("teacher_id", flat=True)
    kept = set(signal.kept_from.values_list("teacher_index", flat=True))
    return any(kept_index(key) not in kept for key in others)


def overdue_signals(user: Any) -> QuerySet[Signal]:
    """Signals that nobody took on and that have climbed to the user's county or to the bureau.

    Of these the user learns the school, the urgency and since when, nothing else. What was
    addressed to the user stands among the visible ones.
    """
    scope = scope_of(user)
    if scope.teacher is None:
        return Signal.objects.none()
    condition = Q(pk__in=[])
    for role, level in ABOVE.items():
        if scope.holds(role):
            condition |= paths_q("unit__path", scope.paths(role)) & _waits_at(level)
    addressed = visible_signals(user).values("pk")
    return _not_kept_from(scope.teacher).filter(condition).exclude(pk__in=addressed)


def _not_kept_from(teacher: Teacher) -> QuerySet[Signal]:
    kept = SignalKept.objects.filter(signal=OuterRef("pk"), teacher_index=kept_index(teacher.pk))
    return Signal.objects.filter(~Exists(kept))


def _waits_at(level: Level) -> Q:
    """Signals that nobody took on and that have climbed to a level by now."""
    now, today = clock.now(), clock.today()
    climbed = Q(pk__in=[])
    for urgency in CLIMBS:
        since = climbed_at(urgency, level, now)
        climbed |= Q(urgency=urgency, created_at__lte=since)
    stopped = stopped_days(today - timedelta(days=FARTHEST_BACK), today)
    last = climbed_on(level, today, stopped)
    if last is not None:
        ended = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
        climbed |= Q(urgency=YELLOW, created_at__lt=ended)
    return climbed & Q(acknowledgement=None)


def _had_climbed(level: Level) -> Q:
    """Red and orange signals that had climbed to a level before somebody took them on."""
    climbed = Q(pk__in=[])
    for urgency, waits in CLIMBS.items():
        taken = F("created_at") + waits[level]
        climbed |= Q(urgency=urgency, acknowledgement__created_at__gte=taken)
    return climbed
