"""A mentor's caseload page in a large bureau against the same page in a small one.

The same mentor with the same pupils in one database: first with the 8 schools of the demo of size
s, then with the 250 schools and some 150,000 pupils of size m beside them. Median of whole requests
through the product's middleware, in this process. Takes some minutes: the large bureau is built.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.posting import cookie_of
from benchmarks.ratio import Ratio, manage, place

REQUESTS = 60


def measure() -> Iterator[Ratio]:
    """One line: milliseconds a page, size m against size s."""
    with place(LMS_CACHE="memory"):
        manage("prepare")
        manage("demo", "--size", "s")
        import django

        django.setup()
        small, cases = _page()
        manage("demo", "--size", "m")
        large, same = _page()
        if cases != same or not cases:
            raise RuntimeError(f"the page shows {same} pupils, not {cases}")
        yield Ratio(
            bench="caseload_page",
            ours=round(large, 2),
            reference=round(small, 2),
            reference_is="the same page among the 8 schools of size s",
            better="lower",
            unit="ms a page, median",
            n=cases,
        )


def _page() -> tuple[float, int]:
    """Median milliseconds of the page of the demo's mentor, and how many pupils it shows."""
    client = _signed_in()
    spent, shown = [], 0
    for _request in range(REQUESTS):
        started = time.perf_counter()
        answer = client.get("/mentoring/", SERVER_NAME="localhost")
        spent.append((time.perf_counter() - started) * 1000)
        shown = answer.content.decode().count('data-testid="check-in"')
    return statistics.median(spent[REQUESTS // 4 :]), shown


def _signed_in() -> Any:
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.cookies.load(cookie_of(User.objects.get(username="mentor")))
    return client
