"""What people fill in in the locked room and at its letter box; names equal those of the API."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core import reasons
from wellbeing.models import LedgerCategory, SignalOutcome, Urgency
from wellbeing.rules.closing import OWNERS
from wellbeing.services.ledger import LONGEST
from wellbeing.services.signals import LONGEST_NAME, LONGEST_TEXT


class SignalForm(forms.Form):
    """A worry about a pupil: how urgent, who, what was seen or heard, and whom it must not reach.

    `pupils` are those of the classes that the person leads, as pairs of id and name; everybody
    else describes the pupil in words. The key makes a second click harmless.
    """

    urgency = forms.ChoiceField(
        label=_("有多急"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    pupil = forms.ChoiceField(label=_("我班上的学生"), required=False)
    pupil_name = forms.CharField(
        label=_("学生姓名"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off", "data-testid": "pupil-name"}),
        help_text=_("不知道姓名时，写能认出他的话，例如“常穿红外套的男生”。"),
        error_messages={"required": _("请写学生的姓名，最多 100 字。")},
    )
    class_name = forms.CharField(
        label=_("班级"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("例如：2024级1班。不确定可以不写。"),
    )
    text = forms.CharField(
        label=_("看到或听到了什么"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5, "data-testid": "signal-text"}),
        help_text=_("写事实和原话，不用判断原因。只有选“红”时可以先不写。"),
    )
    names = forms.CharField(
        label=_("牵涉到哪位老师或校领导"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("写了姓名的人不会收到，也永远看不到这份报告。"),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pupils: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"submission_key": uuid.uuid4()}
        offered = [(str(key), name) for key, name in pupils]
        if not offered:
            del self.fields["pupil"]
            self.fields["pupil_name"].required = True
            return
        field = self.fields["pupil"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("不在我班上，写在下面")), *offered]


class CloseForm(forms.Form):
    """What the owner of a signal found."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[one for one in SignalOutcome.choices if one[0] in OWNERS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("依据"),
        max_length=reasons.LONGEST,
        widget=forms.Textarea({"rows": 4, "data-testid": "reason"}),
        help_text=_("谁在什么时候见了学生、看到什么、接下来怎么做。4 到 500 个字，加密保存。"),
    )


class ConfirmForm(forms.Form):
    """Why a second reader agrees that nothing was there."""

    reason = forms.CharField(
        label=_("依据"),
        max_length=reasons.LONGEST,
        widget=forms.Textarea({"rows": 4, "data-testid": "reason"}),
        help_text=_("您怎样核实的。4 到 500 个字，加密保存。"),
    )


class EntryForm(forms.Form):
    """Who is proposed for the ledger, under which category and on what grounds."""

    pupil = forms.ChoiceField(label=_("学生"))
    category = forms.ChoiceField(label=_("类别"))
    reason = forms.CharField(
        label=_("依据"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "data-testid": "reason"}),
        help_text=_("写已知的事实，至少 4 个字。加密保存，只有心理教师和班主任能读。"),
    )

    def __init__(
        self,
        *args: Any,
        pupils: Iterable[tuple[UUID, str]],
        categories: Iterable[LedgerCategory],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, Any]]] = {
            "pupil": [(str(key), name) for key, name in pupils],
            "category": [(category.code, category.label) for category in categories],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("请选择")), *choices]


class EndForm(forms.Form):
    """Why a pupil leaves the ledger."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "data-testid": "reason"}),
        help_text=_("至少 4 个字，加密保存。"),
    )
