"""Which rows of the access log somebody reads, by the posts held today.

An auditor reads all of it. Who leads or administers a school reads what happened there, a
psychology teacher who looked at the pupils of the school; counties and the bureau read nothing.
Deeds of the locked room are the auditor's alone: that somebody read a signal may say whom it names.
Source: docs/features/access.md, C18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from core.trace import Reach
from lms import deeds
from schools.models import Role
from schools.permissions import scope_of
from schools.selectors.names import paths_below

LEADERS: Final = (Role.PRINCIPAL, Role.DEPUTY, Role.SCHOOL_ADMIN)
OWN_READERS: Final = (*LEADERS, Role.PSYCHOLOGY_TEACHER)
LOCKED: Final = ("wellbeing.", "demo.", "audit.")
LOOKS_AT_PUPILS: Final = frozenset(
    {
        *("pupil.list", "pupil.number", "pupil.phone", "pupil.view"),
        *("mentoring.open_caseload", "mentoring.open_pupil", "mentoring.open_run"),
        *("mentoring.open_gaps", "mentoring.open_handover", "mentoring.open_mentor"),
        *("evaluation.open_rows", "roster.view", "roster.download"),
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody may read of the log: all of it, or some deeds in some units."""

    is_whole: bool
    reaches: tuple[Reach, ...] = ()

    def verbs(self, recorded: set[str]) -> set[str]:
        """Those of the recorded deeds that can be asked for."""
        if self.is_whole:
            return recorded
        return recorded & {verb for reach in self.reaches for verb in reach.verbs}


def reading_of(viewer: Any) -> Reading:
    """What the viewer may read today; nothing without a post that reads the log."""
    scope = scope_of(viewer)
    if scope.holds(Role.AUDITOR):
        return Reading(is_whole=True)
    open_deeds = frozenset(verb for verb in deeds.WORDS if not verb.startswith(LOCKED))
    led = Reach(paths_below(scope.paths(*LEADERS)), open_deeds)
    cared = Reach(paths_below(scope.paths(Role.PSYCHOLOGY_TEACHER)), LOOKS_AT_PUPILS)
    return Reading(is_whole=False, reaches=tuple(row for row in (led, cared) if row.paths))
