"""A course's public page, begun from the course."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import find_available_slug

from core import audit
from core.errors import DomainError
from courses.models import Course, CourseIndexPage, CoursePage


class NoCatalogue(DomainError):
    """There is no catalogue page under which a course's page could stand."""

    code = "no_catalogue"
    message = _("网站还没有课程目录页，请先在“页面”里建立。")


@transaction.atomic
def add_course_page(*, actor: Any, course: Course) -> CoursePage:
    """The course's page; where there is none, a draft with the course's words below the catalogue.

    Repeating gives the same page. Raises NoCatalogue.
    """
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    existing: CoursePage | None = CoursePage.objects.filter(course=course).first()
    if existing is not None:
        return existing
    catalogue = CourseIndexPage.objects.filter(alias_of=None).order_by("path").first()
    if catalogue is None:
        raise NoCatalogue
    page: CoursePage = catalogue.add_child(
        instance=CoursePage(
            title=course.title,
            slug=find_available_slug(catalogue, course.code.lower()),
            search_description=course.summary,
            course=course,
            live=False,
            locale=catalogue.locale,
        )
    )
    page.save_revision(user=actor)
    audit.record(actor, "courses.add_page", course, page=page.pk)
    return page
