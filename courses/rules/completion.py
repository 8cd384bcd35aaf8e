"""Completion rules as data, and their evaluation with an explanation.

A rule is a tree of three kinds of nodes:
`{"lesson": "<id>"}`, `{"all": [node, …]}` and `{"at_least": n, "of": [node, …]}`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

Node: TypeAlias = Mapping[str, Any]
T = TypeVar("T")
MAX_DEPTH = 8


class RuleMalformed(ValueError):
    """The data is not a completion rule."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one enrolment: completed lessons, per cent by lesson, and lessons no
    longer offered.
    """

    done: frozenset[UUID]
    percents: Mapping[UUID, int]
    withdrawn: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node's verdict: met or not, its whole per cent, and the verdicts of its parts."""

    kind: str
    met: bool
    percent: int
    lesson: UUID | None = None
    needed: int = 0
    parts: tuple["Explanation", ...] = ()

    def missing(self) -> tuple[UUID, ...]:
        """List the lessons that still stand between the person and this node, in the rule's
        order.
        """
        if self.met:
            return ()
        if self.lesson is not None:
            return (self.lesson,)
        return tuple(lesson for part in self.parts for lesson in part.missing())


def rule_of_lessons(lessons: Iterable[UUID]) -> dict[str, Any]:
    """Write the rule that asks for all of these lessons."""
    return {"all": [{"lesson": str(lesson)} for lesson in lessons]}


def lessons_of(rule: Node) -> tuple[UUID, ...]:
    """List the lessons that a rule names, in its order."""
    if "lesson" in rule:
        return (UUID(rule["lesson"]),)
    return tuple(lesson for part in _parts(rule) for lesson in lessons_of(part))


def check_rule(rule: object, depth: int = 0) -> None:
    """Raise RuleMalformed unless the data is a rule that can be evaluated."""
    if not isinstance(rule, Mapping) or depth > MAX_DEPTH:
        raise RuleMalformed("not a node")
    if set(rule) == {"lesson"}:
        _check_lesson(rule["lesson"])
        return
    if set(rule) not in ({"all"}, {"at_least", "of"}):
        raise RuleMalformed("unknown node")
    parts = _parts(rule)
    if not isinstance(parts, list) or not parts:
        raise RuleMalformed("a node without parts")
    if "of" in rule and not _is_count(rule["at_least"], len(parts)):
        raise RuleMalformed("asks for more parts than there are")
    for part in parts:
        check_rule(part, depth + 1)


def evaluate(rule: Node, facts: Facts) -> Explanation:
    """Judge the facts by the rule and say why.

    A lesson that is no longer offered and was not completed falls out of the rule; one that was
    completed still counts. A rule of which nothing is left is met by whoever completed any lesson.
    """
    judged = _judge(rule, facts)
    if judged is None:
        met = bool(facts.done)
        return Explanation("all", met, 100 if met else 0)
    return judged


def best(verdicts: Iterable[tuple[T, Explanation]]) -> tuple[T, Explanation]:
    """Choose the kindest of several rules' verdicts; of equals the first, so a later rule binds
    only where it is easier.
    """
    return max(verdicts, key=lambda judged: (judged[1].met, judged[1].percent))


def digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 over canonical JSON, as 64 hexadecimal digits."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def completion_digest(lessons: Mapping[UUID, str], rule: Node) -> str:
    """Stand for what completed a course: each lesson with the digest of its evidence, and the
    rule that they meet.
    """
    done = {str(lesson): evidence for lesson, evidence in lessons.items()}
    return digest({"lessons": done, "rule": rule, "percent": 100})


def _judge(rule: Node, facts: Facts) -> Explanation | None:
    if "lesson" in rule:
        return _judge_lesson(UUID(rule["lesson"]), facts)
    judged = [_judge(part, facts) for part in _parts(rule)]
    parts = tuple(part for part in judged if part is not None)
    if not parts:
        return None
    if "all" in rule:
        return _weighed("all", parts, len(parts))
    return _weighed("at_least", parts, min(rule["at_least"], len(parts)))


def _judge_lesson(lesson: UUID, facts: Facts) -> Explanation | None:
    if lesson in facts.done:
        return Explanation("lesson", True, 100, lesson)
    if lesson in facts.withdrawn:
        return None
    return Explanation("lesson", False, min(99, facts.percents.get(lesson, 0)), lesson)


def _weighed(kind: str, parts: tuple[Explanation, ...], needed: int) -> Explanation:
    met = sum(part.met for part in parts) >= needed
    furthest = sorted((part.percent for part in parts), reverse=True)[:needed]
    percent = 100 if met else min(99, sum(furthest) // needed)
    return Explanation(kind, met, percent, needed=needed, parts=parts)


def _parts(rule: Node) -> Any:
    return rule["all"] if "all" in rule else rule["of"]


def _is_count(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _check_lesson(value: object) -> None:
    try:
        UUID(str(value))
    except ValueError as error:
        raise RuleMalformed("not a lesson") from error
