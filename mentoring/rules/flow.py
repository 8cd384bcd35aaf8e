"""The one door to OR-Tools: a network and supplies in, flows out."""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from mentoring.rules.network import Ints, Network


class SolverRefused(RuntimeError):
    """The solver could not take the numbers; ``args`` holds its own word for it."""


def cheapest_flow(network: Network, cost: Ints) -> Ints | None:
    """The flow of every arc that carries all supplies at the lowest cost; None if none can."""
    solver = _solver(network, cost)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    return _flows(solver, status, network)


def fullest_flow(network: Network, cost: Ints) -> Ints:
    """The flow that carries as much as possible, at the lowest cost for that much."""
    solver = _solver(network, cost)
    return _flows(solver, solver.solve_max_flow_with_min_cost(), network)


def _solver(network: Network, cost: Ints) -> SimpleMinCostFlow:
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    solver.set_nodes_supplies(np.arange(len(network.names)), network.supplies())
    return solver


def _flows(solver: SimpleMinCostFlow, status: object, network: Network) -> Ints:
    if status != solver.OPTIMAL:
        raise SolverRefused(str(status))
    return np.asarray(solver.flows(np.arange(len(network.tail))), dtype=np.int64)
