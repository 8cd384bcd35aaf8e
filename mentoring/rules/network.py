"""The assignment as one minimum-cost flow, with hubs in place of all pairs.

Every pupil sends one unit to the sink. Closeness is nested (class <= grade <= elsewhere), so a
ladder of hubs (class, grade, school) prices a pair exactly and replaces pupils x mentors arcs;
only pairs with a bonus get an arc of their own. Pupils who need a qualified mentor climb a ladder
of their own, which ends at *care* nodes of qualified mentors; those lead on to the mentor's *load*
node, so that care load nests inside total load and the optimum is integral. Unit arcs with rising
prices make both loads convex: the sum of the first n odd numbers is n^2.

Names of nodes: ``P:`` pupil, ``T:`` a mentor's load, ``K:`` a mentor's care load; hubs ``C:``
class, ``G:`` grade, ``S:`` school, with ``K`` before the letter on the care ladder; ``Z:`` sink.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.rules.instance import Instance, MentorOffer, PupilNeed

Ints = NDArray[np.int64]
Arc = tuple[int, int, int, int, int]
"""Tail, head, capacity, cost, and the number of this arc among parallel ones."""

SINK = "Z:"


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs as columns of one length; a node is its index in ``names``, pupils first, sink last."""

    names: tuple[str, ...]
    pupils: int
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    parallel: Ints

    @property
    def sink(self) -> int:
        """The last node."""
        return len(self.names) - 1

    def supplies(self) -> Ints:
        """One unit from every pupil, all of them into the sink."""
        supply = np.zeros(len(self.names), dtype=np.int64)
        supply[: self.pupils] = 1
        supply[self.sink] = -self.pupils
        return supply


class Nodes:
    """The nodes of an instance, numbered in one order whatever the input's order was."""

    def __init__(self, instance: Instance) -> None:
        self.groups = sorted({(pupil.grade, pupil.group) for pupil in instance.pupils})
        self.grades = sorted({pupil.grade for pupil in instance.pupils})
        self.mentors = [mentor for mentor in instance.mentors if mentor.hard_cap > 0]
        self.keepers = [mentor for mentor in self.mentors if mentor.qualified]
        self.care_pupils = sum(pupil.needs_qualified for pupil in instance.pupils)
        names = [f"P:{pupil.id}" for pupil in instance.pupils]
        names += [f"T:{mentor.id}" for mentor in self.mentors]
        names += [f"K:{mentor.id}" for mentor in self.keepers]
        for care in ("", "K"):
            names += [f"{care}C:{grade}:{group}" for grade, group in self.groups]
            names += [f"{care}G:{grade}" for grade in self.grades]
            names.append(f"{care}S:")
        self.names = (*names, SINK)
        self.number = {name: index for index, name in enumerate(self.names)}


def draw_network(
    instance: Instance, extra: Iterable[Arc] = (), nodes: Nodes | None = None
) -> Network:
    """The network of an instance; ``extra`` arcs are added at the end."""
    nodes = nodes or Nodes(instance)
    arcs = [
        *_pupil_arcs(instance, nodes),
        *_ladder_arcs(instance, nodes, "", nodes.mentors),
        *_ladder_arcs(instance, nodes, "K", nodes.keepers),
        *_load_arcs(instance, nodes),
        *extra,
    ]
    columns = np.array(arcs, dtype=np.int64).reshape(-1, 5).T
    return Network(nodes.names, len(instance.pupils), *(np.ascontiguousarray(c) for c in columns))


def place_cost(instance: Instance, mentor: MentorOffer, place: int) -> int:
    """What a mentor's next place costs when ``place`` are taken."""
    weights = instance.weights
    cost = weights.load * (2 * place + 1)
    if place >= mentor.soft_cap:
        cost += weights.beyond_soft * (2 * (place - mentor.soft_cap) + 1)
    return cost


def is_barred(pupil: PupilNeed, nodes: Nodes) -> bool:
    """Whether some mentor of the school may never have this pupil, who then climbs no ladder."""
    return bool(pupil.forbidden) and any(mentor.id in pupil.forbidden for mentor in nodes.mentors)


def _pupil_arcs(instance: Instance, nodes: Nodes) -> list[Arc]:
    arcs: list[Arc] = []
    number = nodes.number
    for index, pupil in enumerate(instance.pupils):
        care = "K" if pupil.needs_qualified else ""
        end = care or "T"
        if is_barred(pupil, nodes):
            ladder = nodes.keepers if care else nodes.mentors
            offers: Iterable[MentorOffer] = [m for m in ladder if m.id not in pupil.forbidden]
        else:
            arcs.append((index, number[f"{care}C:{pupil.grade}:{pupil.group}"], 1, 0, 0))
            offers = instance.favoured(pupil)
        for mentor in offers:
            cost = instance.pair_cost(pupil, mentor)
            arcs.append((index, number[f"{end}:{mentor.id}"], 1, cost, 0))
    return arcs


def _ladder_arcs(
    instance: Instance, nodes: Nodes, care: str, mentors: list[MentorOffer]
) -> list[Arc]:
    count, weights, number = len(instance.pupils), instance.weights, nodes.number
    ends = {mentor.id: number[f"{care or 'T'}:{mentor.id}"] for mentor in mentors}
    top = number[f"{care}S:"]
    arcs = [(top, end, count, weights.elsewhere, 0) for end in ends.values()]
    for grade in nodes.grades:
        hub = number[f"{care}G:{grade}"]
        arcs.append((hub, top, count, 0, 0))
        near = (mentor for mentor in mentors if grade in mentor.grades)
        arcs += [(hub, ends[mentor.id], count, weights.same_grade, 0) for mentor in near]
    for grade, group in nodes.groups:
        hub = number[f"{care}C:{grade}:{group}"]
        arcs.append((hub, number[f"{care}G:{grade}"], count, 0, 0))
        near = (mentor for mentor in mentors if group in mentor.groups)
        arcs += [(hub, ends[mentor.id], count, weights.same_class, 0) for mentor in near]
    return arcs


def _load_arcs(instance: Instance, nodes: Nodes) -> list[Arc]:
    arcs: list[Arc] = []
    number, sink = nodes.number, nodes.number[SINK]
    price = instance.weights.qualified_load
    for mentor in nodes.keepers:
        care, load = number[f"K:{mentor.id}"], number[f"T:{mentor.id}"]
        places = min(mentor.hard_cap, nodes.care_pupils)
        arcs += [(care, load, 1, price * (2 * k + 1), k) for k in range(places)]
    for mentor in nodes.mentors:
        load = number[f"T:{mentor.id}"]
        arcs += [
            (load, sink, 1, place_cost(instance, mentor, k), k) for k in range(mentor.hard_cap)
        ]
    return arcs
