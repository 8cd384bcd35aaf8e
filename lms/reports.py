"""Lists behind the figures of the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from core import audit
from courses.models import Enrolment
from courses.selectors.staff import staff_enrolments


def open_learning(*, actor: Any, state: str = "", query: str = "") -> QuerySet[Enrolment]:
    """How far the staff under the actor's posts are (see ``staff_enrolments``); it is traced."""
    rows = staff_enrolments(actor, state, query)
    audit.record(actor, "learning.list", basis="post", rows=rows.count(), searched=bool(query))
    return rows
