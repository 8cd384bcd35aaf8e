"""The address decides the language of a page, the switch that of everything else."""

import pytest
from django.conf import settings
from django.test import Client

from schools.models import HelpLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/styleguide/", '<html lang="zh-Hans">'), ("/en/styleguide/", '<html lang="en">')],
)
def test_every_page_names_its_language(client: Client, path: str, shown: str):
    assert shown in client.get(path).content.decode()


def test_the_switch_remembers_english_and_returns_to_the_english_address(client: Client):
    answer = client.post("/language/", {"language": "en", "next": "/news/"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/news/")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_the_switch_takes_the_english_prefix_off(client: Client):
    answer = client.post("/language/", {"language": "zh-hans", "next": "/en/guidance/x/"})
    assert answer["Location"] == "/guidance/x/"


def test_an_address_of_only_one_tree_stays(client: Client):
    answer = client.post("/language/", {"language": "en", "next": "/verify/"})
    assert answer["Location"] == "/verify/"


def test_a_view_speaks_the_language_that_was_chosen(client: Client):
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/styleguide/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_the_switch_never_leads_to_another_site(client: Client, target: str):
    answer = client.post("/language/", {"language": "zh-hans", "next": target})
    assert answer["Location"] == "/"


def test_an_unknown_language_is_not_there(client: Client):
    assert client.post("/language/", {"language": "fr"}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_that_no_browser_vouches_for_needs_the_token(headers: dict[str, str]):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/language/", {"language": "en"}, headers=headers)
    assert answer.status_code == 403
    assert settings.LANGUAGE_COOKIE_NAME not in stranger.cookies


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
)
def test_the_switch_of_a_kept_page_works_without_a_token(headers: dict[str, str]):
    reader = Client(enforce_csrf_checks=True)
    answer = reader.post("/language/", {"language": "en", "next": "/news/"}, headers=headers)
    assert (answer.status_code, answer["Location"]) == (302, "/en/news/")
    assert reader.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_a_script_switches_the_language_with_the_token():
    script = Client(enforce_csrf_checks=True)
    script.get("/sign-in/")
    token = script.cookies[settings.CSRF_COOKIE_NAME].value
    body = {"language": "en", "csrfmiddlewaretoken": token}
    assert script.post("/language/", body).status_code == 302
    assert script.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


ENGLISH_PAGE = "http://testserver/en/news/"


@pytest.mark.parametrize("path", ["/verify/", "/sign-in/", "/help/"])
def test_a_link_of_an_english_page_leads_on_in_english(client: Client, path: str):
    step = {"Referer": ENGLISH_PAGE, "Accept": "text/html,*/*"}
    assert '<html lang="en">' in client.get(path, headers=step).content.decode()
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("en", "", True)
    beyond = {"Referer": f"http://testserver{path}", "Accept": "text/html,*/*"}
    assert '<html lang="en">' in client.get("/verify/ABC/", headers=beyond).content.decode()


def test_a_kept_page_stays_chinese_for_who_comes_from_elsewhere(site, client: Client):
    step = {"Referer": ENGLISH_PAGE, "Accept": "text/html"}
    for _visit in range(2):
        assert '<html lang="en">' in Client().get("/help/", headers=step).content.decode()
        assert '<html lang="zh-Hans">' in Client().get("/help/").content.decode()


def test_an_english_page_that_is_kept_leads_on_in_english_too(site, client: Client):
    chosen = Client()
    chosen.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    kept = [chosen.get("/help/", headers={"Accept": "text/html"}) for _visit in range(2)]
    assert [answer["X-Page-Cache"] for answer in kept] == ["miss", "hit"]
    step = {"Referer": ENGLISH_PAGE, "Accept": "text/html,*/*"}
    assert '<html lang="en">' in client.get("/help/", headers=step).content.decode()
    beyond = {"Referer": "http://testserver/help/", "Accept": "text/html,*/*"}
    assert '<html lang="en">' in client.get("/verify/", headers=beyond).content.decode()
    assert client.get("/help/", headers=beyond)["X-Page-Cache"] == "hit"


def test_the_door_before_the_home_page_is_english_too(client: Client):
    step = {"Referer": ENGLISH_PAGE, "Accept": "text/html,*/*"}
    answer = client.get("/home/", headers=step)
    assert answer["Location"] == "/sign-in/?next=%2Fhome%2F"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/news/", {"Accept": "text/html"}),
        ("/en/help/", {"Accept": "text/html"}),
        ("/account/fragment/", {"Accept": "text/html", "X-Page-Language": "en"}),
        ("/api/v1/verify", {"Accept": "*/*"}),
    ],
)
def test_only_a_step_of_the_reader_is_remembered(site, client: Client, path: str, headers):
    client.get(path, headers={"Referer": ENGLISH_PAGE, **headers})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_the_switch_has_the_last_word_over_the_page_before(site, client: Client):
    headers = {"Referer": "http://testserver/en/help/", "Accept": "text/html"}
    back = {"language": "zh-hans", "next": "/en/help/"}
    assert client.post("/language/", back, headers=headers)["Location"] == "/help/"
    assert '<html lang="zh-Hans">' in client.get("/help/", headers=headers).content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"


@pytest.mark.parametrize(("path", "language"), [("/en/help/", "en"), ("/help/", "zh-Hans")])
def test_what_a_page_fetches_carries_its_language(client: Client, path: str, language: str):
    page = client.get(path).content.decode()
    assert f"""<body hx-headers:inherited='{{"X-Page-Language": "{language}"}}'>""" in page


def test_help_lines_are_read_in_the_language_of_the_page(site, client):
    HelpLine.objects.filter(number="12356").update(
        name_en="National psychological help line", description_en="", hours_en="All day"
    )
    english = client.get("/en/help/").content.decode()
    assert "National psychological help line" in english
    assert "All day" in english
    chinese = client.get("/help/").content.decode()
    assert "National psychological help line" not in chinese
