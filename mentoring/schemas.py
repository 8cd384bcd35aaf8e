"""Shapes of mentoring's API; names and states as the contracts write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from core.api import AskedPage
from mentoring.models import AssignmentRun, ContactKind, Outcome, RunState
from mentoring.selectors.caseload import Case
from mentoring.selectors.wording import shortage_in_words
from wellbeing.models import Urgency
from wellbeing.services.signals import LONGEST_NAME

MOST_PUPILS = 200


class RunIn(Schema):
    school: str = Field(max_length=40, description="学校代码或编号")
    term: str = Field(max_length=40, description="学期代码")


class AssignmentStartedOut(Schema):
    id: UUID
    job: UUID | None
    state: RunState


class PublicationIn(Schema):
    reason: str = Field(max_length=1000)


class LackOut(Schema):
    """Who lacks what; pupils and mentors are counted, never named."""

    binds: str
    pupils: int
    mentors: int
    places: int
    short: int


class RepairOut(Schema):
    """A way out: places by mentor, and how many pupils are supervised or left over."""

    price: int
    extra_places: dict[str, int]
    supervised: int
    without: int


class ShortageOut(Schema):
    unplaced: int
    text: list[str]
    lacks: list[LackOut]
    repairs: list[RepairOut]


class ProofOut(Schema):
    objective: int
    nodes: int
    arcs: int
    rounds: int
    prices_sha256: str
    instance_sha256: str
    solution_sha256: str


class AssignmentRunOut(Schema):
    id: UUID
    job: UUID | None
    school: str
    term: str
    state: RunState
    pupils: int
    mentors: int
    objective: int | None
    moves: int | None
    max_load: int | None
    certificate: ProofOut | None
    shortage: ShortageOut | None
    published_at: datetime | None


class PupilsAsked(AskedPage):
    """Which of the own pupils are asked for."""

    due: str = Field("", pattern="^(|1|0|true|false)$", description="只列今天该联系或已逾期的学生")


class PupilOut(Schema):
    id: UUID
    name: str
    school_class: str
    due_on: date
    overdue_days: int
    last_contact_at: datetime | None


class PupilPage(Schema):
    count: int
    next: str | None
    results: list[PupilOut]


class CheckInIn(Schema):
    pupils: list[UUID] = Field(min_length=1, max_length=MOST_PUPILS)
    kind: ContactKind
    outcome: Outcome
    occurred_at: datetime
    text: str = Field("", max_length=2000)
    worried: bool = Field(False, description="担心这些学生；内容只交给接手的人")
    urgency: Urgency = Field(Urgency.ORANGE, description="有多急，仅在 worried 时有用")
    names: str = Field("", max_length=LONGEST_NAME, description="牵涉的成年人，他们不会收到")


class CheckInOut(Schema):
    id: UUID
    recorded_at: datetime


class DraftKeyOut(Schema):
    """`owner` marks whose draft it is without naming anybody; `key` is 32 bytes in base64."""

    owner: str
    key: str


class AmendmentIn(Schema):
    text: str = Field(max_length=2000)
    reason: str = Field(max_length=1000)


class AmendmentOut(Schema):
    id: UUID


def run_out(run: AssignmentRun) -> dict[str, Any]:
    """A run as the API tells it."""
    return {
        "id": run.pk,
        "job": run.job_id,
        "school": run.unit.code,
        "term": run.term.code,
        "state": run.state,
        "pupils": len(run.instance.get("pupils", ())),
        "mentors": len(run.instance.get("mentors", ())),
        "objective": run.objective,
        "moves": run.moves,
        "max_load": run.max_load,
        "certificate": run.certificate or None,
        "shortage": _shortage(run) if run.shortage else None,
        "published_at": run.published_at,
    }


def _shortage(run: AssignmentRun) -> dict[str, Any]:
    return {
        "unplaced": run.shortage["unplaced"],
        "text": shortage_in_words(run.shortage),
        "lacks": [
            row | {"pupils": len(row["pupils"]), "mentors": len(row["mentors"])}
            for row in run.shortage["lacks"]
        ],
        "repairs": [
            row | {"supervised": len(row["supervised"]), "without": len(row["without"])}
            for row in run.shortage["repairs"]
        ],
    }


def pupil_out(case: Case) -> dict[str, Any]:
    """A pupil of the own caseload."""
    return {
        "id": case.pupil_id,
        "name": case.name,
        "school_class": case.school_class,
        "due_on": case.due.on,
        "overdue_days": case.due.overdue_days,
        "last_contact_at": case.last_at,
    }
