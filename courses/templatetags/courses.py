"""Tags of the public course pages: the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import clock
from courses.models import Course, CoursePage, CourseRun, CreditCategory, Mode, Stage, Subject
from courses.rules.listing import course_listing, data_block
from courses.selectors.catalogue import (
    HOURS,
    Card,
    CatalogueFilters,
    cards,
    catalogue,
    categories,
    course_of_page,
)
from courses.selectors.screens import run_state

register = template.Library()

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class CatalogueScreen:
    """One page of the catalogue with its filters and their choices."""

    filters: CatalogueFilters
    leaves_out: bool
    page: ListPage[Any]
    cards: Sequence[Card]
    stages: Sequence[tuple[Any, Any]]
    subjects: Sequence[tuple[Any, Any]]
    modes: Sequence[tuple[Any, Any]]
    hours: Sequence[str]
    categories: Sequence[CreditCategory]


@register.simple_tag(takes_context=True)
def course_catalogue(context: Context) -> CatalogueScreen:
    """The courses on offer that meet the query string's filters."""
    request: HttpRequest = context["request"]
    filters = CatalogueFilters.read(request.GET)
    page = Paginator(catalogue(filters).order_by("code"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return CatalogueScreen(
        filters=filters,
        leaves_out=filters.leave_out(request.GET),
        page=page,
        cards=cards(page.object_list, get_language() or "zh-hans"),
        stages=Stage.choices,
        subjects=Subject.choices,
        modes=Mode.choices,
        hours=tuple(HOURS),
        categories=list(categories()),
    )


@register.simple_tag
def course_behind(page: CoursePage) -> Course | None:
    """The course that a page tells of, with category and runs on offer."""
    return course_of_page(page)


@register.simple_tag(takes_context=True)
def course_data(context: Context, course: Course, page: CoursePage) -> SafeString:
    """The course for search engines: a schema.org data block, which no browser runs."""
    request: HttpRequest = context["request"]
    listing = course_listing(
        name=page.title,
        description=course.summary or page.search_description,
        code=course.code,
        url=request.build_absolute_uri(request.path),
        hours=course.credit_hours,
        language=page.locale.language_code,
        runs=[(run.code, run.learn_opens_on, run.learn_closes_on) for run in course.offered],
    )
    return SafeString(data_block(listing))


@register.filter
def hours(amount: Decimal | None) -> str:
    """Hours without idle zeros: 2.5, 10."""
    return f"{amount.normalize():f}" if amount is not None else ""


@register.simple_tag
def runs_to_come(course: Course) -> list[tuple[CourseRun, str]]:
    """The runs on offer that are not over, each with its state: open, full, ahead or closed."""
    today = clock.today()
    return [
        (run, run_state(run, today))
        for run in course.offered
        if run.learn_closes_on is None or run.learn_closes_on > today
    ]


@register.filter
def last_day(closes_on: date | None) -> str:
    """The last civil day before ``closes_on``, on which a half-open period ends."""
    return civil_day(closes_on - timedelta(days=1)) if closes_on else ""


@register.filter
def civil_day(day: date | None) -> str:
    """A civil date in the reader's language: 2026年3月1日."""
    return date_format(day, "DATE_FORMAT") if day else ""
