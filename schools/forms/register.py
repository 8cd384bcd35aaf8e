"""Forms of units, people, the calendar and help lines; field names are those of the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from schools.forms.fields import day_field
from schools.models import (
    CalendarDay,
    HelpLine,
    Role,
    SchoolYear,
    Stage,
    Unit,
)
from schools.permissions import grantable_roles, keeps_roster
from schools.selectors.staff import place_named, roster_roots
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
    starts_on = day_field(_("从哪天起"))
    confirmed = forms.BooleanField(
        label=_("确认由两人同时担任"), required=False, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, viewer: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = grantable_roles(viewer, unit)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        named = [(role.value, role.label) for role in Role if role in roles]
        field.choices = [("", _("请选择职务")), *named] if named else []
        self.fields["starts_on"].initial = clock.today

    def ask_to_confirm(self, warning: str) -> None:
        """Show the warning beside a box to tick; what was chosen stays."""
        self.fields["confirmed"].widget = forms.CheckboxInput()
        self.add_error("confirmed", warning)


class EndPostForm(forms.Form):
    """The first day without the post."""

    ends_on = day_field(_("从哪天起不再担任"))


class ExportForm(forms.Form):
    """Why a staff list leaves the platform."""

    purpose = forms.ChoiceField(
        label=_("用途"), choices=[("", _("请选择用途")), *ExportPurpose.choices]
    )
    q = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
    with_phones = forms.BooleanField(label=_("包含完整手机号（会记入审计）"), required=False)


class TeacherForm(forms.Form):
    """A person who comes to a unit."""

    staff_number = forms.CharField(
        label=_("工号"), max_length=40, help_text=_("全市唯一，不会因调动而改变。")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    since = day_field(_("从哪天起在本单位任职"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today


class PersonForm(forms.Form):
    """What can be corrected of a person."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"),
        max_length=30,
        required=False,
        help_text=_("留空则不改动。要核对现在的号码，请在教师页点“显示完整号码”。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("更正姓名的原因"),
        max_length=120,
        required=False,
        help_text=_("更正姓名时必填，例如“户口簿已更名”。本人会收到通知，其中写明原因。"),
    )


class MoveForm(forms.Form):
    """Where a person works from a day on."""

    unit = forms.CharField(
        label=_("调到哪个单位"), max_length=100, help_text=_("填写单位代码或全称。")
    )
    on = day_field(_("从哪天起"), help_text=_("从这天起，此人原有的职务全部结束。"))

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["on"].initial = clock.today

    def clean_unit(self) -> Unit:
        place = place_named(self.viewer, self.cleaned_data["unit"])
        if place is None:
            raise forms.ValidationError(
                _("您的管理范围内没有这个代码或名称的单位，或有几个同名单位。请填写单位代码。")
            )
        return place


class LeaveForm(forms.Form):
    """The first day on which a person works for nobody."""

    on = day_field(_("从哪天起不再任职"), help_text=_("从这天起，此人的职务全部结束。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class UnitForm(forms.Form):
    """The facts of a school or county that can be corrected."""

    name = forms.CharField(label=_("名称"), max_length=100)
    stage = forms.ChoiceField(label=_("学段"), choices=[("", _("请选择学段")), *Stage.choices])

    def __init__(self, *args: Any, kind: str = "school", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != "school":
            del self.fields["stage"]


class NewUnitForm(UnitForm):
    """A school of a county, or a county of the bureau."""

    code = forms.CharField(
        label=_("代码"),
        max_length=40,
        help_text=_("字母、数字和短横线，最多 20 位。以后不能更改。"),
    )
    field_order = ("code", "name", "stage")


class PeriodForm(forms.Form):
    """A school year."""

    name = forms.CharField(label=_("名称"), max_length=40)
    starts_on = day_field(_("开始日期"))
    last_on = day_field(_("最后一天"))


class TermForm(PeriodForm):
    """A term of a school year."""

    school_year = forms.ModelChoiceField(
        label=_("学年"), queryset=SchoolYear.objects.none(), empty_label=_("请选择学年")
    )
    code = forms.CharField(label=_("代码"), max_length=20, help_text=_("例如 2026-1。"))
    field_order = ("school_year", "code", "name", "starts_on", "last_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = SchoolYear.objects.order_by("-starts_on")
        self.fields["school_year"].queryset = years  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """Days that are not as their weekday says."""

    kind = forms.ChoiceField(
        label=_("性质"), choices=[("", _("请选择")), *CalendarDay.Kind.choices]
    )
    name = forms.CharField(label=_("名称"), max_length=40, required=False)
    first_on = day_field(_("第一天"))
    last_on = day_field(_("最后一天"))


class HelpLineForm(forms.Form):
    """What a help line shows, from a day on."""

    name = forms.CharField(label=_("名称"), max_length=60)
    description = forms.CharField(label=_("什么时候打"), max_length=200, required=False)
    hours = forms.CharField(label=_("服务时间"), max_length=60, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    description_en = forms.CharField(label=_("什么时候打（英文）"), max_length=300, required=False)
    hours_en = forms.CharField(label=_("服务时间（英文）"), max_length=120, required=False)
    position = forms.IntegerField(
        label=_("排序"), min_value=0, max_value=32767, initial=100, help_text=_("小的排在前面。")
    )
    is_emergency = forms.BooleanField(label=_("紧急电话"), required=False)
    starts_on = day_field(_("从哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today


class NewHelpLineForm(HelpLineForm):
    """A number that is not shown yet."""

    number = forms.RegexField(
        r"^[0-9][0-9 -]{1,18}[0-9]$",
        label=_("号码"),
        max_length=20,
        error_messages={"invalid": _("请填写电话号码，只能有数字、空格和短横线。")},
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    field_order = ("number", "name", "description", "hours")


class CloseLineForm(forms.Form):
    """The first day on which a help line is not shown."""

    ends_on = day_field(_("从哪天起不再显示"))
    sure = forms.BooleanField(
        label=_("这是紧急号码，我确认公众不再需要在这里看到它"),
        error_messages={"required": _("紧急号码停用前请勾选确认；不停用请点“返回”。")},
    )

    def __init__(self, *args: Any, line: HelpLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not line.is_emergency:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """The confirmation is asked for, and not part of what is recorded."""
        cleaned = super().clean() or self.cleaned_data
        return {name: value for name, value in cleaned.items() if name != "sure"}
