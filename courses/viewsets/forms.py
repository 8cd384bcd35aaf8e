"""Forms of the course administration; each is kept by one service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses import services
from courses.models import (
    Course,
    CourseRun,
    CourseState,
    CreditCategory,
    Lesson,
    LessonKind,
    Question,
    QuestionBank,
    Quiz,
)
from courses.permissions import editable_courses
from media.selectors import published_recordings

RIGHT_MARK = "*"
RIGHT_MARKS = (RIGHT_MARK, "＊")
"""The second one is what a Chinese keyboard types."""
ASKING_KINDS = (LessonKind.QUIZ, LessonKind.RECORDING)
"""A quiz asks its questions; a recording asks those of its transcript path."""


class ScopedForm(WagtailAdminModelForm):
    """A form whose choices end where the editor's courses end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = editable_courses(self.for_user)
        if "course" in self.fields:
            self.fields["course"].queryset = mine
        if "bank" in self.fields:
            self._offer("bank", QuestionBank.objects.filter(course__in=mine))
        if "lesson" in self.fields:
            self._offer("lesson", Lesson.objects.filter(course__in=mine, kind__in=ASKING_KINDS))
        if "recording" in self.fields:
            self.fields["recording"].queryset = published_recordings().order_by("title")

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Parts of courses, each named with its course: alone they are called alike."""
        self.fields[name].queryset = rows.select_related("course").order_by(
            "course__title", *rows.model._meta.ordering
        )
        self.fields[name].label_from_instance = lambda row: f"{row.course} · {row}"

    def keep(self, actor: Any) -> Any:
        """Save what was filled in, in the editor's name."""
        return services.keep_content(actor=actor, instance=self.save(commit=False))


class CategoryForm(ScopedForm):
    """A credit category."""

    class Meta:
        model = CreditCategory
        fields = ["code", "name", "name_en", "position"]


class CourseForm(ScopedForm):
    """A course's facts; its page is written among the pages."""

    class Meta:
        model = Course
        fields = [
            "code",
            "title",
            "title_en",
            "summary",
            "category",
            "credit_hours",
            "stage",
            "subject",
            "mode",
            "level",
            "state",
        ]

    def clean(self) -> dict[str, Any]:
        """A course is published only with something to learn."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        publishes = cleaned.get("state") == CourseState.PUBLISHED
        if publishes and not services.has_required_lesson(self.instance):
            self.add_error("state", _("课程至少要有一个必修课节，才能发布。"))
        return cleaned


class RunForm(ScopedForm):
    """A run's dates and seats."""

    class Meta:
        model = CourseRun
        fields = [
            "course",
            "code",
            "name",
            "name_en",
            "enrol_opens_on",
            "enrol_closes_on",
            "learn_opens_on",
            "learn_closes_on",
            "capacity",
            "state",
        ]


class LessonForm(ScopedForm):
    """A lesson, or its withdrawal."""

    withdraw = forms.BooleanField(
        label=_("下架"),
        required=False,
        help_text=_("下架后学员不再看到；已完成的记录保留，没有人的进度会降低。"),
    )
    withdraw_sure = forms.BooleanField(label=_("我确认下架，下架后不能恢复"), required=False)

    class Meta:
        model = Lesson
        fields = ["course", "kind", "title", "position", "required", "recording", "text"]

    def clean(self) -> dict[str, Any]:
        """A recording lesson has a recording, no other has one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_recording = cleaned.get("kind") == LessonKind.RECORDING
        if is_recording and not cleaned.get("recording"):
            self.add_error("recording", _("录像课节要选一个已发布的录像。"))
        if not is_recording and cleaned.get("recording"):
            self.add_error("recording", _("只有录像课节可以选录像。"))
        if cleaned.get("withdraw") and not cleaned.get("withdraw_sure"):
            self.add_error(
                "withdraw_sure", _("下架不能恢复，请一并勾选确认；不下架请去掉“下架”的勾。")
            )
        return cleaned

    def keep(self, actor: Any) -> Any:
        """Save the lesson, and withdraw it where that was asked."""
        lesson = super().keep(actor)
        if self.cleaned_data["withdraw"]:
            services.withdraw_lesson(actor=actor, lesson=lesson)
        return lesson


class BankForm(ScopedForm):
    """A question bank."""

    class Meta:
        model = QuestionBank
        fields = ["course", "name"]


class QuizForm(ScopedForm):
    """How a quiz lesson, or the transcript path of a recording lesson, draws from a bank."""

    class Meta:
        model = Quiz
        help_texts = {
            "lesson": _(
                "选录像课节，就是给它的文字稿设检查题：读文字稿并答题及格的，与看完录像同样计入。"
                "题库里没有在用的题目时，不提供这条路径。"
            )
        }
        fields = [
            "lesson",
            "bank",
            "pass_percent",
            "max_attempts",
            "minutes",
            "pick",
            "shuffle",
        ]

    def clean(self) -> dict[str, Any]:
        """A quiz draws from its own course."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lesson, bank = cleaned.get("lesson"), cleaned.get("bank")
        if lesson and bank and lesson.course_id != bank.course_id:
            self.add_error("bank", _("题库要和课节属于同一门课程。"))
        return cleaned


class QuestionForm(ScopedForm):
    """A question with its newest wording; saving writes a new version."""

    text = forms.CharField(label=_("题干"), widget=forms.Textarea(attrs={"rows": 3}))
    options = forms.CharField(
        label=_("选项"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一个选项，正确的选项在行首加 *。"),
    )
    explanation = forms.CharField(
        label=_("解析"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    retire = forms.BooleanField(
        label=_("停用"), required=False, help_text=_("停用后不再出现在新的作答里。")
    )

    class Meta:
        model = Question
        fields = ["bank", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = None
        if not self.instance._state.adding:
            newest = self.instance.versions.order_by("-number").first()
            for name in ("bank", "kind"):
                self.fields[name].disabled = True
        if newest is not None:
            self.initial["text"] = newest.text
            self.initial["explanation"] = newest.explanation
            self.initial["options"] = "\n".join(
                f"{RIGHT_MARK if option['correct'] else ''}{option['text']}"
                for option in newest.options
            )

    def clean(self) -> dict[str, Any]:
        """The marks must fit the kind of question."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        complaint = services.complaint_about_options(
            cleaned.get("kind", ""), _options(cleaned.get("options", ""))
        )
        if complaint and "options" not in self.errors:
            self.add_error("options", complaint)
        return cleaned

    def keep(self, actor: Any) -> Any:
        """Write the wording as a new version."""
        wording = {
            "text": self.cleaned_data["text"],
            "options": _options(self.cleaned_data["options"]),
            "explanation": self.cleaned_data["explanation"],
        }
        if self.instance._state.adding:
            bank, kind = self.cleaned_data["bank"], self.cleaned_data["kind"]
            version = services.add_question(actor=actor, bank=bank, kind=kind, **wording)
        else:
            version = services.revise_question(actor=actor, question=self.instance, **wording)
        if self.cleaned_data["retire"]:
            services.retire_question(actor=actor, question=version.question)
        return version.question


def _options(text: str) -> list[tuple[str, bool]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [
        (line[1:].strip(), True) if line.startswith(RIGHT_MARKS) else (line, False)
        for line in lines
    ]
