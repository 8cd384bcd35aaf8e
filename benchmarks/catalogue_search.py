"""The first page of a catalogue search over 20,000 courses against a LIKE scan of the same text.

Both give the same courses; the queries are words that stand in many, some, few or none of them
(the words are spread as in a language: the n-th is n times rarer than the first).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from statistics import median
from typing import Any

from benchmarks.ratio import Ratio, place

COURSES = 20_000
BATCH = 500
ROUNDS = 5
SHOWN = 20
HEADS = """
心理 家校 危机 课堂 倾听 情绪 同伴 网络 青春 生命 师德 法治 安全 阅读 写作 数学 科学 劳动 艺术 体育
"""
TAILS = """
健康 沟通 识别 管理 谈话 压力 欺凌 手机 教育 评价 作业 研修 设计 观察 合作 活动 实验 写生 训练 案例
"""
QUERIES = (
    "青春谈话",
    "生命教育",
    "欺凌",
    "倾听压力",
    "家校沟通",
    "师德案例",
    "写生 体育",
    "𠮷",
    "C-01234",
    "心理",
)


def measure() -> Iterator[Ratio]:
    """One line: milliseconds for a query, median over queries and rounds."""
    with place(LMS_CACHE="memory"):
        import django

        django.setup()
        _fill()
        ours, scan = _ours(), _like()
        for query in QUERIES:
            if ours(query) != scan(query):
                raise RuntimeError(f"the two disagree about {query}")
        times: dict[str, list[float]] = {"ours": [], "scan": []}
        for _turn in range(ROUNDS):
            for query in QUERIES:
                times["ours"].append(_milliseconds(ours, query))
                times["scan"].append(_milliseconds(scan, query))
        yield Ratio(
            bench="catalogue_search",
            ours=round(median(times["ours"]), 2),
            reference=round(median(times["scan"]), 2),
            reference_is="a LIKE scan over title, summary and code of the same 20,000 courses",
            better="lower",
            unit="ms a query, median",
            n=ROUNDS * len(QUERIES),
        )


def _milliseconds(work: Callable[[str], Any], query: str) -> float:
    started = time.perf_counter()
    work(query)
    return (time.perf_counter() - started) * 1000


def _ours() -> Callable[[str], list[str]]:
    from courses.selectors.catalogue import CatalogueFilters, catalogue

    def search(query: str) -> list[str]:
        found = catalogue(CatalogueFilters(q=query)).order_by("code")
        return [course.code for course in found[:SHOWN]]

    return search


def _like() -> Callable[[str], list[str]]:
    from django.db.models import Q

    from courses.selectors.catalogue import CatalogueFilters, catalogue

    def search(query: str) -> list[str]:
        rows = catalogue(CatalogueFilters())
        for word in query.split():
            rows = rows.filter(
                Q(title__contains=word) | Q(summary__contains=word) | Q(code__contains=word)
            )
        return [course.code for course in rows.order_by("code")[:SHOWN]]

    return search


def _fill() -> None:
    from wagtail.search.backends import get_search_backend

    from courses.models import Course, CreditCategory

    category = CreditCategory.objects.create(code="PSY", name="心理健康教育")
    words = [head + tail for head in HEADS.split() for tail in TAILS.split()]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    chance = random.Random(20261123)
    index = get_search_backend().get_index_for_model(Course)
    for first in range(0, COURSES, BATCH):
        batch = [
            Course(
                code=f"C-{number:05}",
                title="".join(chance.choices(words, weights, k=2)),
                summary="".join(chance.choices(words, weights, k=6)) + "。",
                category=category,
                credit_hours=Decimal(chance.randint(1, 20)),
                state="published",
            )
            for number in range(first, first + BATCH)
        ]
        Course.objects.bulk_create(batch)
        index.add_items(Course, batch)
