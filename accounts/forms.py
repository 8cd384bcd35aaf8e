"""Forms of the door and of the own account; field names are those of the contracts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_TEXT = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("账号或手机号"),
        max_length=64,
        widget=forms.TextInput({**_TEXT, "autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("动态码"),
        max_length=40,
        widget=forms.TextInput({**_TEXT, "autocomplete": "one-time-code", "autofocus": True}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())


class CodeAtTheDoorForm(CodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("动态码或恢复码")


class NewPasswordForm(forms.Form):
    """Base of every form that sets a password: typed twice, the rule is the service's."""

    new_password = forms.CharField(
        label=_("新密码"),
        max_length=1000,
        strip=False,
        help_text=_("10 到 128 个字符，可以是一句只有您知道的话。常见密码不能使用。"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    new_password_again = forms.CharField(
        label=_("再输入一次新密码"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, second = values.get("new_password"), values.get("new_password_again")
        if first and second and first != second:
            self.add_error("new_password_again", _("两次输入的新密码不一致。"))
        return values


class SlipForm(NewPasswordForm):
    field_order = ["username", "code", "new_password", "new_password_again"]

    username = forms.CharField(
        label=_("账号或手机号"),
        max_length=64,
        widget=forms.TextInput({**_TEXT, "autocomplete": "username", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("密码单上的代码"),
        max_length=40,
        widget=forms.TextInput({**_TEXT, "autocomplete": "off"}),
    )


class ConfirmForm(forms.Form):
    present_password = forms.CharField(
        label=_("当前密码"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class PasswordForm(NewPasswordForm, ConfirmForm):
    field_order = ["present_password", "new_password", "new_password_again"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=120)
