"""Accepted beats a second over HTTP, against a signed-in view that does one INSERT.

Same server, same clients, same database, same bodies. Each client is a teacher of his own who
watches in real time; only answers that say ``accepted`` count.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.posting import Poster, cookie_of
from benchmarks.ratio import Ratio, place, requests_a_second, serving

CLIENTS = 8
SECONDS = 6.0
ROUNDS = 3
LESSON_MS = 4 * 3_600_000


@dataclass
class Viewer(Poster):
    """One signed-in teacher who watches a lesson."""

    lesson: str = ""
    token: str = ""
    started: float = 0.0

    def start(self) -> None:
        self.token = self.post("/api/v1/watch", {"lesson": self.lesson})["token"]
        self.started = time.perf_counter()

    def body(self) -> dict[str, Any]:
        watched = int((time.perf_counter() - self.started) * 1000)
        return {
            "token": self.token,
            "ranges": [[0, watched]],
            "position_ms": watched,
            "visible": True,
        }

    def beat(self) -> None:
        answer = self.post("/api/v1/watch/beats", self.body())
        assert answer["accepted"], answer

    def insert(self) -> None:
        self.post("/insert-floor/", self.body())


def measure() -> Iterator[Ratio]:
    """One line: median of three rounds, ours and the floor by turns."""
    with place():
        cookies, lesson = _prepare()
        with serving("benchmarks.insert_floor") as address:
            viewers = [Viewer(address, session, "a" * 32, lesson) for session in cookies]
            for viewer in viewers:
                viewer.start()
            ours, floor = [], []
            for _round in range(ROUNDS):
                ours.append(_rate(viewers, Viewer.beat))
                floor.append(_rate(viewers, Viewer.insert))
    yield Ratio(
        bench="watch_beats",
        ours=round(sorted(ours)[ROUNDS // 2], 1),
        reference=round(sorted(floor)[ROUNDS // 2], 1),
        reference_is="a signed-in view doing one INSERT",
        better="higher",
        unit="requests/s",
        n=CLIENTS,
    )


def _rate(viewers: list[Viewer], act: Callable[[Viewer], None]) -> float:
    return requests_a_second(lambda client: act(viewers[client]), clients=CLIENTS, seconds=SECONDS)


def _prepare() -> tuple[list[str], str]:
    """Teachers who are enrolled and signed in; gives their session cookies and the lesson."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    import django

    django.setup()
    from core import clock
    from courses import services
    from courses.models import LessonKind
    from tests.courses.build import a_course, a_cut, a_run, lesson_of
    from tests.people import a_teacher

    course = a_course()
    lesson = lesson_of(course, LessonKind.RECORDING)
    a_cut(lesson.recording, duration_ms=LESSON_MS)
    today = clock.today()
    run = a_run(
        course,
        enrol_opens_on=today,
        enrol_closes_on=None,
        learn_opens_on=today,
        learn_closes_on=None,
    )
    cookies = []
    for number in range(CLIENTS):
        teacher = a_teacher(f"张{number}", number=f"B{number}")
        services.enrol(actor=teacher.user, run=run)
        cookies.append(cookie_of(teacher.user))
    return cookies, str(lesson.pk)
