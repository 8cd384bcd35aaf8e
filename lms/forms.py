"""What somebody may type on the house's own pages."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from courses.selectors.staff import STATES

WITHIN = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]


class LogForm(forms.Form):
    """Filters of the access log; what cannot be read counts as not given."""

    verb = forms.CharField(required=False, max_length=80, empty_value="")
    person = forms.CharField(required=False, max_length=100, empty_value="")
    about = forms.CharField(required=False, max_length=100, empty_value="")
    since = forms.DateField(required=False, validators=WITHIN)
    until = forms.DateField(required=False, validators=WITHIN)
    sealed = forms.ChoiceField(required=False, choices=[("no", "no")])


class LearningForm(forms.Form):
    """Filters of the list of staff learning; what cannot be read counts as not given."""

    state = forms.ChoiceField(required=False, choices=[(state, state) for state in STATES])
    q = forms.CharField(required=False, max_length=60, empty_value="")
