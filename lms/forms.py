"""What somebody may type on the house's own pages."""

from django import forms


class LogForm(forms.Form):
    """Filters of the access log; what cannot be read counts as not given."""

    verb = forms.CharField(required=False, max_length=80, empty_value="")
    person = forms.CharField(required=False, max_length=100, empty_value="")
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
