"""The address decides the language of a page; elsewhere the reader's choice does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from core.language import LanguageMiddleware


def spoken(
    path: str, view: str | None, chosen: str, around: str = "", before: str = ""
) -> tuple[str, str, str]:
    """What the view speaks, what the request says of it, and what the answer says of it."""
    heard = []

    def answer(request):
        if view is not None:
            request.resolver_match = SimpleNamespace(url_name=view)
        middleware.process_view(request, None, (), {})
        heard.extend([translation.get_language(), request.LANGUAGE_CODE])
        return HttpResponse()

    middleware = LanguageMiddleware(answer)
    named = {"X-Page-Language": around, "Referer": before}
    said = {name: value for name, value in named.items() if value}
    request = RequestFactory().get(path, headers=said)
    if chosen:
        request.COOKIES["django_language"] = chosen
    request.resolver_match = None
    response = middleware(request)
    return (*heard, response["Content-Language"])


@pytest.mark.parametrize(
    ("path", "view", "chosen", "language"),
    [
        ("/news/", "wagtail_serve", "en", "zh-hans"),
        ("/en/news/", "wagtail_serve", "zh-hans", "en"),
        ("/en/search/", "search", "zh-hans", "en"),
        ("/learn/", "learn", "en", "en"),
        ("/learn/", "learn", "zh-hans", "zh-hans"),
        ("/learn/", "learn", "klingon", "zh-hans"),
        ("/learn/", None, "en", "en"),
        ("/english/", "learn", "zh-hans", "zh-hans"),
    ],
)
def test_a_page_speaks_as_its_address_says_and_any_other_view_as_the_reader_chose(
    path, view, chosen, language
):
    assert spoken(path, view, chosen) == (language, language, language)


def test_a_part_of_a_page_speaks_the_language_of_the_page_around_it():
    assert spoken("/search/part/", "part", "zh-hans", around="EN") == ("en", "en", "en")
    assert spoken("/search/part/", "part", "en", around="zh-hans")[0] == "zh-hans"


@pytest.mark.parametrize(
    ("before", "chosen", "language"),
    [
        ("http://testserver/en/news/", "", "en"),
        ("http://testserver/en/news/", "zh-hans", "zh-hans"),
        ("http://testserver/news/", "", "zh-hans"),
        ("http://testserver/news/", "en", "en"),
        ("https://elsewhere.example/en/", "", "zh-hans"),
        ("nonsense", "", "zh-hans"),
    ],
)
def test_who_has_chosen_nothing_reads_on_in_the_language_of_the_page_before(
    before, chosen, language
):
    assert spoken("/learn/", "learn", chosen, before=before)[0] == language


def test_an_answer_that_names_its_language_itself_keeps_it():
    named = LanguageMiddleware(lambda request: HttpResponse(headers={"Content-Language": "fr"}))
    assert named(RequestFactory().get("/learn/"))["Content-Language"] == "fr"


def test_a_rendered_answer_says_that_it_depends_on_the_choice():
    answer = HttpResponse(headers={"Vary": "HX-Request"})
    middleware = LanguageMiddleware(lambda request: answer)
    kept = middleware.process_template_response(RequestFactory().get("/learn/"), answer)
    assert kept is answer
    assert kept["Vary"] == "HX-Request, Cookie"
