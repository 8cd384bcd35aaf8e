"""Issuing under ``kill -9``: one certificate and paper per completion, no hole in the numbers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import sys
from contextlib import closing
from typing import Any

import pytest

from tests.faults.house import House, free_port, house, wait_for

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(sys.platform != "linux", reason="stops processes by signal"),
]
MANY = 200
KILLED_AT = (15, 60, 110)
NONE = {"already": 0, "held": 0, "failed": 0}
RUN = "PSY-101-2026"
COMPLETED = f"""
from django.db import transaction
from tests.certification.making import a_completion, a_run, an_issuer
from tests.people import a_teacher
with transaction.atomic():
    an_issuer()
    for n in range({MANY}):
        a_completion(a_teacher(f"王{{chr(0x4e00 + n)}}", with_user=False), a_run())
"""


def rows(place: House, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place.var / "db.sqlite3", timeout=30)) as database:
        found = database.execute(query).fetchall()
        database.commit()
    return found


def count(place: House, what: str) -> int:
    return int(rows(place, f"SELECT count(*) FROM {what}")[0][0])


def is_locked(place: House) -> bool:
    """Whether somebody is writing."""
    with closing(sqlite3.connect(place.var / "db.sqlite3", timeout=0)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


def worker(place: House) -> int:
    """The supervisor's third child: broker, web, worker."""
    return int(json.loads((place.var / "run" / "children.json").read_text())[2])


def kill_worker(place: House) -> None:
    """The whole process group at once, as the kernel does when memory runs out."""
    before = worker(place)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(before, signal.SIGKILL)
    wait_for(lambda: worker(place) != before, say="a new worker")


def test_a_batch_that_is_killed_again_and_again_ends_with_one_paper_each(tmp_path, furnished):
    with house(furnished(tmp_path), PORT=str(free_port())) as place:
        place.manage("prepare")
        place.shell(COMPLETED)
        numbering = place.start(sys.executable, "manage.py", "issue_certificates", "--run", RUN)
        wait_for(lambda: is_locked(place), say="numbers are being taken")
        numbering.kill()
        numbering.wait()
        assert count(place, "certification_certificate") == 0, "all of the batch or nothing"

        done = json.loads(place.manage("issue_certificates", "--run", RUN, "--json").stdout)
        assert done == {"completions": MANY, "issued": MANY, **NONE}
        place.start(sys.executable, "-m", "lms.supervisor")
        for papers in KILLED_AT:
            wait_for(
                lambda least=papers: count(place, "certification_certificatedocument") >= least,
                say=f"{papers} papers",
            )
            kill_worker(place)
        rows(
            place,
            "UPDATE core_job SET lease_until = '2026-01-01 00:00:00' WHERE state = 'running'",
        )
        wait_for(
            lambda: (
                count(place, "core_job WHERE kind = 'certification.render' AND state != 'done'")
                == 0
            ),
            say="the batch has ended",
            seconds=700,
        )

        again = json.loads(place.manage("issue_certificates", "--run", RUN, "--json").stdout)
        assert again == {"completions": MANY, "issued": 0, **NONE, "already": MANY}
        interrupted = count(place, "core_job WHERE kind = 'certification.render' AND attempts > 1")
        assert interrupted >= 1, "the control: no kill met a paper in the making"
        numbers = rows(
            place,
            "SELECT sequence FROM certification_certificate ORDER BY sequence",
        )
        assert [number for (number,) in numbers] == list(range(1, MANY + 1))
        assert count(place, "certification_creditposting") == MANY
        completions = "(SELECT DISTINCT completion_id FROM certification_certificate)"
        assert count(place, completions) == MANY
        for kind in ("requested", "issued"):
            assert count(place, f"certification_certificateevent WHERE kind = '{kind}'") == MANY
        assert count(place, "certification_certificateevent") == 2 * MANY
        papers = rows(place, "SELECT content, sha256 FROM certification_certificatedocument")
        assert len(papers) == MANY
        for content, digest in papers:
            assert hashlib.sha256(content).hexdigest() == digest
        assert len({digest for _content, digest in papers}) == MANY
