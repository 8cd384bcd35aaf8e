"""Rules, needs, computed assignments, and who is whose mentor."""

from mentoring.models.assignments import AssignmentRun, MentorAssignment, ProposedPair, RunState
from mentoring.models.needs import CareCadence, Conflict, MentorLimit, Wish
from mentoring.models.rulesets import RuleSet

__all__ = [
    "AssignmentRun",
    "CareCadence",
    "Conflict",
    "MentorAssignment",
    "MentorLimit",
    "ProposedPair",
    "RuleSet",
    "RunState",
    "Wish",
]
