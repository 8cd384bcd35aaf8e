"""Certificates: immutable snapshots, the events that give them a state, and their papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification.rules import codes, verdicts
from core import clock
from core.models import Row
from core.triggers import append_only


class EventKind(models.TextChoices):
    REQUESTED = "requested", _("编号")
    HELD = "held", _("暂缓签发")
    RETRIED = "retried", _("要求重新生成")
    ISSUED = "issued", _("签发")
    SUPERSEDED = "superseded", _("换发")
    REVOKED = "revoked", _("撤销")


class RevocationClass(models.TextChoices):
    FACTS_WRONG = "facts_wrong", _("证书所载信息有误")
    CONDITIONS_UNMET = "conditions_unmet", _("不符合取得条件")
    MISCONDUCT = "misconduct", _("弄虚作假")
    OTHER = "other", _("其他原因")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates with the state that their events and the day give them."""

    def with_state(self, today: dt.date) -> CertificateQuerySet:
        """Annotates `state`, by the same order of weight as `rules.verdicts.state`, and
        `was_issued`: whether the paper with its date of issue was ever made.
        """

        def happened(kind: EventKind) -> Exists:
            return Exists(CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=kind))

        state = models.Case(
            models.When(happened(EventKind.REVOKED), then=models.Value("revoked")),
            models.When(happened(EventKind.SUPERSEDED), then=models.Value("superseded")),
            models.When(~happened(EventKind.ISSUED), then=models.Value("pending")),
            models.When(expires_on__lt=today, then=models.Value("expired")),
            default=models.Value("valid"),
            output_field=models.CharField(),
        )
        return self.annotate(**{"state": state, "was_issued": happened(EventKind.ISSUED)})

    def in_state(self, state: str, today: dt.date) -> CertificateQuerySet:
        """Those that are in this state on the day."""
        return self.with_state(today).filter(Q(("state", state)))


@append_only
class Certificate(Row):
    """A certificate as it was issued: every fact on the paper, never changed afterwards."""

    type = models.ForeignKey(
        "certification.CertificateType",
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("证书种类"),
    )
    template = models.ForeignKey(
        "certification.CertificateTemplate",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("证书模板"),
    )
    year = models.PositiveSmallIntegerField(_("编号年份"))
    sequence = models.PositiveIntegerField(_("编号序号"))
    number = models.CharField(_("证书编号"), max_length=80, unique=True)
    number_key = models.CharField(_("编号比对键"), max_length=80, unique=True)
    code = models.CharField(_("验证码"), max_length=codes.LENGTH, unique=True)
    teacher = models.ForeignKey(
        "schools.Teacher",
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("持证人"),
    )
    completion = models.ForeignKey(
        "courses.CourseCompletion",
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("课程完成"),
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="successor",
        verbose_name=_("换发自"),
    )
    unit = models.ForeignKey(
        "schools.Unit",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("管理单位"),
    )
    holder_name = models.CharField(_("姓名"), max_length=100)
    unit_name = models.CharField(_("取得时所在单位"), max_length=120, blank=True)
    course_code = models.CharField(_("课程代码"), max_length=40)
    course_title = models.CharField(_("课程名称"), max_length=200)
    run_code = models.CharField(_("班次代码"), max_length=60)
    category_name = models.CharField(_("学分类别"), max_length=60)
    credit_hours = models.DecimalField(_("学时"), max_digits=7, decimal_places=2)
    completed_on = models.DateField(_("完成日期"))
    rule_version = models.CharField(_("规则版本"), max_length=40)
    issued_on = models.DateField(_("发证日期"))
    expires_on = models.DateField(_("有效期至"), null=True)
    address = models.URLField(_("查验地址"), max_length=200)

    state: verdicts.State
    was_issued: bool
    """These two only on rows that came through `with_state`."""

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("证书")
        verbose_name_plural = verbose_name
        ordering = ["-issued_on", "-sequence", "-pk"]
        indexes = [
            models.Index(fields=["teacher", "issued_on"], name="certification_of_teacher"),
            models.Index(fields=["unit", "issued_on"], name="certification_of_unit"),
            models.Index(fields=["holder_name"], name="certification_holder"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="certification_number_once",
                violation_error_message=_("这个证书编号已用于另一张证书，编号不能重复。"),
                fields=["type", "year", "sequence"],
            ),
            models.UniqueConstraint(
                name="certification_first_once_per_completion",
                violation_error_message=_("这次结业已签发过证书，请改用换发。"),
                fields=["completion"],
                condition=Q(supersedes__isnull=True),
            ),
            models.CheckConstraint(
                name="certification_sequence_from_one",
                violation_error_message=_("证书序号从 1 开始，请核对。"),
                condition=Q(sequence__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def formatted_code(self) -> str:
        """The code in groups, as printed."""
        return codes.formatted(self.code)


@append_only
class CertificateEvent(Row):
    """What happened to a certificate, who did it and why; never changed, never removed."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="events", verbose_name=_("证书")
    )
    kind = models.CharField(_("事件"), max_length=12, choices=EventKind.choices)
    at = models.DateTimeField(_("时间"), default=clock.now)
    actor_id = models.UUIDField(_("经办人"), null=True)
    actor_name = models.CharField(_("经办人姓名"), max_length=100, blank=True)
    reason_class = models.CharField(
        _("公开原因"), max_length=20, blank=True, choices=RevocationClass.choices
    )
    reason = models.CharField(_("原因说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("证书事件")
        verbose_name_plural = verbose_name
        ordering = ["at", "created_at"]
        constraints = [
            models.UniqueConstraint(
                name="certification_requested_and_issued_once",
                violation_error_message=_("这张证书的申请和签发各只记一次。"),
                fields=["certificate", "kind"],
                condition=Q(kind__in=["requested", "issued"]),
            ),
            models.UniqueConstraint(
                name="certification_ends_once",
                violation_error_message=_("这张证书已经撤销或被换发，不能再次办理。"),
                fields=["certificate"],
                condition=Q(kind__in=["superseded", "revoked"]),
            ),
            models.CheckConstraint(
                name="certification_revoked_for_a_reason",
                violation_error_message=_("撤销证书时请写明原因和类别。"),
                condition=~Q(kind="revoked") | (~Q(reason="") & ~Q(reason_class="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


@append_only
class CertificateDocument(Row):
    """The paper: its very bytes, kept and served as they were made."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="document", verbose_name=_("证书")
    )
    content = models.BinaryField(_("文件内容"))
    sha256 = models.CharField(_("文件摘要"), max_length=64, unique=True)
    size_bytes = models.PositiveIntegerField(_("文件大小"))

    class Meta:
        verbose_name = _("证书文件")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.sha256


STATE_LABELS: dict[str, Any] = {
    "pending": _("待签发"),
    "valid": _("有效"),
    "superseded": _("已换发"),
    "revoked": _("已撤销"),
    "expired": _("已过期"),
}
