"""Accepted check-ins a second over HTTP, against a signed-in view that does one INSERT.

Same server, same clients, same database, same bodies. Each client is a mentor of a pupil of his
own; a check-in is accepted when its row, its pupil, its encrypted words, its trace and its fact
stand in the database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from benchmarks.posting import Poster, cookie_of
from benchmarks.ratio import Ratio, manage, place, requests_a_second, serving

CLIENTS = 8
SECONDS = 6.0
ROUNDS = 3


def measure() -> Iterator[Ratio]:
    """One line: median of three rounds, ours and the floor by turns."""
    with place():
        manage("prepare")
        people = _prepare()
        with serving("benchmarks.insert_floor") as address:
            mentors = [(Poster(address, cookie, "a" * 32), body) for cookie, body in people]
            ours, floor = [], []
            for _round in range(ROUNDS):
                ours.append(_rate(mentors, "/api/v1/check-ins"))
                floor.append(_rate(mentors, "/insert-floor/"))
        _refuse_lost(sum(ours) * SECONDS)
    yield Ratio(
        bench="log_check_in",
        ours=round(sorted(ours)[ROUNDS // 2], 1),
        reference=round(sorted(floor)[ROUNDS // 2], 1),
        reference_is="a signed-in view doing one INSERT",
        better="higher",
        unit="requests/s",
        n=CLIENTS,
    )


def _rate(mentors: list[tuple[Poster, dict[str, Any]]], path: str) -> float:
    def send(client: int) -> object:
        poster, body = mentors[client]
        return poster.post(path, body)

    return requests_a_second(send, clients=CLIENTS, seconds=SECONDS)


def _refuse_lost(expected: float) -> None:
    """What was accepted stands in the database."""
    from mentoring.models import Contact, ContactPupil, ContactText

    counts = {model.objects.count() for model in (Contact, ContactPupil, ContactText)}
    assert len(counts) == 1, counts
    assert min(counts) >= 0.9 * expected, (counts, expected)


def _prepare() -> list[tuple[str, dict[str, Any]]]:
    """Mentors with a pupil each: session cookie, and what each of them logs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    import django

    django.setup()

    from core import clock
    from mentoring.models import MentorAssignment
    from tests.people import a_class, a_pupil, a_school, a_teacher

    today = clock.today()
    unit = a_school("浉河区第一小学")
    place_ = a_class(1, school=unit)
    found = []
    for number in range(CLIENTS):
        mentor = a_teacher(f"张{'甲乙丙丁戊己庚辛'[number]}", number=f"B{number}", school=unit)
        pupil = a_pupil(f"李{'甲乙丙丁戊己庚辛'[number]}", school_class=place_, since=today)
        MentorAssignment.objects.create(
            pupil=pupil, mentor=mentor, unit=unit, reason="基准测试", starts_on=today
        )
        body = {
            "pupils": [str(pupil.pk)],
            "kind": "talk",
            "outcome": "made",
            "occurred_at": clock.now().isoformat(),
            "text": "聊了最近的睡眠和同桌，约好周五再谈。",
        }
        found.append((cookie_of(mentor.user), body))
    return found
