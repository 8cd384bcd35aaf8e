"""Who issues what: issuers, kinds of certificates, frozen templates, number series."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.triggers import append_only


class Issuer(Row):
    """An office that puts its name and seal under certificates."""

    unit = models.OneToOneField(
        "schools.Unit", on_delete=models.PROTECT, related_name="issuer", verbose_name=_("单位")
    )
    name = models.CharField(_("落款名称"), max_length=60)

    class Meta:
        verbose_name = _("发证机构")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class CertificateType(Row):
    """A kind of certificate of one issuer; the form of its numbers is data."""

    issuer = models.ForeignKey(
        Issuer, on_delete=models.PROTECT, related_name="types", verbose_name=_("发证机构")
    )
    code = models.SlugField(_("代码"), max_length=40)
    number_prefix = models.CharField(_("编号字头"), max_length=40, unique=True)
    number_width = models.PositiveSmallIntegerField(_("编号位数"), default=6)
    validity_years = models.PositiveSmallIntegerField(_("有效年数"), null=True, blank=True)

    class Meta:
        verbose_name = _("证书种类")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                name="certification_type_once_per_issuer",
                violation_error_message=_("这个发证单位已有相同代码的证书种类。"),
                fields=["issuer", "code"],
            ),
            models.CheckConstraint(
                name="certification_number_width",
                violation_error_message=_("编号位数应在 1 到 12 之间，请核对。"),
                condition=Q(number_width__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="certification_validity_from_one_year",
                violation_error_message=_("有效期至少 1 年；长期有效请留空。"),
                condition=Q(validity_years__isnull=True) | Q(validity_years__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.code}"


@append_only
class CertificateTemplate(Row):
    """A frozen design: title, seal and the digest of the typesetting source; never changed."""

    type = models.ForeignKey(
        CertificateType,
        on_delete=models.PROTECT,
        related_name="templates",
        verbose_name=_("证书种类"),
    )
    version = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("证书名称"), max_length=60)
    issuer_name = models.CharField(_("落款名称"), max_length=60)
    seal = models.BinaryField(_("印章图片"))
    source_sha256 = models.CharField(_("版式摘要"), max_length=64)

    class Meta:
        verbose_name = _("证书模板")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                name="certification_template_version_once",
                violation_error_message=_("这个证书模板已有相同的版本号。"),
                fields=["type", "version"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class NumberSeries(Row):
    """The counter of one kind of certificate in one year; taken under its row lock."""

    type = models.ForeignKey(
        CertificateType,
        on_delete=models.PROTECT,
        related_name="series",
        verbose_name=_("证书种类"),
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("最后一个序号"), default=0)

    class Meta:
        verbose_name = _("编号序列")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                name="certification_series_once_per_year",
                violation_error_message=_("这个证书种类在这一年已有编号序列。"),
                fields=["type", "year"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.type.number_prefix} {self.year}"
