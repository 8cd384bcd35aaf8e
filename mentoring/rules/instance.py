"""What an assignment is made from: pupils, mentors, weights, and what one pair costs.

All costs are whole numbers without a unit; only their proportions matter. A lower sum is better.
Source: the bureau's plan of 2023 (every pupil has a mentor, care for those in need first); weights
are data of a rule set and can be changed without touching this code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Weights:
    """The prices of a rule set.

    A pair costs its closeness, less a bonus for a wish by rank, for the mentor of the last term
    and for the present mentor. A mentor with n pupils costs ``load`` x n^2, with k pupils who need
    a qualified mentor another ``qualified_load`` x k^2, and with j pupils beyond the soft cap
    another ``beyond_soft`` x j^2.
    """

    same_class: int = 0
    same_grade: int = 30
    elsewhere: int = 80
    wishes: tuple[int, ...] = (60, 40, 25)
    previous: int = 100
    present: int = 100_000
    load: int = 3
    qualified_load: int = 40
    beyond_soft: int = 500


@dataclass(frozen=True, slots=True)
class PupilNeed:
    """A pupil: grade and class, wishes by rank, last and present mentor, mentors never allowed."""

    id: str
    grade: str
    group: str
    needs_qualified: bool = False
    wishes: tuple[str, ...] = ()
    previous: str | None = None
    present: str | None = None
    forbidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """A mentor: places (soft and hard cap), qualification, classes and grades taught."""

    id: str
    soft_cap: int
    hard_cap: int
    qualified: bool = False
    groups: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Instance:
    """One school and term. Pupils and mentors are kept in the order of their ids."""

    school: str
    term: str
    seed: bytes
    pupils: tuple[PupilNeed, ...]
    mentors: tuple[MentorOffer, ...]
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pupils", tuple(sorted(self.pupils, key=lambda row: row.id)))
        object.__setattr__(self, "mentors", tuple(sorted(self.mentors, key=lambda row: row.id)))

    @cached_property
    def mentor_by_id(self) -> Mapping[str, MentorOffer]:
        """Mentors by their id."""
        return {mentor.id: mentor for mentor in self.mentors}

    @cached_property
    def pupil_by_id(self) -> Mapping[str, PupilNeed]:
        """Pupils by their id."""
        return {pupil.id: pupil for pupil in self.pupils}

    def closeness(self, pupil: PupilNeed, mentor: MentorOffer) -> int:
        """What distance costs: teaches the class, teaches the grade, or neither."""
        if pupil.group in mentor.groups:
            return self.weights.same_class
        if pupil.grade in mentor.grades:
            return self.weights.same_grade
        return self.weights.elsewhere

    def bonus(self, pupil: PupilNeed, mentor: str) -> int:
        """What is taken off the closeness for wishes, last term's and the present mentor."""
        total = 0
        for worth, wished in zip(self.weights.wishes, pupil.wishes, strict=False):
            if wished == mentor:
                total += worth
                break
        if pupil.previous == mentor:
            total += self.weights.previous
        if pupil.present == mentor:
            total += self.weights.present
        return total

    def pair_cost(self, pupil: PupilNeed, mentor: MentorOffer) -> int:
        """Closeness less bonuses."""
        return self.closeness(pupil, mentor) - self.bonus(pupil, mentor.id)

    def allows(self, pupil: PupilNeed, mentor: MentorOffer) -> bool:
        """Whether this pair may be made at all."""
        if mentor.hard_cap < 1 or mentor.id in pupil.forbidden:
            return False
        return mentor.qualified or not pupil.needs_qualified

    def favoured(self, pupil: PupilNeed) -> Iterator[MentorOffer]:
        """Mentors with a bonus for this pupil, if allowed, each once, in the order of their ids."""
        names = {*pupil.wishes[: len(self.weights.wishes)], pupil.previous, pupil.present}
        for name in sorted(name for name in names if name is not None):
            mentor = self.mentor_by_id.get(name)
            if mentor is not None and self.allows(pupil, mentor):
                yield mentor


def load_cost(weights: Weights, mentor: MentorOffer, pupils: int, qualified_pupils: int) -> int:
    """What a mentor's load costs."""
    beyond = max(0, pupils - mentor.soft_cap)
    return (
        weights.load * pupils**2
        + weights.qualified_load * qualified_pupils**2
        + weights.beyond_soft * beyond**2
    )


def objective(instance: Instance, mentor_of: Mapping[str, str]) -> int:
    """The price of an assignment, from the rule set alone: pairs and loads.

    ``mentor_of`` maps pupil ids to mentor ids; pupils without a mentor cost nothing here.
    """
    loads: dict[str, list[int]] = {}
    total = 0
    for pupil_id, mentor_id in mentor_of.items():
        pupil = instance.pupil_by_id[pupil_id]
        total += instance.pair_cost(pupil, instance.mentor_by_id[mentor_id])
        load = loads.setdefault(mentor_id, [0, 0])
        load[0] += 1
        load[1] += pupil.needs_qualified
    for mentor_id, (pupils, qualified) in loads.items():
        mentor = instance.mentor_by_id[mentor_id]
        total += load_cost(instance.weights, mentor, pupils, qualified)
    return total
