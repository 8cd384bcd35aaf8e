"""What a password must be: 10 to 128 characters and not a common one; no composition rules."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class LengthValidator:
    """A password is ``shortest`` to ``longest`` characters long."""

    def __init__(self, shortest: int = 10, longest: int = 128) -> None:
        self.shortest = shortest
        self.longest = longest

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < self.shortest:
            raise ValidationError(
                _("密码太短了，至少需要 %(shortest)s 个字符。"),
                code="password_too_short",
                params={"shortest": self.shortest},
            )
        if len(password) > self.longest:
            raise ValidationError(
                _("密码太长了，不能超过 %(longest)s 个字符。"),
                code="password_too_long",
                params={"longest": self.longest},
            )

    def get_help_text(self) -> str:
        return gettext("密码需要 %(shortest)s 到 %(longest)s 个字符。") % {
            "shortest": self.shortest,
            "longest": self.longest,
        }
