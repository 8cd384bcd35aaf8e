"""Invented schools of every shape, and the same problem solved by another solver."""

from __future__ import annotations

import random
from itertools import product

import highspy
import numpy as np

from mentoring.rules.instance import Instance, MentorOffer, PupilNeed
from mentoring.rules.network import place_cost

Terms = list[tuple[int, float]]


def a_school(
    seed: int,
    *,
    pupils: int = 40,
    per_mentor: int = 12,
    caps: tuple[int, int] = (10, 14),
    care: float = 0.15,
    qualified: float = 0.5,
    conflict: float = 0.05,
    present: float = 0.0,
) -> Instance:
    """A school with three grades; the same seed gives the same school."""
    rng = random.Random(seed)
    groups = [f"{2023 + n % 3}-{n // 3 + 1}" for n in range(max(3, pupils // 40 * 3))]
    mentors = []
    for number in range(max(2, pupils // per_mentor)):
        hard_cap = rng.choice([0, caps[1], caps[1], caps[1], caps[1] + 2])
        taught = frozenset(rng.sample(groups, rng.randint(0, min(3, len(groups)))))
        mentors.append(
            MentorOffer(
                id=f"T{number:03}",
                soft_cap=min(caps[0], hard_cap),
                hard_cap=hard_cap,
                qualified=rng.random() < qualified,
                groups=taught,
                grades=frozenset(group[:4] for group in taught),
            )
        )
    names = [mentor.id for mentor in mentors]

    def somebody(chance: float) -> str | None:
        return rng.choice(names) if rng.random() < chance else None

    needs = []
    for number in range(pupils):
        group = rng.choice(groups)
        barred = somebody(conflict)
        needs.append(
            PupilNeed(
                id=f"P{number:05}",
                grade=group[:4],
                group=group,
                needs_qualified=rng.random() < care,
                wishes=tuple(rng.sample(names, rng.randint(0, min(3, len(names))))),
                previous=somebody(0.5),
                present=somebody(present),
                forbidden=frozenset([barred] if barred else []),
            )
        )
    return Instance("4115020001", "2026-1", b"a seed told before", tuple(needs), tuple(mentors))


def optimum_by_highs(instance: Instance) -> int | None:
    """The least cost by a dense linear programme, pair by pair; None where nobody can be placed.

    It shares only the prices with the product: no hubs, no flow, another solver.
    """
    costs, rows = _programme(instance)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for _cost in costs:
        solver.addVar(0.0, 1.0)
    solver.changeColsCost(len(costs), np.arange(len(costs)), np.array(costs, dtype=float))
    for terms, value in rows:
        columns = np.array([column for column, _sign in terms], dtype=np.int32)
        signs = np.array([sign for _column, sign in terms], dtype=float)
        solver.addRow(value, value, len(terms), columns, signs)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(solver.getObjectiveValue())


def _programme(instance: Instance) -> tuple[list[int], list[tuple[Terms, float]]]:
    """Prices of the columns, and rows: everybody once, every load filled by its places."""
    costs: list[int] = []
    pairs: dict[str, Terms] = {pupil.id: [] for pupil in instance.pupils}
    loads: dict[str, Terms] = {mentor.id: [] for mentor in instance.mentors}
    care: dict[str, Terms] = {mentor.id: [] for mentor in instance.mentors}
    for pupil, mentor in product(instance.pupils, instance.mentors):
        if not instance.allows(pupil, mentor):
            continue
        for terms in (pairs[pupil.id], loads[mentor.id]):
            terms.append((len(costs), 1.0))
        if pupil.needs_qualified:
            care[mentor.id].append((len(costs), 1.0))
        costs.append(instance.pair_cost(pupil, mentor))
    for mentor in instance.mentors:
        for place in range(mentor.hard_cap):
            loads[mentor.id].append((len(costs), -1.0))
            costs.append(place_cost(instance, mentor, place))
            care[mentor.id].append((len(costs), -1.0))
            costs.append(instance.weights.qualified_load * (2 * place + 1))
    rows = [(terms, 1.0) for terms in pairs.values()]
    rows += [(terms, 0.0) for terms in (*loads.values(), *care.values())]
    return costs, rows
