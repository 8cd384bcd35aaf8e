"""The privacy notice in its versions, and who has seen which."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from accounts.models.user import User
from core.models import Row

FEATURES = ["h2", "h3", "bold", "ul", "ol", "link"]


class PrivacyNotice(Row):
    """One version of the privacy notice; what somebody has acknowledged is never changed."""

    version = models.CharField(_("版本号"), max_length=20, unique=True)
    effective_on = models.DateField(_("生效日期"))
    body = RichTextField(_("正文"), features=FEATURES)
    body_en = RichTextField(_("正文（英文）"), features=FEATURES, blank=True, db_default="")

    class Meta:
        verbose_name = _("隐私告知")
        verbose_name_plural = verbose_name
        ordering = ["-effective_on", "-version"]

    def __str__(self) -> str:
        return self.version

    @property
    def text(self) -> str:
        """The notice in the reader's language, where it is known."""
        in_english = get_language() == "en" and self.body_en
        return str(in_english or self.body)

    def clean(self) -> None:
        """Refuse to change a version that somebody has acknowledged; English may be added."""
        before = PrivacyNotice.objects.filter(pk=self.pk, acknowledgements__isnull=False).first()
        if before and (before.version, before.body, before.effective_on, before.body_en) != (
            self.version,
            self.body,
            self.effective_on,
            self.body_en if before.body_en else "",
        ):
            raise ValidationError(_("已有人确认过这一版，不能再修改。请新建一个版本。"))


class PrivacyAcknowledgement(Row):
    """One person has seen one version of the notice."""

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        related_name="privacy_acknowledgements",
        verbose_name=_("账号"),
    )
    notice = models.ForeignKey(
        PrivacyNotice,
        on_delete=models.PROTECT,
        related_name="acknowledgements",
        verbose_name=_("版本"),
    )

    class Meta:
        verbose_name = _("隐私告知确认")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["user", "notice"],
                name="accounts_acknowledged_once",
                violation_error_message=_("这一版隐私告知已经确认过。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.notice}"
