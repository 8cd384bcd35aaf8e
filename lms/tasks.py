"""What spans rooms and is due by the clock alone: one call each."""

from __future__ import annotations

from celery import shared_task

from evaluation.services import refresh_open_terms
from lms.editors import settle_editors
from mentoring.services import order_count


@shared_task(name="lms.tasks.settle_editors")
def editors_of_today() -> None:
    settle_editors()


@shared_task(name="lms.tasks.refresh_evaluations")
def evaluations_of_today() -> None:
    refresh_open_terms()


@shared_task(name="lms.tasks.count_schools")
def figures_of_today() -> None:
    order_count()
