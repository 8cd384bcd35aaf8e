"""Puts the page together: which sections somebody sees, by the posts held today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from evaluation.permissions import READERS
from lms.access_log import Filters, Log, read_log
from lms.home import credits, evaluation, learning, mentoring, offices, pupils, wellbeing
from lms.home.parts import Section
from lms.log_reach import OWN_READERS
from mentoring.permissions import PLANNERS
from schools.models import Role
from schools.permissions import OFFICERS, PUPIL_READERS, ROSTER_KEEPERS, scope_of
from wellbeing.permissions import ROOM_ROLES
from wellbeing.selectors.naming import may_raise

LEADERS = (Role.PRINCIPAL, Role.DEPUTY, *OFFICERS)

Maker = Callable[[Any], Section]
DESKS: tuple[tuple[tuple[str, ...], Maker], ...] = (
    (ROOM_ROLES, wellbeing.wellbeing_section),
    (PLANNERS, mentoring.assignment_section),
    (READERS, evaluation.evaluation_section),
    ((Role.REGISTRAR,), offices.registrar_section),
    (ROSTER_KEEPERS, offices.roster_section),
    (OFFICERS, mentoring.figures_section),
    (OFFICERS, evaluation.overview_section),
    (LEADERS, offices.progress_section),
    ((Role.AUDITOR,), offices.audit_section),
    ((Role.EDITOR,), offices.pages_section),
    ((Role.EDITOR,), offices.recordings_section),
)


@dataclass(frozen=True, slots=True)
class Home:
    """Whether a worry may be told, the sections by urgency, and for an auditor the access log."""

    may_raise: bool
    sections: tuple[Section, ...]
    log: Log | None


def home_of(viewer: Any) -> Home:
    """What is due today for this viewer; desks of offices come before the own learning."""
    scope = scope_of(viewer)
    log = read_log(viewer, Filters(), 1) if scope.holds(Role.AUDITOR) else None
    return Home(may_raise=may_raise(viewer), sections=tuple(_sections(viewer)), log=log)


def _sections(viewer: Any) -> Iterator[Section]:
    scope = scope_of(viewer)
    for roles, section_for in DESKS:
        if scope.holds(*roles):
            yield section_for(viewer)
    if scope.teacher is not None:
        yield from mentoring.mentor_sections(viewer)
        yield from evaluation.sheet_sections(viewer)
        if scope.holds(*PUPIL_READERS, Role.CLASS_TEACHER):
            yield pupils.pupils_section(viewer)
        yield learning.learning_section(viewer)
        yield credits.credits_section(viewer)
        yield learning.offers_section(viewer)
    if scope.holds(*OWN_READERS):
        yield offices.log_section(viewer)
