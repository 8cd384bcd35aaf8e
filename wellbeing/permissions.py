"""Who enters the locked room, and whose pupils they reach in it.

Rights come from dated posts and classes only; a superuser is not special. A pupil is reached where
he or she sits today, so that the right goes over with a transfer. Source: docs/features/access.md.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.crypto import key_ring
from schools.models import ClassMembership, ClassTeacher, Pupil, Role
from schools.permissions import paths_q, scope_of
from wellbeing.models import LedgerEntry, Standing
from wellbeing.models.ledger import pupil_index

LEDGER_ROLES: Final = (Role.PSYCHOLOGY_TEACHER, Role.CLASS_TEACHER)
"""Who reads and signs the ledger: the psychology teacher of the school, the class's own teacher."""
ROOM_ROLES: Final = LEDGER_ROLES
"""Who enters the room at all."""


def enters(user: Any) -> bool:
    """Whether the door of the locked room opens; what lies behind is decided row by row."""
    return scope_of(user).holds(*ROOM_ROLES)


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
