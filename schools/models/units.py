"""The tree of the bureau, its counties and their schools."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Replace, Upper
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from core.models import Row

SLASHES = Length(F("path")) - Length(Replace(F("path"), Value("/"), Value("")))
CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$", _("代码只能由大写字母、数字和短横线组成。"))


class UnitKind(models.TextChoices):
    """The three levels of the tree."""

    BUREAU = "bureau", _("市教育局")
    COUNTY = "county", _("县区")
    SCHOOL = "school", _("学校")


class Stage(models.TextChoices):
    """学段 of a school."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    NINE_YEAR = "nine_year", _("九年一贯制")
    TWELVE_YEAR = "twelve_year", _("十二年一贯制")
    SECONDARY = "secondary", _("完全中学")
    VOCATIONAL = "vocational", _("中职")
    SPECIAL = "special", _("特教")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units under another unit."""

    def under(self, unit: Unit) -> UnitQuerySet:
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(Row):
    """A bureau, county or school; `path` is "/BUREAU/COUNTY/SCHOOL/" of codes.

    Whatever lies under a unit has a path that starts with the unit's path. Codes are upper
    case, because SQLite compares prefixes without regard to case.
    """

    kind = models.CharField(_("类别"), max_length=10, choices=UnitKind.choices)
    code = models.CharField(_("代码"), max_length=20, unique=True, validators=[CODE])
    name = models.CharField(_("名称"), max_length=100)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(_("路径"), max_length=70, unique=True, editable=False)
    stage = models.CharField(_("学段"), max_length=20, choices=Stage.choices, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ("path",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="bureau"),
                name="schools_unit_one_bureau",
                violation_error_message=_("市教育局只能有一个。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="bureau", parent__isnull=True)
                | Q(kind__in=["county", "school"], parent__isnull=False),
                name="schools_unit_parent_by_kind",
                violation_error_message=_("县区和学校必须有上级单位，市教育局没有。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="school", stage__in=Stage.values)
                | (~Q(kind="school") & Q(stage="")),
                name="schools_unit_stage_of_schools",
                violation_error_message=_("学校必须有学段，县区和市教育局没有。"),
            ),
            models.CheckConstraint(
                condition=Q(code=Upper(F("code"))) & ~Q(code="") & ~Q(code__contains="/"),
                name="schools_unit_code_upper_case",
                violation_error_message=_("单位代码不能为空，只能用大写字母、数字和短横线。"),
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/")
                & Q(path__endswith=Concat(Value("/"), F("code"), Value("/"))),
                name="schools_unit_path_ends_in_code",
                violation_error_message=_("单位路径要以本单位的代码结尾。"),
            ),
            models.CheckConstraint(
                condition=(Q(kind="bureau") & Q(Exact(SLASHES, 2)))
                | (Q(kind="county") & Q(Exact(SLASHES, 3)))
                | (Q(kind="school") & Q(Exact(SLASHES, 4))),
                name="schools_unit_path_depth_by_kind",
                violation_error_message=_("单位路径的层级与单位类别不符。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_school(self) -> bool:
        """Whether teachers of pupils work here."""
        return self.kind == UnitKind.SCHOOL

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """The codes on the path, the bureau's first and the own one last."""
        return tuple(self.path.strip("/").split("/"))
