"""Give every pupil of a school a mentor: the best assignment, its proof, or what is lacking.

The result depends on the instance alone: not on the order of its rows, on the process or on the
version of Python. Nothing is returned as optimal that has not passed the proof.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from mentoring.rules.certificate import Certificate, NotProven, certify
from mentoring.rules.dealing import deal
from mentoring.rules.flow import cheapest_flow
from mentoring.rules.instance import Instance, objective
from mentoring.rules.lottery import bits_for, draws, scale_for
from mentoring.rules.network import Ints, Network, draw_network
from mentoring.rules.shortage import Shortage, explain_shortage

ENGINE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Optimum:
    """Mentor by pupil id, the price by the rule set, and the proof that nothing is cheaper."""

    mentor_of: dict[str, str]
    objective: int
    moves: int
    network: Network
    certificate: Certificate

    @property
    def loads(self) -> Counter[str]:
        """Pupils per mentor, without those who have none."""
        return Counter(self.mentor_of.values())

    @property
    def max_load(self) -> int:
        """The largest load."""
        return max(self.loads.values(), default=0)

    @property
    def sha256(self) -> str:
        """A digest of who is whose mentor; equal inputs give equal digests."""
        text = json.dumps(self.mentor_of, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def assign_mentors(instance: Instance) -> Optimum | Shortage:
    """The cheapest complete assignment with its proof, or the shortage that forbids one.

    Raises RangeTooNarrow or SolverRefused where the weights are beyond the solver's numbers, and
    NotProven where the solver's answer fails the proof: then nothing may be saved.
    """
    network = draw_network(instance)
    flow = cheapest_flow(network, _drawn_costs(instance, network))
    if flow is None:
        return explain_shortage(instance, network)
    certificate = certify(network, flow)
    dealt = deal(instance.seed, network, flow)
    price = objective(instance, dealt.mentor_of)
    if dealt.unplaced or price != certificate.objective:
        raise NotProven("the dealt assignment is not the one that was proven")
    return Optimum(dealt.mentor_of, price, _moves(instance, dealt.mentor_of), network, certificate)


def _drawn_costs(instance: Instance, network: Network) -> Ints:
    bits = bits_for(network)
    scale = scale_for(network.pupils, bits)
    return network.cost * scale + draws(instance.seed, network, bits)


def _moves(instance: Instance, mentor_of: dict[str, str]) -> int:
    """How many pupils leave the mentor whom they have now."""
    return sum(
        pupil.present is not None and mentor_of.get(pupil.id) != pupil.present
        for pupil in instance.pupils
    )
