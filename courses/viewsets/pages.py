"""From a course in the content administration to its public page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages as admin_messages

from core.errors import DomainError
from courses import services
from courses.models import Course
from courses.permissions import keeps_courses
from courses.selectors.contents import get_kept_course_for, lacks_page


@require_http_methods(["GET", "HEAD", "POST"])
def page_of_course(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask whether to begin the course's page, and begin it."""
    course = get_kept_course_for(viewer=request.user, course_id=pk)
    if request.method == "POST":
        try:
            page = services.add_course_page(actor=request.user, course=course)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("course-content:index")
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"course": course, "header_title": course.title, "header_icon": "doc-full"}
    return render(request, "courses/cms_page.html", context)


def warn_of_missing_page(request: Any, course: Course) -> None:
    """Tell an editor who has saved a course on offer that nobody can read about it yet."""
    if not keeps_courses(request.user) or not lacks_page(course):
        return
    button = admin_messages.button(
        reverse("course-content:page", args=[course.pk]), _("新建公开页面")
    )
    admin_messages.warning(
        request,
        _("课程已发布，但还没有公开的课程页面：目录里的卡片只能通向报名页。"),
        buttons=[button],
    )
