"""A public course page over HTTP against a bare view of the same server, cached and uncached.

The page has 36 blocks; visitors have no cookies and keep their connection. Uncached means that
every request asks for an address nobody asked for before.
"""

from __future__ import annotations

import http.client
import itertools
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median
from urllib.parse import urlsplit

from benchmarks.ratio import Ratio, place, requests_a_second, serving

CLIENTS = 4
SECONDS = 3.0
ROUNDS = 3
BLOCKS = 36
REFERENCE = "a bare view through the full middleware, same server and clients"


def measure() -> Iterator[Ratio]:
    """One line for the cached and one for the uncached page."""
    with place(LMS_CACHE="memory"):
        page = _a_course_page()
        with serving("benchmarks.bare_urls") as address:
            yield from _compare(address, page)


def _compare(address: str, page: str) -> Iterator[Ratio]:
    fresh = itertools.count()
    ways = {
        "bare": lambda: "/bare/",
        "cached": lambda: page,
        "uncached": lambda: f"{page}?visit={next(fresh)}",
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for name, path in ways.items():
            visitors = [_Visitor(address) for _ in range(CLIENTS)]
            rate = requests_a_second(
                lambda client, visitors=visitors, path=path: visitors[client].read(path()),
                clients=CLIENTS,
                seconds=SECONDS,
            )
            if turn:
                rates[name].append(rate)
    bare = median(rates["bare"])
    for name in ("cached", "uncached"):
        yield Ratio(
            bench=f"course_page_{name}",
            ours=round(median(rates[name]), 1),
            reference=round(bare, 1),
            reference_is=REFERENCE,
            better="higher",
            unit="requests/s",
            n=ROUNDS,
        )


class _Visitor:
    """A browser without cookies that keeps its connection."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    def read(self, path: str) -> None:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {path}")


def _a_course_page() -> str:
    import django

    django.setup()
    from django.db import connections

    from core import clock
    from courses import services
    from courses.models import CourseIndexPage, CoursePage, CreditCategory
    from website.services import PageText, lay_out_site

    words = PageText("教师培训平台", "教师学有所获，学生身边有人。")
    lay_out_site(actor=None, chinese=words, english=PageText("Platform"))
    category = CreditCategory.objects.create(code="PSY", name="心理健康教育")
    course = services.create_course(
        actor=None,
        code="XL-01",
        title="青少年心理健康教育",
        category=category,
        credit_hours=Decimal("10"),
    )
    services.add_lesson(
        actor=None, course=course, kind="reading", title="读一读", text="<p>情绪没有对错。</p>"
    )
    services.publish_course(actor=None, course=course)
    today = clock.today()
    services.open_run(
        actor=None,
        course=course,
        code="XL-01-A",
        name="本期",
        capacity=100,
        enrol_opens_on=today - timedelta(days=1),
        enrol_closes_on=today + timedelta(days=30),
        learn_opens_on=today,
        learn_closes_on=today + timedelta(days=60),
    )
    index = CourseIndexPage.objects.get(locale__language_code="zh-hans")
    page = CoursePage(title=course.title, slug="xl-01", course=course, body=_body())
    index.add_child(instance=page)
    connections.close_all()
    return "/courses/xl-01/"


def _body() -> list[dict[str, object]]:
    text = "<p>先听，再问，最后才说。连续两周情绪低落，请联系学校心理教师。</p>" * 2
    section = {"type": "section", "value": {"heading": "怎样开口", "text": text}}
    chapters = [{"title": f"第 {number} 讲", "text": "识别与倾听"} for number in range(1, 9)]
    return [
        {"type": "aims", "value": ["识别情绪信号", "学会倾听", "知道怎样转介"]},
        {"type": "audience", "value": "<p>班主任与全体导师。</p>"},
        {"type": "syllabus", "value": chapters},
        *([section] * (BLOCKS - 3)),
    ]
