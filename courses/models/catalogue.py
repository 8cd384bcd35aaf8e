"""What is on offer: credit categories and courses, apart from their pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase
from wagtail.search import index

from core.models import Row

CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{0,39}\Z", _("代码只能用大写字母、数字和连字符。"))


class Stage(models.TextChoices):
    KINDERGARTEN = "kindergarten", _("学前")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    ALL = "all", _("全学段")


class Subject(models.TextChoices):
    PSYCHOLOGY = "psychology", _("心理健康")
    CLASS_TEACHING = "class_teaching", _("班主任工作")
    MENTORING = "mentoring", _("导师工作")
    ETHICS = "ethics", _("师德师风")
    SAFETY = "safety", _("安全教育")
    CHINESE = "chinese", _("语文")
    MATHEMATICS = "mathematics", _("数学")
    ENGLISH = "english", _("英语")
    SCIENCE = "science", _("科学")
    GENERAL = "general", _("通用")


class Mode(models.TextChoices):
    ONLINE = "online", _("网络研修")
    FACE_TO_FACE = "face_to_face", _("集中面授")
    BLENDED = "blended", _("混合研修")


class Level(models.TextChoices):
    NATIONAL = "national", _("国家级")
    PROVINCIAL = "provincial", _("省级")
    PREFECTURE = "prefecture", _("市级")
    COUNTY = "county", _("县级")
    SCHOOL = "school", _("校级")


class CourseState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")


class CreditCategory(Row):
    """A kind of credit that the bureau's rules count apart."""

    code = models.CharField(_("代码"), max_length=40, unique=True, validators=[CODE])
    name = models.CharField(_("名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True, db_default="")
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("学分类别")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["position", "code"]

    @property
    def label(self) -> str:
        """The name in the reader's language, where it is known."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def __str__(self) -> str:
        return self.name


class Course(index.Indexed, Row):
    """What is taught and what it is worth; its page may come and go."""

    code = models.CharField(_("课程代码"), max_length=40, unique=True, validators=[CODE])
    title = models.CharField(_("课程名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True, db_default="")
    summary = models.TextField(_("一句话介绍"), max_length=300, blank=True)
    stage = models.CharField(_("学段"), max_length=16, choices=Stage.choices, default=Stage.ALL)
    subject = models.CharField(
        _("学科"), max_length=20, choices=Subject.choices, default=Subject.GENERAL
    )
    category = models.ForeignKey(
        CreditCategory,
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("学分类别"),
    )
    mode = models.CharField(_("方式"), max_length=16, choices=Mode.choices, default=Mode.ONLINE)
    level = models.CharField(
        _("级别"), max_length=16, choices=Level.choices, default=Level.PREFECTURE
    )
    credit_hours = models.DecimalField(_("学时"), max_digits=7, decimal_places=2)
    state = models.CharField(
        _("状态"), max_length=12, choices=CourseState.choices, default=CourseState.DRAFT
    )

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("summary"),
        index.SearchField("code"),
        index.SearchField("labels"),
        index.RelatedFields("category", [index.SearchField("name"), index.SearchField("name_en")]),
        index.FilterField("state"),
        index.FilterField("stage"),
        index.FilterField("subject"),
        index.FilterField("mode"),
        index.FilterField("credit_hours"),
        index.FilterField("category_id"),
    ]

    class Meta:
        verbose_name = _("课程")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["code"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "subject"], name="courses_course_offer")
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="courses_course_hours_positive",
                violation_error_message=_("学时要大于 0。"),
                condition=Q(credit_hours__gt=0),
            ),
            models.CheckConstraint(
                name="courses_course_state_known",
                violation_error_message=_("课程状态只能是草稿或已发布。"),
                condition=Q(state__in=CourseState.values),
            ),
        ]

    def labels(self) -> list[str]:
        """What its card says of subject, stage, mode and level, in every language of the site."""
        said: list[str] = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                shown = Subject(self.subject), Stage(self.stage), Mode(self.mode), Level(self.level)
                said += [str(choice.label) for choice in shown]
        return said

    @property
    def label(self) -> str:
        """The title in the reader's language, where it is known."""
        return self.title_en if self.title_en and get_language() == "en" else self.title

    def __str__(self) -> str:
        return self.title


class CourseEditor(UserObjectPermissionBase):
    """A colleague who may edit one course although no post says so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("用户")
    )
    permission = models.ForeignKey(
        "auth.Permission", on_delete=models.CASCADE, verbose_name=_("权限")
    )
    content_object = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="editors", verbose_name=_("课程")
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("课程共同编辑")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.user} · {self.content_object}"
