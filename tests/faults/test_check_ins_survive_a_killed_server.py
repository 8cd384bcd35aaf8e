"""Check-ins under ``kill -9`` of the server: none lost that was answered, none doubled."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from tests.faults.house import House, fetch, free_port, house, wait_for

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="stops processes by signal"),
]
MENTORS, EACH = 4, 18
LOSES_EVERY = 6
"""So many answers arrive between two that are lost on the way back."""
FURNISH = f"""
import json
from benchmarks.posting import cookie_of
from core import clock
from mentoring.models import MentorAssignment
from tests.people import a_class, a_pupil, a_school, a_teacher
unit = a_school("浉河区第一小学")
seat = a_class(1, school=unit)
told = []
for n in range({MENTORS}):
    mentor = a_teacher("王" + chr(0x4e00 + n), school=unit)
    pupil = a_pupil("李" + chr(0x4e00 + n), school_class=seat, since=clock.today())
    MentorAssignment.objects.create(
        pupil=pupil, mentor=mentor, unit=unit, reason="转入学生", starts_on=clock.today())
    told.append([cookie_of(mentor.user), str(pupil.pk)])
print(json.dumps(told))
"""


@dataclass
class Mentor:
    """Sends check-ins one after the other; repeats each until an answer arrives.

    `keeps_key`: a repetition has the key of the first attempt, as pages and drafts do it.
    """

    port: int
    cookie: str
    pupil: str
    keeps_key: bool
    answered: list[str] = field(default_factory=list)
    cut_off: int = 0
    lost: int = 0

    def work(self) -> None:
        for number in range(EACH):
            key, drops = uuid4().hex, number % LOSES_EVERY == 0
            while True:
                answer = self._send(key, number)
                if answer and drops:
                    drops, answer = False, ""
                    self.lost += 1
                if answer:
                    self.answered.append(answer)
                    break
                key = key if self.keeps_key else uuid4().hex
                time.sleep(0.05)

    def _send(self, key: str, number: int) -> str:
        """The id of the contact; empty where the connection was cut."""
        body = {
            "pupils": [self.pupil],
            "kind": "talk",
            "outcome": "made",
            "occurred_at": f"2026-03-02T{8 + number // 60:02}:{number % 60:02}:00+08:00",
            "text": f"第{number}次谈话。",
        }
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"{self.cookie}; csrftoken={'a' * 32}",
            "X-CSRFToken": "a" * 32,
            "Idempotency-Key": key,
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("POST", "/api/v1/check-ins", json.dumps(body), headers)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.cut_off += 1
            return ""
        finally:
            line.close()
        assert answer.status == 201, (answer.status, content)
        return str(json.loads(content)["id"])


def serve(place: House, port: int) -> subprocess.Popen[bytes]:
    server = place.start(
        sys.executable, "-m", "gunicorn", "lms.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "2",
    )  # fmt: skip
    wait_for(lambda: fetch(f"http://127.0.0.1:{port}/healthz")[0] == 200, say="the server")
    return server


def kill(server: subprocess.Popen[bytes]) -> None:
    """Master and workers at once, as the kernel does when memory runs out."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def count(place: House, query: str) -> int:
    with closing(sqlite3.connect(place.var / "db.sqlite3", timeout=30)) as database:
        return int(database.execute(f"SELECT count(*) FROM {query}").fetchone()[0])


def a_day_of_check_ins(place: House, *, kills: int, keeps_key: bool) -> list[Mentor]:
    """All mentors work at once while the server is killed and started again."""
    place.manage("prepare")
    told = json.loads(place.shell(FURNISH).splitlines()[-1])
    port, dice = free_port(), random.Random(7)
    server = serve(place, port)
    mentors = [Mentor(port, cookie, pupil, keeps_key) for cookie, pupil in told]
    threads = [threading.Thread(target=mentor.work) for mentor in mentors]
    for thread in threads:
        thread.start()
    for round_ in range(1, kills + 1):
        goal = MENTORS * EACH * round_ // (kills + 2)
        wait_for(lambda goal=goal: sum(len(m.answered) for m in mentors) >= goal, say="progress")
        time.sleep(dice.random() * 0.05)
        kill(server)
        server = serve(place, port)
    for thread in threads:
        thread.join()
    kill(server)
    return mentors


def test_what_was_answered_stands_once_and_whole(tmp_path, furnished):
    with house(
        furnished(tmp_path), LMS_FAKE_NOW="2026-03-02T18:00:00+08:00", LMS_MODE="test"
    ) as place:
        mentors = a_day_of_check_ins(place, kills=4, keeps_key=True)
        answered = [one for mentor in mentors for one in mentor.answered]
        whole = MENTORS * EACH
        assert len(set(answered)) == len(answered) == whole
        assert sum(mentor.cut_off for mentor in mentors) > 0, "the kills hit nobody"
        assert sum(mentor.lost for mentor in mentors) == MENTORS * EACH // LOSES_EVERY
        tables = ("mentoring_contact", "mentoring_contactpupil", "mentoring_contacttext")
        facts = "core_outboxevent WHERE kind LIKE '%CheckInLogged'"
        traces = "core_auditevent WHERE verb = 'mentoring.log_check_in'"
        assert Counter(count(place, one) for one in (*tables, facts, traces)) == {whole: 5}


def test_without_the_key_of_the_first_attempt_contacts_double(tmp_path, furnished):
    """The control: the same day, each repetition as a new write."""
    with house(
        furnished(tmp_path), LMS_FAKE_NOW="2026-03-02T18:00:00+08:00", LMS_MODE="test"
    ) as place:
        a_day_of_check_ins(place, kills=1, keeps_key=False)
        assert count(place, "mentoring_contact") >= MENTORS * EACH + MENTORS * EACH // LOSES_EVERY
