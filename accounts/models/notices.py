"""The inbox: short notices that say that something waits, never what is written in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from core.models import Row


class Notice(Row):
    """One line for one person, with the address where it is dealt with.

    ``text`` is the Chinese sentence with its placeholders, ``values`` are what fills them; a value
    ``name_en`` stands for ``name`` where English is read.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="notices", verbose_name=_("收件人")
    )
    kind = models.CharField(_("种类"), max_length=60)
    text = models.CharField(_("内容"), max_length=200)
    values = models.JSONField(
        _("内容中的值"), default=dict, blank=True, db_default=Value({}, models.JSONField())
    )
    url = models.CharField(_("链接"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = verbose_name
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="accounts_notice_inbox"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="accounts_notice_unread"
            ),
        ]

    @property
    def words(self) -> str:
        """The line in the reader's language."""
        line = gettext(self.text)
        return line % self._values_read() if self.values else line

    def _values_read(self) -> dict[str, str | int]:
        if get_language() != "en":
            return dict(self.values)
        english = {
            name.removesuffix("_en"): value
            for name, value in self.values.items()
            if name.endswith("_en") and value
        }
        return {**self.values, **english}

    @property
    def place(self) -> str:
        """Where the notice leads on this site; empty where it leads nowhere, or elsewhere."""
        return self.url if self.url.startswith("/") and not self.url.startswith("//") else ""

    def __str__(self) -> str:
        return self.words
