"""What somebody may type on the house's own pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from core import clock
from courses.selectors.staff import STATES

OUTSIDE = _("日期应在 2000 年到 2100 年之间，没有按它筛选。")
WITHIN = [
    MinValueValidator(date(2000, 1, 1), message=OUTSIDE),
    MaxValueValidator(date(2100, 1, 1), message=OUTSIDE),
]
NO_DAY = {"invalid": _("这个日期无法识别，没有按它筛选。请写成“2026-11-23”的样子。")}


class LogForm(forms.Form):
    """Filters of the access log; what cannot be read is said and counts as not given."""

    verb = forms.CharField(required=False, max_length=80, empty_value="")
    person = forms.CharField(
        label=_("操作人的姓名或账号"), required=False, max_length=100, empty_value=""
    )
    about = forms.CharField(
        label=_("对象的姓名、工号、账号或单位"), required=False, max_length=100, empty_value=""
    )
    since = forms.DateField(
        label=_("起始日期"), required=False, validators=WITHIN, error_messages=NO_DAY
    )
    until = forms.DateField(
        label=_("截止日期"), required=False, validators=WITHIN, error_messages=NO_DAY
    )
    sealed = forms.ChoiceField(required=False, choices=[("no", "no")])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error(None, _("起始日期晚于截止日期，不会有符合的记录。"))
        elif since and since > clock.today():
            self.add_error(None, _("起始日期在今天之后，还没有记录。"))
        return values


class LearningForm(forms.Form):
    """Filters of the list of staff learning; what cannot be read counts as not given."""

    state = forms.ChoiceField(required=False, choices=[(state, state) for state in STATES])
    q = forms.CharField(required=False, max_length=60, empty_value="")
