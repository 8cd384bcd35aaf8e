"""The lot that chooses among equally good assignments, and why nobody can steer it.

Source: the seed of a term is announced before wishes close. The draw of an arc is an HMAC over the
public ids of its two ends, so it depends on no order of input, process or version. Draws are added
below one unit of real cost: a path has at most six arcs, so all draws of all pupils together stay
under the scale and never outweigh a real difference.
"""

from __future__ import annotations

import hmac

import numpy as np

from mentoring.rules.network import Ints, Network

PATH_ARCS = 6
WIDEST, NARROWEST = 16, 4
"""Bits of a draw: as many as the solver's number range allows, at least four."""
RANGE_BITS = 61
"""The solver multiplies costs by the number of nodes; beyond this it refuses them."""


class RangeTooNarrow(ValueError):
    """Costs are so large that no lottery fits the solver's numbers."""


def bits_for(network: Network) -> int:
    """How many bits a draw may have. Raises RangeTooNarrow where not even four fit."""
    largest = int(np.abs(network.cost).max(initial=1))
    for bits in range(WIDEST, NARROWEST - 1, -1):
        weight = (largest * scale_for(network.pupils, bits) + (1 << bits)) * (
            len(network.names) + 4
        )
        if weight <= 2**RANGE_BITS:
            return bits
    raise RangeTooNarrow(largest)


def scale_for(pupils: int, bits: int) -> int:
    """The power of two that is larger than all draws of an assignment together."""
    return 1 << (PATH_ARCS * max(1, pupils) * (1 << bits) - 1).bit_length()


def draws(seed: bytes, network: Network, bits: int) -> Ints:
    """One draw per arc, each below 2^bits."""
    names = [name.encode() for name in network.names]
    mask = (1 << bits) - 1
    rows = zip(network.tail.tolist(), network.head.tolist(), network.parallel.tolist(), strict=True)
    return np.fromiter(
        (
            int.from_bytes(
                hmac.digest(seed, b"%b\0%b\0%d" % (names[tail], names[head], k), "sha256")[:4]
            )
            & mask
            for tail, head, k in rows
        ),
        dtype=np.int64,
        count=len(network.tail),
    )


def lot(seed: bytes, pupil: str, hub: str) -> int:
    """A pupil's lot in a hub; the lowest are dealt first."""
    return int.from_bytes(hmac.digest(seed, f"{pupil}\0{hub}".encode(), "sha256")[:8])
