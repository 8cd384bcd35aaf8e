"""What a password must be: 10 to 128 characters and not a common one; no composition rules."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MaximumLengthValidator:
    """A password is at most ``max_length`` characters long."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                _("密码不能超过 %(max_length)s 个字符。"),
                code="password_too_long",
                params={"max_length": self.max_length},
            )

    def get_help_text(self) -> str:
        return gettext("密码不超过 %(max_length)s 个字符。") % {"max_length": self.max_length}
