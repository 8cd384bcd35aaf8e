"""When places do not suffice: who lacks what, and the cheapest ways out.

Source: Hall's theorem by the minimum cut. From the pupils left over, everything that a change of
the assignment could still reach is followed; the pupils reached compete for the mentors reached
only, and all of those places are taken. The ways out are flows too: each relaxation is an arc with
a price far above any ordinary cost, so the cheapest flow relaxes as little as it can. A pair that
must never be made is never relaxed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from mentoring.rules.certificate import residual
from mentoring.rules.dealing import deal
from mentoring.rules.flow import cheapest_flow, fullest_flow
from mentoring.rules.instance import Instance
from mentoring.rules.network import (
    SINK,
    Arc,
    Ints,
    Network,
    Nodes,
    draw_network,
    is_barred,
    place_cost,
)

EXTRA_PLACE = 10**6
"""The k-th place beyond a hard cap costs k times this."""
SUPERVISED = 3 * 10**6
"""A pupil who needs a qualified mentor has another one, supervised by the psychology teacher."""
WITHOUT = 10**8
"""A pupil stays without a mentor."""

QUALIFICATION, CAPACITY, CONFLICT = "qualification", "capacity", "conflict"


@dataclass(frozen=True, slots=True)
class Lack:
    """Pupils who compete for the same mentors: ``short`` more of them than places.

    ``binds`` names the rule: too few qualified mentors, too few places, or nobody allowed.
    """

    binds: str
    pupils: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int
    short: int


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out: places beyond hard caps by mentor, pupils under supervision or left over."""

    price: int
    extra_places: dict[str, int]
    supervised: tuple[str, ...]
    without: tuple[str, ...]
    mentor_of: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is lacking, largest lack first, and repairs, cheapest first."""

    unplaced: int
    lacks: tuple[Lack, ...]
    repairs: tuple[Repair, ...]


def explain_shortage(instance: Instance, network: Network) -> Shortage:
    """Why the network cannot carry every pupil, and what would let it."""
    flow = fullest_flow(network, network.cost)
    placed = np.zeros(network.pupils, dtype=bool)
    placed[network.tail[(flow > 0) & (network.tail < network.pupils)]] = True
    left_over = np.flatnonzero(~placed)
    lacks = _lacks(instance, network, flow, left_over.tolist())
    return Shortage(len(left_over), lacks, _repairs(instance, len(left_over)))


def _lacks(
    instance: Instance, network: Network, flow: Ints, left_over: list[int]
) -> tuple[Lack, ...]:
    """One lack per set of mentors for whom pupils left over compete."""
    reach: dict[int, frozenset[int]] = {}
    known: dict[tuple[int, ...], frozenset[int]] = {}
    for number in left_over:
        ways = tuple(network.head[network.tail == number].tolist())
        if ways not in known:
            known[ways] = _reach(network, flow, number) - {number}
        reach[number] = known[ways]
    rivals: dict[tuple[bool, frozenset[str]], set[int]] = {}
    for number in left_over:
        caring = instance.pupils[number].needs_qualified
        key = (caring, _mentors_among(network, reach[number]))
        rivals.setdefault(key, set()).update(reach[number], [number])
    lacks = []
    for (_caring, mentors), nodes in rivals.items():
        inside = [n for n in left_over if n in nodes or (mentors and reach[n] <= nodes)]
        lacks.append(_lack(instance, network, nodes.union(inside), len(inside)))
    return tuple(sorted(lacks, key=lambda lack: (-lack.short, lack.pupils)))


def _mentors_among(network: Network, nodes: Iterable[int]) -> frozenset[str]:
    names = (network.names[number] for number in nodes)
    return frozenset(name[2:] for name in names if name[:2] in ("T:", "K:"))


def _reach(network: Network, flow: Ints, start: int) -> frozenset[int]:
    tail, head, _cost = residual(network, flow)
    seen = np.zeros(len(network.names), dtype=bool)
    seen[start] = True
    while True:
        new = head[seen[tail] & ~seen[head]]
        if not len(new):
            return frozenset(np.flatnonzero(seen).tolist())
        seen[new] = True


def _lack(instance: Instance, network: Network, reached: Iterable[int], short: int) -> Lack:
    names = [network.names[number] for number in sorted(reached)]
    pupils = tuple(name[2:] for name in names if name[:2] == "P:")
    mentors = tuple(sorted(_mentors_among(network, reached)))
    places = sum(instance.mentor_by_id[mentor].hard_cap for mentor in mentors)
    return Lack(_what_binds(instance, pupils, mentors), pupils, mentors, places, short)


def _what_binds(instance: Instance, pupils: Iterable[str], mentors: tuple[str, ...]) -> str:
    """The rule without which these pupils would have more mentors to compete for."""
    caring = all(instance.pupil_by_id[pupil].needs_qualified for pupil in pupils)
    keepers = any(mentor.qualified and mentor.hard_cap for mentor in instance.mentors)
    if caring and (mentors or not keepers):
        return QUALIFICATION
    if mentors or not any(mentor.hard_cap for mentor in instance.mentors):
        return CAPACITY
    return CONFLICT


def _repairs(instance: Instance, unplaced: int) -> tuple[Repair, ...]:
    """The cheapest way out, and the cheapest with only one kind of relaxation, each once."""
    repairs: list[Repair] = []
    for places, supervision in ((True, True), (True, False), (False, True)):
        repair = _repair(instance, unplaced if places else 0, supervision)
        shape = (repair.extra_places, repair.supervised, repair.without)
        if shape not in [(row.extra_places, row.supervised, row.without) for row in repairs]:
            repairs.append(repair)
    return tuple(sorted(repairs, key=lambda row: row.price))


def _repair(instance: Instance, most_places: int, supervision: bool) -> Repair:
    nodes = Nodes(instance)
    arcs: list[Arc] = [
        (number, nodes.number[SINK], 1, WITHOUT, 0) for number in range(len(instance.pupils))
    ]
    arcs += _extra_places(instance, nodes, most_places)
    if supervision:
        arcs += _supervision(instance, nodes)
    network = draw_network(instance, arcs, nodes)
    flow = cheapest_flow(network, network.cost)
    assert flow is not None, "every pupil has an arc to the sink"
    dealt = deal(instance.seed, network, flow)
    loads = Counter(dealt.mentor_of.values())
    caps = {mentor.id: mentor.hard_cap for mentor in instance.mentors}
    return Repair(
        price=int(network.cost @ flow),
        extra_places={
            mentor: load - caps[mentor]
            for mentor, load in sorted(loads.items())
            if load > caps[mentor]
        },
        supervised=tuple(
            pupil
            for pupil, mentor in sorted(dealt.mentor_of.items())
            if instance.pupil_by_id[pupil].needs_qualified
            and not instance.mentor_by_id[mentor].qualified
        ),
        without=dealt.unplaced,
        mentor_of=dealt.mentor_of,
    )


def _extra_places(instance: Instance, nodes: Nodes, most: int) -> list[Arc]:
    """Up to ``most`` places beyond each hard cap, dearer with each; care load may follow."""
    arcs: list[Arc] = []
    number, weights = nodes.number, instance.weights
    for mentor in nodes.mentors:
        load = number[f"T:{mentor.id}"]
        for k in range(most):
            price = EXTRA_PLACE * (k + 1) + place_cost(instance, mentor, mentor.hard_cap + k)
            arcs.append((load, number[SINK], 1, price, mentor.hard_cap + k))
    for mentor in nodes.keepers:
        care, load = number[f"K:{mentor.id}"], number[f"T:{mentor.id}"]
        taken = min(mentor.hard_cap, nodes.care_pupils)
        for k in range(taken, min(taken + most, nodes.care_pupils)):
            arcs.append((care, load, 1, weights.qualified_load * (2 * k + 1), k))
    return arcs


def _supervision(instance: Instance, nodes: Nodes) -> list[Arc]:
    """Who needs a qualified mentor may climb the ordinary ladder, at a price."""
    arcs: list[Arc] = []
    number, count = nodes.number, len(instance.pupils)
    for grade, group in nodes.groups:
        ladder = f"C:{grade}:{group}"
        arcs.append((number[f"K{ladder}"], number[ladder], count, SUPERVISED, 0))
    for index, pupil in enumerate(instance.pupils):
        if pupil.needs_qualified and is_barred(pupil, nodes):
            offers = [m for m in nodes.mentors if m.id not in pupil.forbidden and not m.qualified]
            arcs += [
                (index, number[f"T:{m.id}"], 1, SUPERVISED + instance.pair_cost(pupil, m), 0)
                for m in offers
            ]
    return arcs
