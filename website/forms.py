"""What visitors may send to the public website."""

from django import forms
from django.conf import settings


class LanguageForm(forms.Form):
    """The language switch of the page head."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=2000, empty_value="/")


class SearchForm(forms.Form):
    """What a visitor looks for; longer than 200 characters is cut, never refused."""

    q = forms.CharField(required=False)

    def clean_q(self) -> str:
        """The query without control characters."""
        text: str = self.cleaned_data["q"]
        return "".join(sign for sign in text if sign.isprintable())[:200]
