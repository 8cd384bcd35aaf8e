"""Forms of classes, pupils and guardians; field names are those of the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from schools.forms.fields import day_field
from schools.models import (
    SchoolClass,
    Sex,
    Teacher,
    Unit,
)
from schools.selectors.classes import running_classes
from schools.selectors.staff import staff_of
from schools.services import GuardianRemoval, RevealPurpose
from schools.services.seating import LEAVING


class ClassForm(forms.Form):
    """A class of a school."""

    entry_year = forms.IntegerField(
        label=_("入学年份"), help_text=_("这一届在本校最低年级入学的年份，例如 2024。")
    )
    number = forms.IntegerField(label=_("班号"), help_text=_("1 到 99。"))


class LeaderForm(forms.Form):
    """Who leads a class from a day on."""

    teacher = forms.ModelChoiceField(
        label=_("班主任"), queryset=Teacher.objects.none(), empty_label=_("请选择教职工")
    )
    on = day_field(_("从哪天起"))

    def __init__(self, *args: Any, viewer: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = staff_of(viewer, unit)  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today


class CorrectPupilForm(forms.Form):
    """What can be corrected of a pupil."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=[("", _("请选择性别")), *Sex.choices])
    number = forms.CharField(
        label=_("学籍号"), max_length=40, required=False, help_text=_("留空则不改动。")
    )


class PupilForm(CorrectPupilForm):
    """A pupil who comes to a class, with a guardian."""

    guardian = forms.CharField(label=_("监护人"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("监护人手机"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    family = forms.CharField(
        label=_("家庭编号"),
        max_length=40,
        required=False,
        help_text=_("本校自己编的号，兄弟姐妹填同一个；没有请留空。"),
    )
    since = day_field(_("从哪天起在这个班"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _("可以留空。同班同名的学生须填学籍号才能区分。")
        self.fields["since"].initial = clock.today


class PlaceForm(forms.Form):
    """The class in which a pupil sits from a day on."""

    school_class = forms.ModelChoiceField(
        label=_("班级"), queryset=SchoolClass.objects.none(), empty_label=_("请选择班级")
    )
    on = day_field(_("从哪天起"))

    def __init__(self, *args: Any, viewer: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = running_classes(viewer, unit)
        self.fields["school_class"].queryset = classes  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today


class LeaveSchoolForm(forms.Form):
    """Why a pupil leaves, and the first day of it."""

    reason = forms.ChoiceField(
        label=_("原因"),
        choices=[("", _("请选择原因")), *((item.value, item.label) for item in LEAVING)],
        help_text=_("“登记有误”表示从未在这个班，原记录一天也不算。"),
    )
    on = day_field(_("从哪天起不在校"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class GuardianForm(forms.Form):
    """A guardian of a household."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    relation = forms.CharField(
        label=_("与学生关系"), max_length=20, required=False, help_text=_("例如父亲、祖母。")
    )
    phone = forms.CharField(
        label=_("手机"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )


class CorrectGuardianForm(GuardianForm):
    """What can be corrected of a guardian; `seen` marks the record that the person looked at."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("留空则不改动。")


class RemoveGuardianForm(forms.Form):
    """Why somebody is no guardian; `seen` marks the record that the person looked at."""

    reason = forms.ChoiceField(
        label=_("原因"), choices=[("", _("请选择原因")), *GuardianRemoval.choices]
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())


class HouseholdForm(forms.Form):
    """The household of a pupil by the school's own code; `seen` marks the pupils who were named."""

    family = forms.CharField(
        label=_("家庭编号"), max_length=40, help_text=_("本校自己编的号，兄弟姐妹填同一个。")
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())


class RevealForm(forms.Form):
    """What a whole number is looked at for."""

    purpose = forms.ChoiceField(
        label=_("用途"), choices=[("", _("请选择用途")), *RevealPurpose.choices]
    )
