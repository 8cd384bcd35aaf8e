"""Whatever stands behind the question mark, an address answers; HEAD is GET without the content."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lms.access import ACCESS
from lms.addresses import addresses
from tests.access.town import Town, build_town
from tests.access.walking import ask, people_at_the_door

pytestmark = pytest.mark.django_db

READERS = frozenset({"anonymous", "bureau", "schooladmin", "psych", "auditor"})
NAMES = (
    *("page", "p", "q", "year", "term", "unit", "pupil", "state", "category", "part", "sort"),
    *("band", "show", "next", "verdict", "urgency", "since", "until", "person", "about", "verb"),
    *("sealed", "stage", "subject", "mode", "open", "account", "due"),
)
NONSENSE = {
    "a number of 5,000 digits": "9" * 5_000,
    "a number that no column holds": "99999999999999999999",
    "a sign that nobody can type": "%00",
    "that sign once more when it is taken out": "%%0000",
}


def without_ids() -> list[str]:
    """Paths of every page and call that names nothing in its address."""
    paths = []
    for address in addresses():
        rule = ACCESS.get(address.name)
        if rule is not None and rule.kind != "closed" and not address.parameters:
            try:
                paths.append(reverse(address.name))
            except NoReverseMatch:
                continue
    return sorted(set(paths))


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.mark.timeout(600)
def test_no_query_breaks_an_address_and_head_answers_like_get(town):
    browsers = people_at_the_door(town, READERS)
    asked = set()
    for path in without_ids():
        for role, browser in browsers.items():
            plain = ask(browser, "GET", path)
            head = ask(browser, "HEAD", path)
            assert (head.status, head.location) == (plain.status, plain.location), (role, path)
            if plain.status == 200 and path not in asked:
                asked.add(path)
                ask_nonsense(browser, role, path)
    assert len(asked) > 40


def ask_nonsense(browser: Client, role: str, path: str) -> None:
    for what, value in NONSENSE.items():
        query = "&".join(f"{name}={value}" for name in NAMES)
        answer = ask(browser, "GET", f"{path}?{query}")
        assert answer.status < 500, f"{role} {path} {what}"


@pytest.mark.parametrize("path", ["/%00/", "/learn/%00/", "/en/%00/", "/courses/%00", "/cms/%00/"])
def test_an_address_with_a_nul_leads_nowhere(town, path):
    readers = frozenset({"anonymous", "bureau"})
    for role, browser in people_at_the_door(town, readers).items():
        assert ask(browser, "GET", path).status == 404, role


def test_a_call_with_a_nul_leads_nowhere_in_its_own_form(client):
    answer = client.get("/api/v1/%00")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["code"]) == (
        404, "application/problem+json", "not_found",
    )  # fmt: skip
