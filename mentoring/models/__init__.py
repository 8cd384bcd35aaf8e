"""Rules, needs, computed assignments, who is whose mentor, and their contacts."""

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
from mentoring.models.needs import CareCadence, Conflict, MentorLimit, Supervision, Wish
from mentoring.models.rulesets import RuleSet

__all__ = [
    "Amendment",
    "AssignmentRun",
    "CareCadence",
    "Conflict",
    "Contact",
    "ContactKind",
    "ContactPupil",
    "ContactText",
    "ContactVoid",
    "MentorAssignment",
    "MentorLimit",
    "Outcome",
    "ProposedPair",
    "RuleSet",
    "RunState",
    "Supervision",
    "Wish",
]
