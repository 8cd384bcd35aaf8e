"""PostgreSQL stops at once, three times, while people write and read.

Clients hear 503 with Retry-After in Chinese, never 500; what was acknowledged is there, once.
Two controls: the framework's own answer is 500, and a repeated write without a key is doubled.
"""

from __future__ import annotations

import itertools
import json
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.faults import cluster
from tests.faults.house import free_port, house, wait_for

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        cluster.programs() is None,
        reason="needs PostgreSQL's server programs (initdb, pg_ctl) to stop a server of its own",
    ),
]
WRITERS = 2
STOPS = 3


class Clients:
    """People who write until it is acknowledged, and people who read; what they heard."""

    def __init__(self, address: str, control: str) -> None:
        self.address, self.control = address, control
        self.numbers = itertools.count(1)
        self.acknowledged: dict[str, list[int]] = {"keyed": [], "bare": []}
        self.heard: Counter[tuple[str, int]] = Counter()
        self.faults: list[str] = []
        self._ended = threading.Event()
        readers = [self._read, self._read_api, self._read_control]
        work = [*[partial(self._write, "keyed")] * WRITERS, partial(self._write, "bare"), *readers]
        self.threads = [threading.Thread(target=self._until_ended, args=(act,)) for act in work]

    def __enter__(self) -> Clients:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self.threads:
            thread.join()

    def _until_ended(self, act) -> None:
        while not self._ended.is_set():
            act()

    def _write(self, kind: str) -> None:
        """One number until it is acknowledged, and once more, as if the answer had been lost."""
        number = next(self.numbers)
        for _turn in range(2):
            while self._ask(kind, f"{self.address}/{kind}/", number) != 201:
                if self._ended.is_set():
                    return
        self.acknowledged[kind].append(number)

    def _read(self) -> None:
        self._ask("page", f"{self.address}/help/?n={next(self.numbers)}")

    def _read_api(self) -> None:
        self._ask("api", f"{self.address}/api/v1/courses?q={next(self.numbers)}")

    def _read_control(self) -> None:
        self._ask("control", f"{self.control}/help/?n={next(self.numbers)}")

    def _ask(self, kind: str, url: str, number: int | None = None) -> int:
        body = None if number is None else json.dumps(number).encode()
        request = urllib.request.Request(url, data=body, headers={"Idempotency-Key": str(number)})
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read().decode()
            self.heard[kind, answer.status] += 1
            if answer.status == 503:
                self._look(kind, answer.headers, text)
            return int(answer.status)

    def _look(self, kind: str, headers, text: str) -> None:
        if headers["Retry-After"] != "10":
            self.faults.append(f"{kind}: Retry-After {headers['Retry-After']}")
        said = json.loads(text)["detail"] if kind == "api" else text
        if "系统暂时无法应答" not in said:
            self.faults.append(f"{kind}: {text[:200]}")


def test_clients_wait_nothing_is_lost_and_nothing_is_doubled(tmp_path):
    with cluster.cluster() as server, _served(tmp_path, server.url) as (place, address, control):
        place.manage("migrate", "-v", "0")
        with Clients(address, control) as clients:
            for _turn in range(STOPS):
                _wait_for_more(clients, ("keyed", 201), ("page", 200), ("api", 200))
                server.stop()
                _wait_for_more(clients, ("keyed", 503), ("page", 503), ("api", 503))
                server.start()
            _wait_for_more(clients, ("keyed", 201), ("page", 200), ("api", 200))
        kept = {kind: _notes(server.url, kind) for kind in ("keyed", "bare")}

    statuses = {status for kind, status in clients.heard if kind != "control"}
    assert statuses == {200, 201, 503}, clients.heard
    assert clients.faults == []
    assert clients.heard["control", 500] > 0
    for kind, acknowledged in clients.acknowledged.items():
        assert len(acknowledged) > STOPS
        assert set(acknowledged) - kept[kind].keys() == set()
    assert [number for number, times in kept["keyed"].items() if times != 1] == []
    assert all(kept["bare"][number] >= 2 for number in clients.acknowledged["bare"])


def _wait_for_more(clients: Clients, *wanted: tuple[str, int]) -> None:
    """Until each of these was heard three times more; every kind has a client of its own."""
    before = Counter(clients.heard)
    for what in wanted:
        wait_for(lambda what=what: clients.heard[what] > before[what] + 2, say=f"more {what}")


def _notes(url: str, kind: str) -> Counter[int]:
    query = "SELECT (detail->>'number')::int FROM core_auditevent WHERE verb = %s"
    with psycopg.connect(url) as connection:
        return Counter(row[0] for row in connection.execute(query, [f"desk.{kind}"]))


class _served:
    """The house, and beside it the control whose faults the framework answers."""

    def __init__(self, place: Path, url: str) -> None:
        self.house = house(place, LMS_MODE="test", DATABASE_URL=url, LMS_CACHE="memory")

    def __enter__(self):
        place = self.house.__enter__()
        addresses = []
        for name in ("desk", "desk_without_handler"):
            port = free_port()
            place.start(
                str(Path(sys.executable).parent / "gunicorn"),
                *("-c", "deploy/gunicorn.conf.py", "lms.wsgi"),
                PORT=str(port),
                LMS_ROOT_URLCONF=f"tests.faults.{name}",
                LMS_DATABASE_POOL="4",
                WEB_PROCESSES="1",
            )
            addresses.append(f"http://127.0.0.1:{port}")
        return place, *addresses

    def __exit__(self, *words: object) -> None:
        self.house.__exit__(*words)
