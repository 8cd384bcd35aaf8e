"""Forms of the roster screens; field names are those of the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from schools.models import Role, Unit
from schools.permissions import grantable_roles, keeps_roster
from schools.selectors.staff import roster_roots
from schools.services import ExportPurpose


class UploadForm(forms.Form):
    """A roster file for a unit whose roster the person keeps."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("Excel 工作簿（.xlsx）或 CSV，不超过 10 MB、20000 行。"),
        widget=forms.FileInput(
            {"accept": ".xlsx,.csv", "data-testid": "roster-file", "data-max-bytes": "10485760"}
        ),
        error_messages={"required": _("请选择名册文件。"), "empty": _("文件是空的，请重新选择。")},
    )
    unit = forms.ModelChoiceField(label=_("导入到"), queryset=Unit.objects.none(), empty_label=None)
    partial = forms.BooleanField(
        label=_("只补充部分人员"),
        required=False,
        help_text=_("文件不是完整名册时勾选。导入从不让人离职。"),
    )

    def __init__(self, *args: Any, viewer: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = roster_roots(viewer)
        if unit is not None and keeps_roster(viewer, unit):
            choices = choices | Unit.objects.filter(pk=unit.pk)
            self.fields["unit"].initial = unit.pk
        self.fields["unit"].queryset = choices.distinct()  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """A post for a person, among those that the viewer may give in the unit."""

    role = forms.ChoiceField(label=_("职务"))
    starts_on = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, viewer: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = grantable_roles(viewer, unit)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        named = [(role.value, role.label) for role in Role if role in roles]
        field.choices = [("", _("请选择职务")), *named] if named else []
        self.fields["starts_on"].initial = clock.today


class EndPostForm(forms.Form):
    """The first day without the post."""

    ends_on = forms.DateField(
        label=_("到哪天止（当天起不再担任）"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )


class ExportForm(forms.Form):
    """Why a staff list leaves the platform."""

    purpose = forms.ChoiceField(label=_("用途"), choices=ExportPurpose.choices)
    q = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
    with_phones = forms.BooleanField(label=_("包含完整手机号（会记入审计）"), required=False)
