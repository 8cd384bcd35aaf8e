"""What an assignment has to mind: places, conflicts, wishes, and how often a pupil is seen.

Nothing here says why: a cadence is a number of days, a conflict a pair that is never made.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models import Pupil, Teacher, Term
from schools.models.dated import DatedQuerySet


class MentorLimit(Row):
    """A teacher mentors fewer or more pupils than usual for a time; a hard cap of 0 means none."""

    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="mentor_limits"
    )
    soft_cap = models.PositiveSmallIntegerField(_("一般带几人"))
    hard_cap = models.PositiveSmallIntegerField(_("最多带几人"))
    reason = models.CharField(_("原因"), max_length=200)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("导师名额")
        verbose_name_plural = _("导师名额")
        ordering = ("teacher", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(hard_cap__gte=F("soft_cap"), hard_cap__lte=500),
                name="mentoring_limit_caps_in_order",
                violation_error_message=_("最多人数不能少于一般人数，也不能超过 500。"),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="mentoring_limit_has_reason",
                violation_error_message=_("请写明调整名额的原因。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mentoring_limit_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_limit_no_overlap",
                fields=("teacher",),
                violation_error_message=_("这位教师在这段时间已另定名额，请先结束原来的。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.soft_cap}/{self.hard_cap}"


class Conflict(Row):
    """A teacher and a pupil who are never mentor and pupil (回避), from `starts_on` on."""

    class Kind(models.TextChoices):
        """What stands between them."""

        RELATIVE = "relative", _("亲属")
        LANDLORD = "landlord", _("房东或寄宿家庭")
        OTHER = "other", _("其他应当回避的情形")

    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="conflicts"
    )
    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="conflicts"
    )
    kind = models.CharField(_("情形"), max_length=10, choices=Kind.choices)
    declared_by = models.ForeignKey(
        Teacher, verbose_name=_("申报人"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避关系")
        verbose_name_plural = _("回避关系")
        ordering = ("pupil", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["relative", "landlord", "other"]),
                name="mentoring_conflict_kind_known",
                violation_error_message=_("请从列出的情形中选择。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mentoring_conflict_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_conflict_no_overlap",
                fields=("teacher", "pupil"),
                violation_error_message=_("这两人在这段时间已登记回避。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.pupil}"


class Wish(Row):
    """A pupil would like this teacher as mentor in a term; rank 1 to 3."""

    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="wishes"
    )
    term = models.ForeignKey(
        Term, verbose_name=_("学期"), on_delete=models.PROTECT, related_name="wishes"
    )
    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="wished_by"
    )
    rank = models.PositiveSmallIntegerField(_("第几志愿"))

    class Meta:
        verbose_name = _("导师志愿")
        verbose_name_plural = _("导师志愿")
        ordering = ("pupil", "rank")
        constraints = [
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=3),
                name="mentoring_wish_rank_possible",
                violation_error_message=_("志愿最多填三个。"),
            ),
            models.UniqueConstraint(
                fields=["pupil", "term", "rank"],
                name="mentoring_wish_one_per_rank",
                violation_error_message=_("同一志愿只能填一位教师。"),
            ),
            models.UniqueConstraint(
                fields=["pupil", "term", "teacher"],
                name="mentoring_wish_one_per_teacher",
                violation_error_message=_("同一位教师只能填一次。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.rank} {self.teacher}"


class CareCadence(Row):
    """A pupil is seen within `days` days for a time, weighs `weight`, and may need a mentor with a
    qualification. It comes from the locked room without a reason.
    """

    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="cadences"
    )
    days = models.PositiveSmallIntegerField(_("联系周期（天）"))
    weight = models.PositiveSmallIntegerField(_("权重"))
    needs_qualified = models.BooleanField(_("须由有资质的导师负责"), default=False)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系周期")
        verbose_name_plural = _("联系周期")
        ordering = ("pupil", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, weight__gte=1),
                name="mentoring_cadence_positive",
                violation_error_message=_("联系周期和权重至少是 1。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mentoring_cadence_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_cadence_no_overlap",
                fields=("pupil",),
                violation_error_message=_("这名学生在这段时间已有联系周期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.days}"


class Supervision(Row):
    """A pupil who needs a qualified mentor has another one for a time, supervised by the
    psychology teacher. The head of the school signs for it.
    """

    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="supervisions"
    )
    supervisor = models.ForeignKey(
        Teacher, verbose_name=_("督导教师"), on_delete=models.PROTECT, related_name="supervises"
    )
    reason = models.CharField(_("原因"), max_length=200)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("督导安排")
        verbose_name_plural = _("督导安排")
        ordering = ("pupil", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="mentoring_supervision_has_reason",
                violation_error_message=_("请写明安排督导的原因。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mentoring_supervision_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_supervision_no_overlap",
                fields=("pupil",),
                violation_error_message=_("这名学生在这段时间已有督导安排。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.supervisor}"
