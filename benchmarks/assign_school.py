"""The assignment of a school with 1,500 pupils, against peers that know every pair.

Ours finds the optimum on the network of hubs and deals it out; the peers find the same optimum on
all pairs of pupils and mentors, their arrays filled by NumPy. All optima must be equal, or nothing
is printed. The greedy peer is fast and worse: with it the prices are compared, not the times. The
last line says what the lot and the proof cost on top. Processor time of one process.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import highspy
import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from benchmarks.ratio import Ratio
from mentoring.rules.assigning import Optimum, assign_mentors
from mentoring.rules.dealing import deal
from mentoring.rules.flow import cheapest_flow
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed, objective
from mentoring.rules.network import draw_network, place_cost
from tests.mentoring.making import a_school

PUPILS = 1_500
SEED = 1
ROUNDS = 5
Ints = NDArray[np.int64]


def measure() -> Iterator[Ratio]:
    """Four lines: the two exact peers, the greedy one, and ours with lot and proof."""
    instance = a_school(SEED, pupils=PUPILS, per_mentor=14, caps=(15, 20), conflict=0.02)
    best, ours = _timed(lambda: _optimum(instance))
    for name, peer in (("HiGHS dense", _highs), ("OR-tools dense", _dense_flow)):
        price, spent = _timed(lambda peer=peer: peer(instance))  # type: ignore[misc]
        assert price == best, (name, price, best)
        yield _line(ours, spent, name, "cpu seconds")
    yield _line(best, _greedy(instance), "greedy", "price of the assignment")
    whole, spent = _timed(lambda: _whole(instance))
    assert whole == best
    yield _line(spent, ours, "the same without lot and proof", "cpu seconds")


def _line(ours: float, reference: float, name: str, unit: str) -> Ratio:
    return Ratio(
        bench="assign_school",
        ours=round(ours, 5),
        reference=round(reference, 5),
        reference_is=name,
        better="lower",
        unit=unit,
        n=PUPILS,
    )


def _timed(work: Callable[[], int]) -> tuple[int, float]:
    """What the work gives, and the median of its processor seconds after one run thrown away."""
    answers, spent = [], []
    for _round in range(ROUNDS + 1):
        start = time.process_time()
        answers.append(work())
        spent.append(time.process_time() - start)
    assert len(set(answers)) == 1
    return answers[0], statistics.median(spent[1:])


def _optimum(instance: Instance) -> int:
    network = draw_network(instance)
    flow = cheapest_flow(network, network.cost)
    assert flow is not None
    return objective(instance, deal(instance.seed, network, flow).mentor_of)


def _whole(instance: Instance) -> int:
    found = assign_mentors(instance)
    assert isinstance(found, Optimum)
    return found.objective


def _prices(instance: Instance) -> tuple[Ints, NDArray[np.bool_]]:
    """Price of every pair, pupils by mentors, and which pairs are allowed."""
    weights, mentors = instance.weights, instance.mentors
    groups = {pupil.group: pupil for pupil in instance.pupils}
    rows = {
        name: np.array([instance.closeness(pupil, mentor) for mentor in mentors])
        for name, pupil in groups.items()
    }
    prices = np.array([rows[pupil.group] for pupil in instance.pupils], dtype=np.int64)
    column = {mentor.id: number for number, mentor in enumerate(mentors)}
    allowed = np.broadcast_to([m.hard_cap > 0 for m in mentors], prices.shape).copy()
    qualified = np.array([mentor.qualified for mentor in mentors])
    for number, pupil in enumerate(instance.pupils):
        for name in {*pupil.wishes[: len(weights.wishes)], pupil.previous} & column.keys():
            prices[number, column[name]] -= instance.bonus(pupil, name)
        for name in pupil.forbidden & column.keys():
            allowed[number, column[name]] = False
        if pupil.needs_qualified:
            allowed[number] &= qualified
    return prices, allowed


def _dense_flow(instance: Instance) -> int:
    """One arc a pair, then the same ladders of places: OR-tools on the plain network."""
    prices, allowed = _prices(instance)
    pupils, count = len(instance.pupils), len(instance.mentors)
    care = np.array([pupil.needs_qualified for pupil in instance.pupils])
    tail, mentor = np.nonzero(allowed)
    head = pupils + mentor + np.where(care[tail], count, 0)
    sink = pupils + 2 * count
    arcs = [
        (pupils + count + number, pupils + number, instance.weights.qualified_load * (2 * k + 1))
        for number, one in enumerate(instance.mentors)
        if one.qualified
        for k in range(min(one.hard_cap, int(care.sum())))
    ]
    arcs += [
        (pupils + number, sink, place_cost(instance, one, k))
        for number, one in enumerate(instance.mentors)
        for k in range(one.hard_cap)
    ]
    ladder = np.array(arcs, dtype=np.int64).T
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([tail, ladder[0]]),
        np.concatenate([head, ladder[1]]),
        np.ones(len(tail) + len(arcs), dtype=np.int64),
        np.concatenate([prices[tail, mentor], ladder[2]]),
    )
    solver.set_nodes_supplies(
        np.array([*range(pupils), sink]), np.array([*[1] * pupils, -pupils], dtype=np.int64)
    )
    assert solver.solve() == solver.OPTIMAL
    chosen = np.asarray(solver.flows(np.arange(len(tail)))) > 0
    return objective(instance, _named(instance, tail[chosen], mentor[chosen]))


def _highs(instance: Instance) -> int:
    """One column a pair and a place: a linear programme whose corners are whole numbers."""
    prices, allowed = _prices(instance)
    pupils, count = len(instance.pupils), len(instance.mentors)
    care = np.array([pupil.needs_qualified for pupil in instance.pupils])
    row, mentor = np.nonzero(allowed)
    places = [
        (number, k) for number, one in enumerate(instance.mentors) for k in range(one.hard_cap)
    ]
    owner = np.array([number for number, _k in places])
    plain = np.array([place_cost(instance, instance.mentors[n], k) for n, k in places])
    extra = np.array([instance.weights.qualified_load * (2 * k + 1) for _n, k in places])
    model = highspy.HighsLp()
    pairs, held = len(row), len(places)
    model.num_col_, model.num_row_ = pairs + 2 * held, pupils + 2 * count
    model.col_cost_ = np.concatenate([prices[row, mentor], plain, extra]).astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.ones(model.num_col_)
    bound = np.concatenate([np.ones(pupils), np.zeros(2 * count)])
    model.row_lower_, model.row_upper_ = bound, bound
    entries = np.where(care[row], 3, 2)
    starts = np.concatenate([[0], np.cumsum(np.concatenate([entries, np.ones(2 * held)]))])
    index = np.empty(int(starts[-1]), dtype=np.int32)
    value = np.ones(int(starts[-1]))
    first = starts[:pairs].astype(int)
    index[first], index[first + 1] = row, pupils + mentor
    with_care = care[row]
    index[first[with_care] + 2] = pupils + count + mentor[with_care]
    index[int(starts[pairs]) :] = np.concatenate([pupils + owner, pupils + count + owner])
    value[int(starts[pairs]) :] = -1
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_, matrix.index_, matrix.value_ = starts.astype(np.int32), index, value
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(model)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    chosen = np.array(solver.getSolution().col_value)[:pairs] > 0.5
    return objective(instance, _named(instance, row[chosen], mentor[chosen]))


def _named(instance: Instance, rows: Ints, columns: Ints) -> dict[str, str]:
    return {
        instance.pupils[row].id: instance.mentors[column].id
        for row, column in zip(rows, columns, strict=True)
    }


def _greedy(instance: Instance) -> int:
    """Who needs a qualified mentor first, then whoever has the fewest ways; the cheapest place."""
    loads = dict.fromkeys((mentor.id for mentor in instance.mentors), 0)
    keys = dict.fromkeys(loads, 0)
    mentor_of: dict[str, str] = {}

    def price(pupil: PupilNeed, mentor: MentorOffer) -> int:
        care = instance.weights.qualified_load * (2 * keys[mentor.id] + 1)
        step = place_cost(instance, mentor, loads[mentor.id])
        return instance.pair_cost(pupil, mentor) + step + care * pupil.needs_qualified

    def ways(pupil: PupilNeed) -> tuple[bool, int]:
        return not pupil.needs_qualified, sum(instance.allows(pupil, m) for m in instance.mentors)

    for pupil in sorted(instance.pupils, key=ways):
        free = [
            mentor
            for mentor in instance.mentors
            if instance.allows(pupil, mentor) and loads[mentor.id] < mentor.hard_cap
        ]
        chosen = min(free, key=lambda mentor, pupil=pupil: price(pupil, mentor))  # type: ignore[misc]
        mentor_of[pupil.id] = chosen.id
        loads[chosen.id] += 1
        keys[chosen.id] += pupil.needs_qualified
    return objective(instance, mentor_of)
