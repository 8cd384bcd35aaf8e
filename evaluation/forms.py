"""What people fill in about evaluation; field names equal those of the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import reasons
from evaluation.models import Correction, Outcome
from evaluation.rules.schemes import FEWEST_DAYS, SchemeFacts
from mentoring.rules.reasons import LONGEST
from schools.forms import day_field


class FreezeForm(forms.Form):
    """Why figures are kept for ever now."""

    reason = forms.CharField(
        label=_("冻结说明"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "data-testid": "reason"}),
        help_text=_("至少 4 个字，会留在记录里。例如：公示期满，无异议。"),
    )


class ObjectionForm(forms.Form):
    """Why a mentor objects to a number."""

    reason = forms.CharField(
        label=_("哪里不对"),
        max_length=reasons.LONGEST,
        widget=forms.Textarea({"rows": 3, "data-testid": "reason"}),
        help_text=_("4 到 500 个字，加密保存，只有您和校长、副校长能读。"),
    )


class AnswerForm(forms.Form):
    """What the school answers to an objection."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        choices=[(one.value, one.label) for one in (Outcome.UPHELD, Outcome.DISMISSED)],
        widget=forms.RadioSelect,
    )
    correction = forms.ChoiceField(
        label=_("更正了什么"),
        choices=[("", _("没有更正")), *Correction.choices],
        required=False,
        help_text=_("异议成立的必选。先在记录所在的地方更正，再来答复；评价会自动重新计算。"),
    )
    reason = forms.CharField(
        label=_("答复"),
        max_length=reasons.LONGEST,
        widget=forms.Textarea({"rows": 3, "data-testid": "reason"}),
        help_text=_("4 到 500 个字：为什么，做了什么。提出的导师会读到。"),
    )


def share_field(label: Any, initial: str, help_text: Any = "") -> forms.DecimalField:
    """A share in per cent, with at most one decimal."""
    return forms.DecimalField(
        label=label,
        initial=Decimal(initial),
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput({"step": "0.1", "inputmode": "decimal"}),
        help_text=help_text,
    )


class SchemeForm(forms.Form):
    """How figures are weighed from some day on; shares in per cent."""

    starts_on = day_field(
        _("适用于此日起开始的学期"), help_text=_("在此日或以后开始的学期用这一版。")
    )
    covered_days = forms.IntegerField(label=_("联系覆盖的权重"), initial=45)
    required_products = forms.IntegerField(label=_("三个一的权重"), initial=25)
    excellent_from = share_field(_("优秀的下限（%）"), "90")
    good_from = share_field(_("良好的下限（%）"), "75")
    fair_from = share_field(_("合格的下限（%）"), "60")
    margin = share_field(_("余量（%）"), "1", _("低于下限不超过余量的，仍算达到。"))
    effective_from = share_field(
        _("有效开展工作的下限（%）"), "75", _("达到这一下限并且资质有效的，优先考虑。")
    )
    notice_days = forms.IntegerField(label=_("公示工作日数"), initial=FEWEST_DAYS)

    @property
    def facts(self) -> SchemeFacts:
        """What was filled in, shares in ten-thousandths."""
        given = self.cleaned_data
        shares = ("excellent_from", "good_from", "fair_from", "margin", "effective_from")
        return SchemeFacts(**given | {name: int(given[name] * 100) for name in shares})
