"""Sharing one course with colleagues whom no post makes an editor."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.services import notify
from core import audit, clock
from core.errors import Invalid
from core.events import publish
from courses.events import CourseEditorsChanged
from courses.models import Course
from courses.permissions import share_course, unshare_course
from schools.models import Employment, Teacher

PLACE = "/cms/course-content/"


@transaction.atomic
def name_co_editor(*, actor: Any, course: Course, staff_number: str) -> Teacher:
    """Let the colleague with this staff number edit one course; repeating is harmless.

    Raises Invalid where nobody who is employed today and has an account bears the number.
    """
    employed = Employment.objects.on(clock.today()).values("teacher")
    found = Teacher.objects.filter(staff_number=staff_number.strip(), pk__in=employed)
    teacher = found.select_related("user").first()
    if teacher is None:
        raise Invalid(fields={"staff_number": _("没有这个工号的在职教师，请核对。")})
    if teacher.user is None or not teacher.user.is_active:
        raise Invalid(fields={"staff_number": _("这位教师还没有开通账号，请先由学校开通。")})
    share_course_with(actor=actor, course=course, user=teacher.user)
    return teacher


@transaction.atomic
def share_course_with(*, actor: Any, course: Course, user: Any) -> None:
    """Let a colleague edit one course and say so; again changes nothing."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if not share_course(user, course):
        return
    audit.record(actor, "courses.share", course, user=str(user.pk))
    publish(CourseEditorsChanged(course_id=course.pk, user_id=user.pk))
    notify(
        user=user,
        kind="course_shared",
        text=gettext_noop("您现在可以共同编辑课程《%(course)s》。"),
        values={"course": course.title, "course_en": course.title_en},
        url=PLACE,
    )


@transaction.atomic
def stop_sharing_course(*, actor: Any, course: Course, user: Any) -> None:
    """Take the right to edit one course back, from the next request on; again changes nothing."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if not unshare_course(user, course):
        return
    audit.record(actor, "courses.unshare", course, user=str(user.pk))
    publish(CourseEditorsChanged(course_id=course.pk, user_id=user.pk))
