"""The sweep: everything that is due and that no message is on the way for is sent for again.

A broker that lost everything is filled up in one round, batch by batch, each queue in its turn.
No more goes into a queue than it holds too few, so a long queue that is only slow does not grow by
its own messages. A round ends with its time, or with the first message that does not go out: the
broker is away.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core import clock, events, jobs, waking

BATCH = 200
ROUND_SECONDS = 20
"""Less than the 30 s between two sweeps, so that rounds do not overlap."""


@dataclass(frozen=True, slots=True)
class _Lane:
    """Rows of one queue that wait, and how a worker is told of one."""

    queue: str
    rows: QuerySet[Any]
    wake: Callable[[UUID], bool]

    def batches(self) -> Iterator[list[UUID]]:
        """Each row once, the longest due first; a batch goes on where the last one ended."""
        unwoken = self.rows.filter(waking.nothing_on_the_way())
        rows = unwoken.order_by("due_at", "pk").values_list("due_at", "pk")
        batch = list(rows[:BATCH])
        while batch:
            yield [pk for _due_at, pk in batch]
            due_at, pk = batch[-1]
            batch = list(rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk))[:BATCH])

    def send(self, batch: list[UUID], ends: float) -> int:
        """Send for each until ``ends`` or the first that does not go out; returns how many."""
        at = clock.now()
        self.rows.filter(pk__in=batch).update(woken_at=at)
        for sent, pk in enumerate(batch):
            if time.monotonic() > ends or not self.wake(pk):
                left = self.rows.model._default_manager.filter(pk__in=batch[sent:], woken_at=at)
                left.update(woken_at=None)
                return sent
        return len(batch)


def sweep() -> int:
    """One round; returns how many messages went out."""
    ends = time.monotonic() + ROUND_SECONDS
    lanes = list(_lanes())
    missing = _missing(lanes)
    waiting = deque((lane, lane.batches()) for lane in lanes)
    total = 0
    while waiting:
        lane, batches = waiting.popleft()
        batch = next(batches, [])[: missing[lane.queue]] if missing[lane.queue] > 0 else []
        if not batch:
            continue
        sent = lane.send(batch, ends)
        total += sent
        missing[lane.queue] -= sent
        if sent < len(batch):
            break
        waiting.append((lane, batches))
    return total


def _missing(lanes: list[_Lane]) -> Counter[str]:
    """How many messages each queue holds too few for the rows that wait in it."""
    missing: Counter[str] = Counter()
    for lane in lanes:
        missing[lane.queue] += lane.rows.count()
    for queue, rows in missing.items():
        missing[queue] = max(0, rows - waking.depth(queue)) if rows else 0
    return missing


def _lanes() -> Iterator[_Lane]:
    yield _Lane("default", events.waiting(), waking.wake_event)
    rows = jobs.waiting()
    for queue in list(rows.order_by("queue").values_list("queue", flat=True).distinct()):
        yield _Lane(queue, rows.filter(queue=queue), partial(waking.wake_job, queue=queue))
