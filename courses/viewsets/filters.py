"""Filters of the lists of course content; their choices end where the editor's courses end."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from courses.models import Course, CourseRun, Lesson, Question, QuestionBank, Quiz
from courses.permissions import editable_courses, reach_of


def _courses(request: Any) -> QuerySet[Course]:
    return editable_courses(request.user).order_by("title")


def _banks(request: Any) -> QuerySet[QuestionBank]:
    reach: QuerySet[QuestionBank] = reach_of(QuestionBank).instances_user_has_permission_for(
        request.user, "change"
    )
    return reach.select_related("course").order_by("course__title", "name")


def _course(field: str) -> ModelChoiceFilter:
    return ModelChoiceFilter(field_name=field, queryset=_courses, label=_("课程"))


class _BankFilter(ModelChoiceFilter):
    """Banks named with their course."""

    @property
    def field(self) -> Any:
        field = super().field
        field.label_from_instance = lambda bank: f"{bank.course} · {bank}"
        return field


class RunFilters(WagtailFilterSet):
    course = _course("course")

    class Meta:
        model = CourseRun
        fields = ["course", "state"]


class LessonFilters(WagtailFilterSet):
    course = _course("course")
    withdrawn = BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", exclude=True, label=_("已下架")
    )

    class Meta:
        model = Lesson
        fields = ["course", "kind", "required"]


class BankFilters(WagtailFilterSet):
    course = _course("course")

    class Meta:
        model = QuestionBank
        fields = ["course"]


class QuestionFilters(WagtailFilterSet):
    course = _course("bank__course")
    bank = _BankFilter(queryset=_banks, label=_("题库"))
    retired = BooleanFilter(
        field_name="retired_at", lookup_expr="isnull", exclude=True, label=_("已停用")
    )

    class Meta:
        model = Question
        fields = ["course", "bank", "kind"]


class QuizFilters(WagtailFilterSet):
    course = _course("lesson__course")

    class Meta:
        model = Quiz
        fields = ["course", "bank"]

    bank = _BankFilter(queryset=_banks, label=_("题库"))
