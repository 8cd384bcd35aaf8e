"""What people fill in about evaluation; field names equal those of the API."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.rules.reasons import LONGEST


class FreezeForm(forms.Form):
    """Why figures are kept for ever now."""

    reason = forms.CharField(
        label=_("冻结说明"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "data-testid": "reason"}),
        help_text=_("至少 4 个字，会留在记录里。例如：公示期满，无异议。"),
    )
