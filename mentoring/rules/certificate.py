"""The proof that an assignment is the best there is, checked without the solver.

Source: linear programming duality. A flow is of least cost exactly when node prices exist under
which no residual arc has a negative reduced cost. Bellman-Ford from prices of zero finds them, or
meets a negative cycle: then something cheaper exists and the proof is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from mentoring.rules.network import Ints, Network


class NotProven(ValueError):
    """The flow is no flow of this network, or a cheaper one exists; the text says which."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Node prices that prove the optimum; ``rounds`` says how soon they were found."""

    objective: int
    prices: Ints
    rounds: int

    @property
    def prices_sha256(self) -> str:
        """A digest of the prices, in the order of the nodes."""
        text = ",".join(map(str, self.prices.tolist()))
        return hashlib.sha256(text.encode()).hexdigest()


def certify(network: Network, flow: Ints) -> Certificate:
    """Prove that ``flow`` carries every supply at least cost. Raises NotProven."""
    if ((flow < 0) | (flow > network.capacity)).any():
        raise NotProven("capacity")
    balance = np.zeros(len(network.names), dtype=np.int64)
    np.add.at(balance, network.tail, flow)
    np.subtract.at(balance, network.head, flow)
    if (balance != network.supplies()).any():
        raise NotProven("conservation")
    prices, rounds = _prices(network, flow)
    objective = sum(
        int(c) * int(f) for c, f in zip(network.cost.tolist(), flow.tolist(), strict=True) if f
    )
    return Certificate(objective, prices, rounds)


def residual(network: Network, flow: Ints) -> tuple[Ints, Ints, Ints]:
    """Arcs along which the flow could still change: tail, head and what a unit costs."""
    onward, back = flow < network.capacity, flow > 0
    return (
        np.concatenate([network.tail[onward], network.head[back]]),
        np.concatenate([network.head[onward], network.tail[back]]),
        np.concatenate([network.cost[onward], -network.cost[back]]),
    )


def _prices(network: Network, flow: Ints) -> tuple[Ints, int]:
    tail, head, cost = residual(network, flow)
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]]) if len(head) else np.array([], int)
    ends = head[starts]
    prices = np.zeros(len(network.names), dtype=np.int64)
    for rounds in range(1, len(network.names) + 2):
        best = np.minimum.reduceat(prices[tail] + cost, starts) if len(starts) else prices[:0]
        lower = best < prices[ends]
        if not lower.any():
            return prices, rounds
        prices[ends[lower]] = best[lower]
    raise NotProven("negative cycle")
