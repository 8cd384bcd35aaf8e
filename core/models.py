"""Rows that every room stands on: outbox, jobs, audit, idempotency."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.triggers import append_only


class Row(models.Model):
    """A row with an unguessable identity and the instant of its making."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("创建时间"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class OutboxEvent(Row):
    """A fact that was published and must reach its reactions."""

    kind = models.CharField(_("事件"), max_length=120)
    payload = models.JSONField(_("内容"))
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("下次投递"), default=clock.now)
    woken_at = models.DateTimeField(_("最近一次唤醒"), null=True, blank=True)
    last_error = models.CharField(_("最近一次错误"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("待投递事件")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(
                fields=["due_at"], name="core_outbox_due", condition=Q(delivered_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.kind


class JobState(models.TextChoices):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Job(Row):
    """Background work; the row is the truth, the queue only wakes it up."""

    kind = models.CharField(_("种类"), max_length=80)
    queue = models.CharField(_("队列"), max_length=20, default="default")
    key = models.CharField(_("幂等键"), max_length=200, null=True, blank=True, unique=True)
    payload = models.JSONField(_("参数"), default=dict)
    state = models.CharField(
        _("状态"), max_length=12, choices=JobState.choices, default=JobState.QUEUED
    )
    attempts = models.PositiveIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("到期时间"), default=clock.now)
    woken_at = models.DateTimeField(_("最近一次唤醒"), null=True, blank=True)
    lease_until = models.DateTimeField(_("租约到期"), null=True, blank=True)
    lease_token = models.UUIDField(_("租约凭据"), null=True, blank=True)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), null=True, blank=True)
    error = models.TextField(_("失败原因"), blank=True)
    error_code = models.CharField(_("失败代码"), max_length=60, blank=True)
    actor_id = models.UUIDField(_("发起人"), null=True, blank=True, db_index=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(
                fields=["due_at"],
                name="core_job_due",
                condition=Q(state__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="core_job_lease_iff_running",
                violation_error_message=_("只有进行中的任务才有占用期限。"),
                condition=Q(state="running", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True, lease_token__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def percent(self) -> int:
        """Whole per cent of the work that is done; 100 only when the job is done."""
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0


@append_only
class AuditEvent(models.Model):
    """One thing that somebody did or looked at; never changed, never removed."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("时间"), default=clock.now, db_index=True)
    actor_id = models.UUIDField(_("操作人"), null=True, blank=True)
    verb = models.CharField(_("动作"), max_length=80)
    thing_type = models.CharField(_("对象类型"), max_length=80, blank=True)
    thing_id = models.CharField(_("对象编号"), max_length=64, blank=True)
    unit_path = models.CharField(_("所属单位路径"), max_length=200, blank=True)
    purpose = models.CharField(_("用途"), max_length=120, blank=True)
    basis = models.CharField(_("授权依据"), max_length=120, blank=True)
    detail = models.JSONField(_("补充"), default=dict)
    request_id = models.CharField(_("请求编号"), max_length=32, blank=True)
    address = models.CharField(_("来源地址"), max_length=45, blank=True)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "at"], name="core_audit_thing"),
            models.Index(fields=["actor_id", "at"], name="core_audit_actor"),
            models.Index(fields=["verb", "at"], name="core_audit_verb"),
            models.Index(fields=["unit_path", "at"], name="core_audit_unit"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.verb}"

    def facts(self) -> dict[str, Any]:
        """What the chain's digest is taken over, in plain JSON values."""
        return {
            "id": str(self.id),
            "at": self.at.isoformat(timespec="microseconds"),
            "actor_id": str(self.actor_id) if self.actor_id else None,
            "verb": self.verb,
            "thing_type": self.thing_type,
            "thing_id": self.thing_id,
            "unit_path": self.unit_path,
            "purpose": self.purpose,
            "basis": self.basis,
            "detail": self.detail,
            "request_id": self.request_id,
            "address": self.address,
        }


@append_only
class AuditSeal(models.Model):
    """A link of the hash chain: it names one audit row and the digest up to it."""

    sequence = models.BigIntegerField(_("序号"), primary_key=True)
    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, related_name="seal", verbose_name=_("审计记录")
    )
    digest = models.CharField(_("摘要"), max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"), default=clock.now)

    class Meta:
        verbose_name = _("审计封存")
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                name="core_seal_from_one",
                violation_error_message=_("封存的序号从 1 开始。"),
                condition=Q(sequence__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:12]}"


class UnsealedEvent(models.Model):
    """An audit row that waits for its seal: a trigger adds it with the row (``core.triggers``).

    So the few that wait are found without a look at the many that are sealed.
    """

    event = models.OneToOneField(
        AuditEvent,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="unsealed",
        verbose_name=_("审计记录"),
    )

    class Meta:
        verbose_name = _("待封存的审计记录")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.event_id)


class IdempotencyRecord(Row):
    """The first answer to a write, kept so that a repetition gets the same one."""

    actor_id = models.UUIDField(_("操作人"), null=True)
    key = models.CharField(_("幂等键"), max_length=200)
    route = models.CharField(_("接口"), max_length=200)
    body_digest = models.CharField(_("请求摘要"), max_length=64)
    status = models.PositiveSmallIntegerField(_("响应状态"), null=True)
    response = models.TextField(_("响应内容"), blank=True)

    class Meta:
        verbose_name = _("幂等记录")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "route", "key"],
                name="core_idempotency_once",
                violation_error_message=_("这个请求编号已经用过，请换一个编号。"),
            ),
            models.UniqueConstraint(
                fields=["route", "key"],
                name="core_idempotency_once_of_nobody",
                violation_error_message=_("这个请求编号已经用过，请换一个编号。"),
                condition=Q(actor_id__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class ThrottleCount(models.Model):
    """How often one subject did one thing in one window of time."""

    scope = models.CharField(_("范围"), max_length=60)
    subject = models.CharField(_("主体"), max_length=64)
    window_starts_at = models.DateTimeField(_("窗口开始"))
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("限流计数")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "subject", "window_starts_at"],
                name="core_throttle_window",
                violation_error_message=_("这段时间的次数已有记录，不能重复。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"
