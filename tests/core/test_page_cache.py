"""Public pages are kept for visitors, and for nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path

from core import page_cache
from core.page_cache import for_everybody

calls: list[str] = []


@for_everybody
def public(request: HttpRequest) -> HttpResponse:
    calls.append(request.get_full_path())
    return HttpResponse(f"public {len(calls)}")


@for_everybody
def with_cookie(request: HttpRequest) -> HttpResponse:
    calls.append("cookie")
    response = HttpResponse("cookie")
    response.set_cookie("seen", "1")
    return response


@for_everybody
def with_token(request: HttpRequest) -> HttpResponse:
    calls.append("token")
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@for_everybody
def private(request: HttpRequest) -> HttpResponse:
    calls.append("private")
    return HttpResponse("private", headers={"Cache-Control": "private, no-store"})


@for_everybody
def refused(request: HttpRequest) -> HttpResponse:
    calls.append("refused")
    return HttpResponse("no", status=403)


def unmarked(request: HttpRequest) -> HttpResponse:
    calls.append("unmarked")
    return HttpResponse("unmarked")


urlpatterns = [
    path("public/", public),
    path("cookie/", with_cookie),
    path("token/", with_token),
    path("private/", private),
    path("refused/", refused),
    path("unmarked/", unmarked),
    path("cms/public/", public),
]

MIDDLEWARE = [
    "core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    calls.clear()
    cache.delete(page_cache.VERSION_KEY)
    page_cache.forget()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        yield
    page_cache.forget()


def seen(client: Client, address: str, **options: Any) -> tuple[str, str]:
    answer = client.get(address, **options)
    return answer.content.decode(), answer.get("X-Page-Cache", "")


def test_the_second_visitor_gets_the_kept_page():
    assert seen(Client(), "/public/") == ("public 1", "miss")
    assert seen(Client(), "/public/") == ("public 1", "hit")


def test_a_hundred_visits_render_one_page():
    answers = [seen(Client(), "/public/")[1] for _ in range(100)]
    assert answers.count("hit") == 99


def test_somebody_with_a_session_never_gets_nor_leaves_a_kept_page(settings: Any):
    known = Client()
    known.cookies[settings.SESSION_COOKIE_NAME] = "hers"
    assert seen(known, "/public/") == ("public 1", "")
    assert seen(Client(), "/public/") == ("public 2", "miss")
    assert seen(known, "/public/") == ("public 3", "")


@pytest.mark.parametrize(
    "address", ["/cookie/", "/token/", "/private/", "/refused/", "/unmarked/", "/cms/public/"]
)
def test_what_is_not_for_everybody_is_rendered_each_time(address: str):
    known_to_forms = Client()
    known_to_forms.get("/token/")
    calls.clear()
    for _ in range(2):
        assert seen(known_to_forms, address)[1] == ""
    assert len(calls) == 2


def test_a_change_makes_every_kept_page_stale():
    seen(Client(), "/public/")
    page_cache.raise_version()
    assert seen(Client(), "/public/") == ("public 2", "miss")


def test_another_process_learns_of_a_change_within_a_second(monkeypatch: pytest.MonkeyPatch):
    now = [1000.0]
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now[0])
    assert seen(Client(), "/public/") == ("public 1", "miss")
    cache.set(page_cache.VERSION_KEY, "raised elsewhere", 60)
    assert seen(Client(), "/public/") == ("public 1", "hit")
    now[0] += 1.01
    assert seen(Client(), "/public/") == ("public 2", "miss")


def test_a_page_is_rendered_anew_after_a_minute(monkeypatch: pytest.MonkeyPatch):
    now = [1000.0]
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now[0])
    seen(Client(), "/public/")
    now[0] += 59
    assert seen(Client(), "/public/")[1] == "hit"
    now[0] += 2
    assert seen(Client(), "/public/") == ("public 2", "miss")


def test_without_the_shared_cache_pages_are_rendered(monkeypatch: pytest.MonkeyPatch):
    def away(*_: Any) -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr(page_cache.cache, "get", away)
    assert seen(Client(), "/public/") == ("public 1", "")
    assert seen(Client(), "/public/") == ("public 2", "")


def test_addresses_hosts_languages_and_fragments_are_kept_apart(settings: Any):
    assert seen(Client(), "/public/")[1] == "miss"
    assert seen(Client(), "/public/?page=2")[1] == "miss"
    assert seen(Client(headers={"host": "other.example"}), "/public/")[1] == "miss"
    assert seen(Client(), "/public/", headers={"HX-Request": "true"})[1] == "miss"
    english = Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert seen(english, "/public/")[1] == "miss"


def test_the_memory_holds_512_pages_and_lets_the_oldest_go():
    for number in range(page_cache.MOST_PAGES + 1):
        seen(Client(), f"/public/?page={number}")
    assert seen(Client(), f"/public/?page={page_cache.MOST_PAGES}")[1] == "hit"
    assert seen(Client(), "/public/?page=0")[1] == "miss"


def test_a_browser_that_has_the_page_is_told_so():
    Client().get("/public/")
    tag = Client().get("/public/")["ETag"]
    answer = Client().get("/public/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_posted_form_passes_by():
    Client().get("/public/")
    assert seen(Client(), "/public/")[1] == "hit"
    assert Client().post("/public/").get("X-Page-Cache") is None


def test_a_browser_that_has_another_page_gets_this_one():
    fresh = Client().get("/public/").content
    answer = Client().get("/public/", headers={"If-None-Match": '"of-yesterday"'})
    assert (answer.status_code, answer.content, answer["X-Page-Cache"]) == (200, fresh, "hit")
