"""What people fill in about mentors; field names equal those of the API."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from mentoring.models import ContactKind, Outcome
from mentoring.rules.reasons import LONGEST
from mentoring.selectors.planning import Place, terms_to_plan
from mentoring.services.contacting import LONGEST_TEXT
from mentoring.services.handing_over import LONGEST_BRIEF
from schools.forms import day_field
from schools.models import Term
from wellbeing.models import Urgency
from wellbeing.services.signals import LONGEST_NAME

MOST_PLACES = 500


def reason_field(label: Any) -> forms.CharField:
    """Why somebody does what others will ask about."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "data-testid": "reason"}),
        help_text=_("至少 4 个字，会留在记录里。"),
    )


class ProposeForm(forms.Form):
    """For which term a school's assignment is computed."""

    school = forms.CharField(widget=forms.HiddenInput)
    term = forms.ModelChoiceField(
        label=_("学期"), queryset=Term.objects.none(), to_field_name="code", empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms_to_plan()  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    reason = reason_field(_("发布说明"))


class RepairForm(forms.Form):
    """Which way out is taken, and why."""

    repair = forms.IntegerField(min_value=0, max_value=20, widget=forms.HiddenInput)
    reason = reason_field(_("采用的理由"))


class LimitForm(forms.Form):
    """How many pupils a teacher mentors, and from when to when."""

    soft_cap = forms.IntegerField(label=_("一般带几人"), min_value=0, max_value=MOST_PLACES)
    hard_cap = forms.IntegerField(
        label=_("最多带几人"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("填 0 表示这段时间不担任导师。"),
    )
    starts_on = day_field(_("从哪天起"))
    ends_on = day_field(
        _("从哪天起恢复"), required=False, help_text=_("不填则一直有效，直到另作调整。")
    )
    reason = reason_field(_("原因"))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "soft_cap": place.soft_cap,
            "hard_cap": place.hard_cap,
            "starts_on": clock.today(),
        }


class ByHandForm(forms.Form):
    """Who becomes the pupil's mentor today."""

    mentor = forms.ChoiceField(label=_("新导师"))
    reason = reason_field(_("原因"))

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        assert isinstance(field, forms.ChoiceField)
        named = [(str(place.teacher.pk), _named(place)) for place in places if place.hard_cap]
        field.choices = [("", _("请选择导师")), *named]


class CheckInForm(forms.Form):
    """One contact: with whom, how, with what outcome, when, and a sentence.

    `pupils` are offered as pairs of id and name. The outcome is always chosen: a stray click must
    not become a contact that counts. `worried` opens how urgent it is and whom it must
    not reach. The key makes a second click harmless.
    """

    pupils = forms.MultipleChoiceField(
        label=_("学生"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择联系的学生。")},
    )
    kind = forms.ChoiceField(
        label=_("方式"),
        choices=ContactKind.choices,
        initial=ContactKind.TALK,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择联系的结果。")},
    )
    text = forms.CharField(
        label=_("记一句话"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3, "data-testid": "check-in-text"}),
        help_text=_("写事实，不贴标签；不写证件号和电话。内容加密保存，只有您和心理教师能读。"),
    )
    worried = forms.BooleanField(
        label=_("我担心这名学生"),
        required=False,
        widget=forms.CheckboxInput({"data-testid": "worried"}),
        help_text=_("勾选后，上面写的话只交给心理教师和分管校领导，不留在联系记录里。"),
    )
    urgency = forms.ChoiceField(
        label=_("有多急"),
        required=False,
        choices=Urgency.choices,
        initial=Urgency.ORANGE,
        widget=forms.RadioSelect,
        help_text=_("现在就有危险，先打 110 或 120，不让学生一个人。"),
    )
    names = forms.CharField(
        label=_("牵涉到哪位老师或校领导"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("写了姓名的人不会收到，也永远看不到这份报告。"),
    )
    occurred_at = forms.DateTimeField(
        label=_("发生时间"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("默认就是现在。补记时改成实际时间，超过 7 天才补记的只能部分计入。"),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        pupils: Iterable[tuple[UUID, str]],
        chosen: UUID | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "pupils": [str(chosen)] if chosen else [],
            "occurred_at": clock.now(),
            "submission_key": uuid.uuid4(),
        }
        field = self.fields["pupils"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in pupils]


class AmendmentForm(forms.Form):
    """What is added to a note, and why."""

    text = forms.CharField(
        label=_("补充内容"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3})
    )
    reason = reason_field(_("补充原因"))
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class VoidForm(forms.Form):
    reason = reason_field(_("作废原因"))


class HandoverForm(forms.Form):
    """Which pupils of a mentor pass to whom, and why. `pupils` are pairs of id and name."""

    pupils = forms.MultipleChoiceField(
        label=_("要交接的学生"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择要交接的学生。")},
    )
    mentor = forms.ChoiceField(label=_("新导师"))
    reason = reason_field(_("交接原因"))

    def __init__(
        self,
        *args: Any,
        pupils: Iterable[tuple[UUID, str]],
        places: list[Place],
        chosen: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"pupils": list(chosen)}
        field, mentor = self.fields["pupils"], self.fields["mentor"]
        assert isinstance(field, forms.MultipleChoiceField)
        assert isinstance(mentor, forms.ChoiceField)
        field.choices = [(str(key), name) for key, name in pupils]
        named = [(str(place.teacher.pk), _named(place)) for place in places]
        mentor.choices = [("", _("请选择导师")), *named]


class BriefForm(forms.Form):
    """What the next mentor must know."""

    text = forms.CharField(
        label=_("交接说明"),
        max_length=LONGEST_BRIEF,
        widget=forms.Textarea({"rows": 6, "data-testid": "brief"}),
        help_text=_(
            "写事实：怎样联系最合适、要留意什么、下一步做什么。不写诊断，不写证件号和电话。加密保存。"
        ),
    )


class AnswerForm(forms.Form):
    reason = reason_field(_("原因"))


def _named(place: Place) -> str:
    text = _("%(name)s（%(number)s），现带 %(load)d 人，最多 %(most)d 人")
    return str(text) % {
        "name": place.teacher.name,
        "number": place.teacher.staff_number,
        "load": place.load,
        "most": place.hard_cap,
    }
