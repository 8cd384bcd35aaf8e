"""Verification by others: each look-up leaves a line, bulk checks are rows that expire."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Row


class LookUp(models.TextChoices):
    CODE = "code", _("验证码")
    NUMBER = "number", _("编号与姓名")


class VerificationLog(Row):
    """One public look-up: what was found, without who asked."""

    certificate = models.ForeignKey(
        "certification.Certificate",
        on_delete=models.PROTECT,
        null=True,
        related_name="look_ups",
        verbose_name=_("证书"),
    )
    by = models.CharField(_("查询方式"), max_length=10, choices=LookUp.choices)
    verdict = models.CharField(_("结论"), max_length=12)

    class Meta:
        verbose_name = _("查验记录")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.verdict}"


class CheckPurpose(models.TextChoices):
    TITLES = "titles", _("职称评审")
    PERFORMANCE = "performance", _("绩效考核")
    AWARDS = "awards", _("评优评先")
    REGISTRATION = "registration", _("教师资格定期注册")
    ARCHIVES = "archives", _("人事档案核对")


class CertificateCheck(Row):
    """A workbook that a registrar has checked; its files are dropped when it expires."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="certificate_checks",
        verbose_name=_("查验人"),
    )
    purpose = models.CharField(_("用途"), max_length=20, choices=CheckPurpose.choices)
    file_name = models.CharField(_("文件名"), max_length=200)
    source = models.BinaryField(_("原文件"), null=True)
    result = models.BinaryField(_("结果文件"), null=True)
    counts = models.JSONField(_("各结论行数"), default=dict)
    job_id = models.UUIDField(_("后台任务"), null=True)
    expires_at = models.DateTimeField(_("到期时间"))

    class Meta:
        verbose_name = _("批量查验")
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["owner", "-created_at"], name="certification_check_owner")]

    def __str__(self) -> str:
        return self.file_name
