"""The course administration in /cms/: content only, no learner's data.

Wagtail's own views look at permissions of the model; every view here looks at the object too,
and what is out of reach is not found.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from core.errors import DomainError, Missing
from courses.models import (
    Course,
    CourseRun,
    CreditCategory,
    Lesson,
    Question,
    QuestionBank,
    Quiz,
)
from courses.permissions import keeps_courses, reach_of
from courses.selectors.contents import listed
from courses.viewsets import columns, filters, forms
from courses.viewsets.co_editors import co_editors_of_course, end_co_editing
from courses.viewsets.pages import page_of_course, warn_of_missing_page


class WithinReach:
    """A view of one object that finds only what its viewer may change."""

    model: type[Model]
    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        policy = reach_of(self.model)
        if not policy.user_has_permission_for_instance(self.request.user, "change", found):
            raise Http404
        return found


class Index(generic.IndexView):
    def get_base_queryset(self) -> Any:
        reach = reach_of(self.model).instances_user_has_permission_for(self.request.user, "change")
        return listed(super().get_base_queryset().filter(pk__in=reach.values("pk")))

    def order_queryset(self, queryset: Any) -> Any:
        """Rows that are equal in the chosen column keep one order in all pages."""
        ordered = super().order_queryset(queryset)
        chosen = ordered.query.order_by
        return ordered.order_by(*chosen, "pk") if chosen else ordered


class QuestionIndex(Index):
    """Questions have no name: their wording, which lives in versions, leads to them."""

    def _get_title_column(self, name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        column = self._get_title_column_class(column_class)
        return column(
            name, label=_("题干"), accessor=columns.wording, get_url=self.get_edit_url, **kwargs
        )


class Explained:
    """A view whose service may still refuse what the form took: the words stand on the form."""

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Missing:
            raise
        except DomainError as refusal:
            fields = getattr(refusal, "fields", None) or {None: str(refusal)}
            for name, text in fields.items():
                form.add_error(name if name in form.fields else None, text)
            self.is_valid(form)  # type: ignore[attr-defined] # notes the message above the form
            return self.form_invalid(form)  # type: ignore[attr-defined]


class CourseIndex(Index):
    """Who keeps all courses also sees, and mends, what has no public page."""

    @cached_property
    def columns(self) -> list[Any]:
        own: list[Any] = super().columns
        return [*own, columns.PAGE, columns.CO_EDITORS] if keeps_courses(self.request.user) else own


class Add(Explained, generic.CreateView):
    def save_instance(self) -> Any:
        return self.form.keep(self.request.user)


class Edit(Explained, WithinReach, generic.EditView):
    def save_instance(self) -> Any:
        return self.form.keep(self.request.user)


class CourseAdd(Add):
    def save_action(self) -> Any:
        answer = super().save_action()
        warn_of_missing_page(self.request, self.object)
        return answer


class CourseEdit(Edit):
    def save_action(self) -> Any:
        answer = super().save_action()
        warn_of_missing_page(self.request, self.object)
        return answer


class Delete(WithinReach, generic.DeleteView):
    pass


class History(WithinReach, history.HistoryView):
    pass


class Usage(WithinReach, usage.UsageView):
    pass


class ContentViewSet(ModelViewSet):
    """One kind of course content."""

    index_view_class = Index
    add_view_class = Add
    edit_view_class = Edit
    delete_view_class = Delete
    history_view_class = History
    usage_view_class = Usage
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_admin_menu = False
    form_class: type[forms.ScopedForm]

    def get_form_class(self, for_update: bool = False) -> type[forms.ScopedForm]:
        return self.form_class


class CategoryViewSet(ContentViewSet):
    model = CreditCategory
    form_class = forms.CategoryForm
    icon = "tag"
    list_display = ["code", "name"]
    name = "course-categories"


class CourseViewSet(ContentViewSet):
    model = Course
    form_class = forms.CourseForm
    index_view_class = CourseIndex
    add_view_class = CourseAdd
    edit_view_class = CourseEdit
    icon = "openquote"
    list_display = ["code", "title", columns.HOURS, "state"]
    list_filter = ["state", "subject", "stage"]
    search_fields = ["code", "title"]
    search_backend_name = None
    name = "course-content"

    def get_urlpatterns(self) -> list[Any]:
        own: list[Any] = super().get_urlpatterns()
        return [
            *own,
            path("page/<uuid:pk>/", page_of_course, name="page"),
            path("co-editors/<uuid:pk>/", co_editors_of_course, name="co-editors"),
            path("co-editors/<uuid:pk>/<uuid:user_id>/", end_co_editing, name="co-editor-end"),
        ]


class RunViewSet(ContentViewSet):
    model = CourseRun
    form_class = forms.RunForm
    icon = "date"
    list_display = ["code", "name", columns.COURSE, "enrol_opens_on", "state"]
    filterset_class = filters.RunFilters
    search_fields = ["code", "name", "course__title", "course__code"]
    search_backend_name = None
    name = "course-runs"


class LessonViewSet(ContentViewSet):
    model = Lesson
    form_class = forms.LessonForm
    icon = "list-ol"
    list_display = [
        "title",
        columns.COURSE,
        "kind",
        columns.POSITION,
        columns.REQUIRED,
        columns.SHOWN,
    ]
    filterset_class = filters.LessonFilters
    search_fields = ["title", "course__title", "course__code"]
    search_backend_name = None
    name = "course-lessons"


class BankViewSet(ContentViewSet):
    model = QuestionBank
    form_class = forms.BankForm
    icon = "folder-open-inverse"
    list_display = ["name", columns.COURSE, columns.QUESTIONS]
    filterset_class = filters.BankFilters
    search_fields = ["name", "course__title", "course__code"]
    search_backend_name = None
    name = "course-banks"


class QuestionViewSet(ContentViewSet):
    model = Question
    form_class = forms.QuestionForm
    icon = "help"
    index_view_class = QuestionIndex
    list_display = ["wording", "kind", columns.BANK, columns.BANKS_COURSE, columns.IN_USE]
    filterset_class = filters.QuestionFilters
    search_fields = ["wording", "bank__name", "bank__course__title", "bank__course__code"]
    search_backend_name = None
    name = "course-questions"


class QuizViewSet(ContentViewSet):
    model = Quiz
    form_class = forms.QuizForm
    icon = "form"
    list_display = [
        "lesson",
        columns.LESSONS_COURSE,
        columns.LESSONS_KIND,
        columns.BANK,
        columns.ASKED,
        "pass_percent",
    ]
    filterset_class = filters.QuizFilters
    search_fields = ["lesson__title", "bank__name", "lesson__course__title", "lesson__course__code"]
    search_backend_name = None
    name = "course-quizzes"


class CourseViewSetGroup(ViewSetGroup):
    """Everything about courses under one entry of the menu."""

    menu_label = _("课程管理")
    menu_icon = "openquote"
    menu_order = 360
    items = (
        CourseViewSet,
        RunViewSet,
        LessonViewSet,
        BankViewSet,
        QuestionViewSet,
        QuizViewSet,
        CategoryViewSet,
    )
