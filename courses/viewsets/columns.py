"""Columns of the lists of course content."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from courses.models import Course, Lesson, Question, Quiz

WORDING_SIGNS = 60


def wording(question: Question) -> str:
    """How a question begins, as its list knows it."""
    return Truncator(getattr(question, "wording", None) or gettext("（没有题干）")).chars(
        WORDING_SIGNS
    )


def _is_in_use(question: Question) -> bool:
    return question.retired_at is None


def _is_shown(lesson: Lesson) -> bool:
    return lesson.withdrawn_at is None


def _page_state(course: Course) -> str:
    """Whether the public can read about the course."""
    page = getattr(course, "page", None)
    if page is None:
        return gettext("没有，去新建")
    return gettext("已公开") if page.live else gettext("未公开")


def _page_address(course: Course) -> str:
    page = getattr(course, "page", None)
    if page is None:
        return reverse("course-content:page", args=[course.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _co_editors(course: Course) -> str:
    """How many colleagues edit the course although no post says so."""
    number: Any = getattr(course, "shared_with", 0)
    return gettext("%(number)s 人，管理") % {"number": number}


def _co_editors_address(course: Course) -> str:
    return reverse("course-content:co-editors", args=[course.pk])


def _asked(quiz: Quiz) -> str:
    """How many questions one attempt asks, and of how many in use."""
    in_use: Any = getattr(quiz, "in_use", 0)
    if quiz.pick is None or quiz.pick >= in_use:
        return str(in_use)
    return f"{quiz.pick} / {in_use}"


def _hours(course: Course) -> str:
    """Credit hours as every page writes them: 4, not 4.00."""
    return f"{course.credit_hours.normalize():f}"


class TickColumn(BooleanColumn):
    """A tick or a cross, in words for who hears it or points at it."""

    cell_template_name = "courses/cms_tick.html"


HOURS = Column("credit_hours", label=_("学时"), accessor=_hours, sort_key="credit_hours")
COURSE = Column("course", label=_("课程"), accessor="course", sort_key="course__title")
POSITION = Column("position", label=_("顺序"), sort_key="position")
REQUIRED = TickColumn("required", label=_("必修"))
SHOWN = TickColumn("shown", label=_("在用"), accessor=_is_shown)
QUESTIONS = Column("in_use", label=_("在用题数"))
BANK = Column("bank", label=_("题库"), sort_key="bank__name")
BANKS_COURSE = Column("course", label=_("课程"), accessor="bank.course")
IN_USE = TickColumn("in_use", label=_("在用"), accessor=_is_in_use)
LESSONS_COURSE = Column("course", label=_("课程"), accessor="lesson.course")
LESSONS_KIND = Column("kind", label=_("课节种类"), accessor="lesson.get_kind_display")
ASKED = Column("asked", label=_("每次题数"), accessor=_asked)
PAGE = TitleColumn("page", label=_("公开页面"), accessor=_page_state, get_url=_page_address)
CO_EDITORS = TitleColumn(
    "co_editors", label=_("共同编辑"), accessor=_co_editors, get_url=_co_editors_address
)
