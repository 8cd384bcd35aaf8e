"""Rules, needs, computed assignments, who is whose mentor, and their contacts and handovers."""

from mentoring.models.assignments import AssignmentRun, MentorAssignment, ProposedPair, RunState
from mentoring.models.contacts import (
    Amendment,
    Contact,
    ContactKind,
    ContactPupil,
    ContactText,
    ContactVoid,
    Outcome,
)
from mentoring.models.figures import SchoolFigures
from mentoring.models.handovers import OPEN, Handover, HandoverBrief, HandoverState
from mentoring.models.needs import CareCadence, Conflict, MentorLimit, Supervision, Wish
from mentoring.models.rulesets import RuleSet

__all__ = [
    "OPEN",
    "Amendment",
    "AssignmentRun",
    "CareCadence",
    "Conflict",
    "Contact",
    "ContactKind",
    "ContactPupil",
    "ContactText",
    "ContactVoid",
    "Handover",
    "HandoverBrief",
    "HandoverState",
    "MentorAssignment",
    "MentorLimit",
    "Outcome",
    "ProposedPair",
    "RuleSet",
    "RunState",
    "SchoolFigures",
    "Supervision",
    "Wish",
]
