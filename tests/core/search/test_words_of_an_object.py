"""The words of an object come from its fields, and from those of what belongs to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField

from core.search.documents import Document, document_of
from tests.people import a_user
from website.models import StandardPage


@pytest.fixture
def words_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The words of a page, were these its search fields."""

    def of(page: StandardPage, *fields: Any) -> Document:
        monkeypatch.setattr(StandardPage, "get_search_fields", classmethod(lambda cls: fields))
        return document_of(page)

    return of


def test_title_text_and_what_completes_typing_are_kept_apart(words_of):
    page = StandardPage(pk=7, title="心理", lead="Word")
    fields = (SearchField("title"), SearchField("lead"), AutocompleteField("title"))
    assert words_of(page, *fields) == Document("7", ["心理", "理"], ["word"], ["心理", "理"])


def test_lists_and_mappings_give_all_their_words_and_nothing_gives_none(words_of):
    page = StandardPage(pk=7)
    page.glossary = [{"zh": "心理", "en": "mind"}, ["Word", None]]
    found = words_of(page, SearchField("glossary"), SearchField("absent"))
    assert found.body == ["心理", "理", "mind", "word"]


@pytest.mark.django_db
def test_what_belongs_to_an_object_is_found_with_it(words_of):
    wang = a_user("wang", name="王敏")
    wang.groups.add(Group.objects.create(name="编辑"), Group.objects.create(name="Word"))
    owner = RelatedFields("owner", [SearchField("name"), RelatedFields("groups", NAMES)])
    found = words_of(StandardPage(pk=7, owner=wang), owner)
    assert sorted(found.body) == sorted(["王敏", "敏", "编辑", "辑", "word"])
    assert words_of(StandardPage(pk=7), owner).body == []


NAMES = [SearchField("name")]


def test_a_field_that_only_filters_puts_nothing_into_the_index(words_of):
    page = StandardPage(pk=7, title="Word", lead="x")
    assert words_of(page, FilterField("title"), SearchField("lead")).body == ["x"]
