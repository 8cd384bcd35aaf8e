"""Who else edits a course: named, and taken off, in the content administration."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Invalid
from courses import services
from courses.models import Course
from courses.selectors.contents import co_editors_of, get_co_editor_of, get_kept_course_for


class CoEditorForm(forms.Form):
    """A colleague, by staff number."""

    staff_number = forms.CharField(
        label=gettext_lazy("工号"),
        max_length=40,
        error_messages={"required": gettext_lazy("请填写工号。")},
        help_text=gettext_lazy("任何单位的在职教师；对方只能编辑这一门课程，进入时要验证身份。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def co_editors_of_course(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The co-editors of a course, and naming one more."""
    course = get_kept_course_for(viewer=request.user, course_id=pk)
    form = CoEditorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, course, form)
    number = form.cleaned_data["staff_number"]
    try:
        named = services.name_co_editor(actor=request.user, course=course, staff_number=number)
    except Invalid as refusal:
        for name, text in refusal.fields.items():
            form.add_error(name, text)
        return _page(request, course, form)
    messages.success(request, _("%(name)s现在可以共同编辑这门课程。") % {"name": named.name})
    return redirect("course-content:co-editors", course.pk)


@require_POST
def end_co_editing(request: HttpRequest, pk: UUID, user_id: UUID) -> HttpResponse:
    """Take a co-editor off."""
    course = get_kept_course_for(viewer=request.user, course_id=pk)
    row = get_co_editor_of(course, user_id)
    services.stop_sharing_course(actor=request.user, course=course, user=row.user)
    messages.success(request, _("已移除共同编辑，从对方的下一次操作起生效。"))
    return redirect("course-content:co-editors", course.pk)


def _page(request: HttpRequest, course: Course, form: CoEditorForm) -> HttpResponse:
    context = {
        "course": course,
        "form": form,
        "rows": co_editors_of(course),
        "header_title": course.title,
        "header_icon": "group",
    }
    status = 422 if form.errors else 200
    return render(request, "courses/cms_co_editors.html", context, status=status)
