"""From flows to names: who in a hub goes where is decided by lot, hub by hub, upwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mentoring.rules.lottery import lot
from mentoring.rules.network import Ints, Network

_Way = tuple[str, int, int]
"""Name and number of the node a way leads to, and how many units go there."""
_LEVELS = ("KC:", "C:", "KG:", "G:", "KS:", "S:")


@dataclass(frozen=True, slots=True)
class Dealt:
    """Mentor by pupil id, and the pupils whom the flow leaves without one."""

    mentor_of: dict[str, str]
    unplaced: tuple[str, ...]


def deal(seed: bytes, network: Network, flow: Ints) -> Dealt:
    """Follow the flow from the pupils to mentors.

    The pupils waiting in a hub are exactly interchangeable: each way out is given to the lowest
    lots first, mentors before the next hub, in the order of their names.
    """
    ways: dict[int, list[_Way]] = defaultdict(list)
    used = flow.nonzero()[0]
    for tail, head, units in zip(
        network.tail[used].tolist(), network.head[used].tolist(), flow[used].tolist(), strict=True
    ):
        ways[tail].append((network.names[head], head, units))
    table = _Table(seed, network, ways)
    for number in range(network.pupils):
        table.send(number, [network.names[number][2:]])
    for hub in _hubs_upwards(network):
        table.send(hub, table.in_order_of_lots(hub))
    everyone = (name[2:] for name in network.names[: network.pupils])
    return Dealt(
        table.mentor_of, tuple(pupil for pupil in everyone if pupil not in table.mentor_of)
    )


class _Table:
    """Who waits in which hub, and who has a mentor."""

    def __init__(self, seed: bytes, network: Network, ways: dict[int, list[_Way]]) -> None:
        self.seed, self.network, self.ways = seed, network, ways
        self.waiting: dict[int, list[str]] = defaultdict(list)
        self.mentor_of: dict[str, str] = {}

    def send(self, node: int, queue: list[str]) -> None:
        """Deal those who wait in a node out to its ways, mentors before the next hub."""
        for name, head, units in sorted(self.ways[node], key=_mentors_first):
            taken, queue = queue[:units], queue[units:]
            if name[:2] in ("T:", "K:"):
                self.mentor_of.update(dict.fromkeys(taken, name[2:]))
            elif head != self.network.sink:
                self.waiting[head] += taken

    def in_order_of_lots(self, hub: int) -> list[str]:
        """Those who wait in a hub, the lowest lot first."""
        name = self.network.names[hub]
        return sorted(self.waiting[hub], key=lambda pupil: lot(self.seed, pupil, name))


def _hubs_upwards(network: Network) -> list[int]:
    level = {prefix: height for height, prefix in enumerate(_LEVELS)}
    hubs = [
        (level[prefix], number)
        for number, name in enumerate(network.names)
        if (prefix := name.partition(":")[0] + ":") in level
    ]
    return [number for _height, number in sorted(hubs)]


def _mentors_first(way: _Way) -> tuple[bool, str]:
    name = way[0]
    return name[:2] not in ("T:", "K:"), name
