"""What people fill in; field names equal those of the API."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.models import CheckPurpose, RevocationClass
from certification.models.certificates import STATE_LABELS
from certification.rules import reasons
from core.reasons import LONGEST, ReasonMissing, stated


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=300,
        help_text=_("印在证书二维码旁，14 位，分三组，不区分大小写；也可以粘贴整行或查验网址。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-testid": "verify-code",
            }
        ),
    )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("证书编号"),
        max_length=120,
        help_text=_("例如：信教体培证字〔2026〕000123号"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-testid": "verify-number"}),
    )
    name = forms.CharField(
        label=_("持证人姓名"),
        max_length=100,
        help_text=_("请填写证书上的完整姓名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-testid": "verify-name"}),
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("持证人姓名"),
        max_length=100,
        help_text=_("页面只显示部分姓名；填写完整姓名可以核对是否一致。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-testid": "confirm-name"}),
    )


class RegistryForm(forms.Form):
    q = forms.CharField(label=_("编号、验证码、姓名、拼音或工号"), max_length=120, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *STATE_LABELS.items()],
    )


class ReasonField(forms.CharField):
    """A reason that states something; see `core.reasons`."""

    def __init__(self, *, at_least: int, **options: Any) -> None:
        self.at_least = at_least
        super().__init__(min_length=at_least, max_length=LONGEST, **options)

    def clean(self, value: Any) -> Any:
        why = stated(super().clean(value), self.at_least)
        if not why:
            raise forms.ValidationError(str(ReasonMissing(self.at_least)))
        return why


class RevocationForm(forms.Form):
    reason_class = forms.ChoiceField(
        label=_("对外公布的原因"),
        choices=[("", _("请选择")), *RevocationClass.choices],
        widget=forms.Select(attrs={"data-testid": "revocation-class"}),
    )
    reason = ReasonField(
        label=_("撤销原因（内部）"),
        at_least=reasons.REVOKING,
        help_text=_("写明事实和依据，至少四个字；只有工作人员能看到。"),
        widget=forms.Textarea(attrs={"rows": 3, "data-testid": "revocation-reason"}),
    )


class ReissueForm(forms.Form):
    reason = ReasonField(
        label=_("换发原因"),
        at_least=reasons.REISSUING,
        help_text=_("例如：户籍更名、验证码外泄；只有工作人员能看到。"),
        widget=forms.TextInput(attrs={"data-testid": "reissue-reason"}),
    )
    same_name = forms.BooleanField(
        label=_("姓名不变，因其他原因换发"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-testid": "reissue-same-name"}),
    )


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("证书名单"),
        help_text=_(
            "Excel 工作簿或 CSV，必须有“姓名”和“证书编号”（或“验证码”）两列，最多 10000 行。"
        ),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.csv",
                "data-testid": "check-file",
            }
        ),
    )
    purpose = forms.ChoiceField(label=_("用途"), choices=CheckPurpose.choices)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
