"""What of an object is put into the index: the words of its title, of its other fields, and those
that complete what somebody is typing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from core.search import text


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one object."""

    object_id: str
    title: list[str]
    body: list[str]
    autocomplete: list[str]


def document_of(thing: Any) -> Document:
    """The words of an object, field by field as its ``search_fields`` say."""
    title: list[str] = []
    body: list[str] = []
    autocomplete: list[str] = []
    for field, value in _values(thing, thing.get_search_fields()):
        words = text.index_words(value)
        if isinstance(field, AutocompleteField):
            autocomplete += words
        elif field.field_name == "title":
            title += words
        else:
            body += words
    return Document(str(thing.pk), title, body, autocomplete)


def _values(thing: Any, fields: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, _as_text(field.get_value(thing))
        elif isinstance(field, RelatedFields):
            for related in _related(field.get_value(thing)):
                yield from _values(related, field.fields)


def _related(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, Manager):
        return value.all()
    return (value,)


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_as_text(item) for item in value)
    if isinstance(value, dict):
        return " ".join(_as_text(item) for item in value.values())
    return "" if value is None else str(value)
