"""Refusals that a person may read."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal with a stable ``code``, an HTTP ``status`` and a message that says what to do.

    Subclasses stand in the module that raises them and set the three class attributes;
    named placeholders of ``message`` are filled from the keyword arguments.
    """

    code: str = "refused"
    status: int = 409
    message: Any = _("操作未完成，请刷新页面后重试。")

    def __init__(self, message: Any = None, **params: Any) -> None:
        self.params = params
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.params if self.params else text


class Missing(DomainError, Http404):
    """Not there, or not for this viewer: both look the same.

    It is a Http404 too, so that a middleware may raise it.
    """

    code = "not_found"
    status = 404
    message = _("没有找到您要的内容。")


class Invalid(DomainError):
    """Input that cannot be taken; ``fields`` maps a field name to what is wrong with it."""

    code = "invalid"
    status = 422
    message = _("填写的内容有误，请按提示修改后重新提交。")

    def __init__(
        self, message: Any = None, *, fields: dict[str, Any] | None = None, **params: Any
    ) -> None:
        super().__init__(message, **params)
        self.fields = fields or {}
