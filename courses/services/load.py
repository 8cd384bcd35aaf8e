"""How many beats this process takes, to choose the interval of the next ones."""

from __future__ import annotations

import threading
from collections import deque
from time import monotonic

WINDOW_SECONDS = 10.0


class BeatMeter:
    """Beats per second over the last ten seconds, counted in this process only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._beats: deque[float] = deque()

    def tick(self) -> float:
        """Count one beat and give the present rate."""
        now = monotonic()
        with self._lock:
            self._beats.append(now)
            while self._beats[0] <= now - WINDOW_SECONDS:
                self._beats.popleft()
            return len(self._beats) / WINDOW_SECONDS


METER = BeatMeter()
