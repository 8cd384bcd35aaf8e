"""A roster on its way from a file into the register."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField
from core.models import Row
from schools.models.units import Unit


class RosterImport(Row):
    """One uploaded roster, bound to the unit that it may change.

    `content` holds the file, in base 64 and encrypted, until it has been read. Counts are those of
    the preview, and after the import those of what was really done. `rows_sha256` knows the same
    roster again, however it was saved. `numbers_told` is what it took of the day's allowance of
    school numbers of strangers. `has_pupils` hides it from whoever keeps no pupils.
    """

    class State(models.TextChoices):
        """How far the import is."""

        READING = "reading", _("正在读取")
        REFUSED = "refused", _("未受理")
        PREVIEWED = "previewed", _("等待确认")
        APPLYING = "applying", _("正在导入")
        DONE = "done", _("已导入")
        CANCELLED = "cancelled", _("已取消")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="roster_imports"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="roster_imports",
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    rows_sha256 = models.CharField(
        _("各行摘要"), max_length=64, blank=True, db_default="", db_index=True, editable=False
    )
    content = EncryptedTextField(_("文件内容"), null=True)
    has_pupils = models.BooleanField(_("含学生"), default=False, db_default=False)
    numbers_told = models.PositiveIntegerField(
        _("告知已被占用的学籍号"), default=0, db_default=0, editable=False
    )
    is_partial = models.BooleanField(_("只补充部分人员"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.READING)
    refusal_code = models.CharField(_("未受理代码"), max_length=60, blank=True)
    refusal = models.TextField(_("未受理原因"), blank=True)
    headers = models.JSONField(_("表头"), default=dict)
    notes = models.JSONField(_("提示"), default=list)
    created_count = models.PositiveIntegerField(_("新增"), default=0)
    updated_count = models.PositiveIntegerField(_("更新"), default=0)
    unchanged_count = models.PositiveIntegerField(_("不变"), default=0)
    rejected_count = models.PositiveIntegerField(_("退回"), default=0)
    reading_job_id = models.UUIDField(_("读取任务"), null=True, blank=True)
    applying_job_id = models.UUIDField(_("导入任务"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("名册导入")
        verbose_name_plural = _("名册导入")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "uploaded_by", "sha256", "is_partial"],
                condition=Q(state__in=["reading", "previewed", "applying"]),
                name="schools_rosterimport_one_open_per_file",
                violation_error_message=_("这份文件正在导入，请等它完成或先放弃。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applying", "done"]) | Q(confirmed_at__isnull=False),
                name="schools_rosterimport_confirmed_first",
                violation_error_message=_("名册要先确认才能写入。"),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_running(self) -> bool:
        """Whether a job reads or writes it, so that only its progress is shown."""
        return self.state in (self.State.READING, self.State.APPLYING)

    @property
    def row_count(self) -> int:
        """Rows with any content below the headers."""
        return self.created_count + self.updated_count + self.unchanged_count + self.rejected_count

    @property
    def writes_nothing(self) -> bool:
        """Whether no row of it is to be written, or was."""
        return not self.created_count + self.updated_count


class ImportSecret(Row):
    """What a row about a pupil says, with its verdict, as JSON: identities lie encrypted."""

    roster = models.ForeignKey(
        RosterImport, verbose_name=_("名册导入"), on_delete=models.CASCADE, related_name="secrets"
    )
    content = EncryptedTextField(_("内容"))

    class Meta:
        verbose_name = _("名册行内容")
        verbose_name_plural = _("名册行内容")

    def __str__(self) -> str:
        return str(self.pk)


class ImportLine(models.Model):
    """One row of an uploaded roster, as typed, with the verdict on it.

    Of a row about a pupil only the verdict stands here; the rest is in its `secret`.
    """

    roster = models.ForeignKey(
        RosterImport, verbose_name=_("名册导入"), on_delete=models.CASCADE, related_name="lines"
    )
    sheet = models.CharField(_("工作表"), max_length=10)
    number = models.PositiveIntegerField(_("行号"))
    is_hidden = models.BooleanField(_("隐藏行"), default=False)
    cells = models.JSONField(_("原始内容"), default=dict)
    verdict = models.CharField(_("结论"), max_length=10)
    changes = models.JSONField(_("变更"), default=dict)
    problems = models.JSONField(_("退回原因"), default=list)
    secret = models.OneToOneField(
        ImportSecret,
        verbose_name=_("加密内容"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="line",
    )

    class Meta:
        verbose_name = _("名册行")
        verbose_name_plural = _("名册行")
        ordering = ("sheet", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "sheet", "number"],
                name="schools_importline_once",
                violation_error_message=_("同一份名册的同一行只记一次。"),
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["created", "updated", "unchanged", "rejected"]),
                name="schools_importline_verdict_known",
                violation_error_message=_("名册行的结论不在规定的范围内。"),
            ),
        ]
        indexes = [models.Index(fields=["roster", "verdict"], name="schools_importline_verdict")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"

    def unsealed(self) -> ImportLine:
        """The same line with what its secret says put in place, in memory only."""
        if self.secret is not None:
            for name, value in json.loads(self.secret.content).items():
                setattr(self, name, value)
        return self
