"""What a form held, in the words of the form: for pages that show it again after a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

_TECHNICAL: Final = re.compile(r"[\w\-./:?=&]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """One field as its reader knows it: the label beside it, and what stood in it."""

    label: str
    value: str


def said_in(action: str, fields: Iterable[tuple[str, str]]) -> list[Said]:
    """What a person has filled in, with the labels that the forms of the action's room give.

    Keys, buttons and other technical values are left out; text without a label is still shown.
    """
    known = _fields_of(_room_of(action))
    shown = []
    for name, value in fields:
        field = known.get(name)
        if field is not None and value and not isinstance(field.widget, forms.HiddenInput):
            shown.append(Said(str(field.label or _("其他内容")), _chosen(field, value)))
        elif field is None and not _TECHNICAL.fullmatch(value):
            shown.append(Said(_("其他内容"), value))
    return shown


def _room_of(action: str) -> str:
    try:
        match = resolve(action.partition("?")[0])
    except Resolver404:
        return ""
    return match.func.__module__.partition(".")[0]


def _fields_of(room: str) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for form in _subclasses(forms.BaseForm):
        if room and form.__module__.startswith(f"{room}."):
            found = {**getattr(form, "base_fields", {}), **found}
    return found


def _subclasses(form: type[Any]) -> Iterator[type[Any]]:
    for below in form.__subclasses__():
        yield below
        yield from _subclasses(below)


def _chosen(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.BooleanField):
        return _("是")
    if type(field) not in {forms.ChoiceField, forms.TypedChoiceField}:
        return value
    words = {str(key): str(label) for key, label in field.choices}  # type: ignore[attr-defined]
    return words.get(value, value)
