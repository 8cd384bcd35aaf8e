"""Computed assignments, and who is whose mentor at every instant."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from mentoring.models.rulesets import RuleSet
from schools.models import Pupil, Teacher, Term, Unit
from schools.models.dated import DatedQuerySet, last_day


class RunState(models.TextChoices):
    """How far a computed assignment is."""

    COMPUTING = "computing", _("计算中")
    PREVIEWED = "previewed", _("等待发布")
    INFEASIBLE = "infeasible", _("名额不足")
    REPAIRED = "repaired", _("已补足名额重算")
    PUBLISHED = "published", _("已发布")
    SUPERSEDED = "superseded", _("已被替代")
    FAILED = "failed", _("计算失败")


class AssignmentRun(Row):
    """One computation of a school's assignment for a term, with its proof or its shortage.

    `instance`, `certificate` and `shortage` have the documented format of the assignment file;
    people stand in it by their ids only. `instance_sha256` tells whether the register has changed
    since.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="assignment_runs"
    )
    term = models.ForeignKey(
        Term, verbose_name=_("学期"), on_delete=models.PROTECT, related_name="assignment_runs"
    )
    rule_set = models.ForeignKey(
        RuleSet, verbose_name=_("规则"), on_delete=models.PROTECT, related_name="runs"
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=RunState.choices, default=RunState.COMPUTING
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发起人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    job_id = models.UUIDField(_("计算任务"), null=True, blank=True)
    engine = models.PositiveSmallIntegerField(_("算法版本"), default=0)
    instance = models.JSONField(_("分配文件"), default=dict)
    instance_sha256 = models.CharField(_("分配文件摘要"), max_length=64, blank=True)
    solution_sha256 = models.CharField(_("方案摘要"), max_length=64, blank=True)
    certificate = models.JSONField(_("最优性证明"), default=dict)
    shortage = models.JSONField(_("缺额"), default=dict)
    objective = models.BigIntegerField(_("总代价"), null=True, blank=True)
    moves = models.PositiveIntegerField(_("更换导师人数"), null=True, blank=True)
    max_load = models.PositiveIntegerField(_("最多一人带几名"), null=True, blank=True)
    failure = models.CharField(_("失败原因"), max_length=60, blank=True)
    reason = models.CharField(_("发布说明"), max_length=200, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("分配方案")
        verbose_name_plural = _("分配方案")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values),
                name="mentoring_run_state_known",
                violation_error_message=_("分配方案的状态不在允许的范围内。"),
            ),
            models.UniqueConstraint(
                fields=["unit", "term"],
                condition=Q(state="published"),
                name="mentoring_run_one_published",
                violation_error_message=_("这所学校这个学期已有发布的分配方案。"),
            ),
            models.UniqueConstraint(
                fields=["unit", "term"],
                condition=Q(state="computing"),
                name="mentoring_run_one_computing",
                violation_error_message=_("这所学校正在计算分配方案，请稍候。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | (Q(published_at__isnull=False) & ~Q(reason="")),
                name="mentoring_run_published_with_reason",
                violation_error_message=_("发布分配方案时请写明说明。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["previewed", "published", "superseded"])
                | (Q(objective__isnull=False) & ~Q(solution_sha256="")),
                name="mentoring_run_solved_with_figures",
                violation_error_message=_("没有最优方案就不能预览或发布。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.term}"


class ProposedPair(models.Model):
    """A pupil and the mentor whom a run proposes, with what the pair costs."""

    run = models.ForeignKey(
        AssignmentRun, verbose_name=_("分配方案"), on_delete=models.CASCADE, related_name="pairs"
    )
    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="proposed_pairs"
    )
    mentor = models.ForeignKey(
        Teacher, verbose_name=_("导师"), on_delete=models.PROTECT, related_name="proposed_pairs"
    )
    closeness = models.IntegerField(_("亲近程度代价"))
    bonus = models.IntegerField(_("志愿与延续减免"))

    class Meta:
        verbose_name = _("拟结对")
        verbose_name_plural = _("拟结对")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "pupil"],
                name="mentoring_pair_once",
                violation_error_message=_("一个方案里每名学生只有一位导师。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.mentor}"


class MentorAssignment(Row):
    """A teacher is a pupil's mentor from `starts_on` up to `ends_on` (open when empty).

    It comes from a published run, or was made by hand for a stated reason.
    """

    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="mentor_assignments"
    )
    mentor = models.ForeignKey(
        Teacher, verbose_name=_("导师"), on_delete=models.PROTECT, related_name="mentor_assignments"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="mentor_assignments"
    )
    run = models.ForeignKey(
        AssignmentRun,
        verbose_name=_("分配方案"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    reason = models.CharField(_("手工指定的原因"), max_length=200, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("导师结对")
        verbose_name_plural = _("导师结对")
        ordering = ("pupil", "starts_on")
        indexes = [
            models.Index(fields=["mentor", "starts_on"], name="mentoring_assignment_mentor"),
            models.Index(fields=["unit", "starts_on"], name="mentoring_assignment_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(run__isnull=False) | ~Q(reason=""),
                name="mentoring_assignment_has_origin",
                violation_error_message=_("手工指定导师时请写明原因。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mentoring_assignment_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_assignment_no_overlap",
                fields=("pupil",),
                violation_error_message=_("这名学生在这段时间已有导师，请先结束原来的结对。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.mentor}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)
