"""``make sweep``: every address without ids, and all of the content admin, as every role.

The answers are those of the map; nothing is a 500, and no reading request writes.
"""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from lms.access import CLOSED, Rule, rule_for
from lms.addresses import Address, addresses
from lms.matrix import STANDINGS, matrix
from tests.access.town import EVERYBODY, ROLES, build_town
from tests.access.walking import TRACES, ask, people_at_the_door

STANDING_OF_ROLE = {
    "anonymous": "anonymous",
    "teacher": "teacher",
    "colleague": "teacher",
    "classteacher": "class_teacher",
    "psych": "psychology_teacher",
    "principal": "principal",
    "schooladmin": "school_admin",
    "registrar": "registrar",
    "county": "county_officer",
    "bureau": "bureau_officer",
    "auditor": "auditor",
    "editor": "editor",
    "neighbour": "teacher",
    "stranger": "teacher",
    "root": "superuser",
}

SITE = sorted(
    {a.name for a in addresses() if not a.parameters and a.name and "cms/" not in a.route}
    - {"wagtail_serve"}
)
ADMIN = sorted(
    {address for address in addresses() if address.route.startswith("cms/")},
    key=lambda address: (address.name, address.route),
)
ADMIN_PARTS = 12


def test_every_role_of_the_sweep_has_a_standing():
    assert set(STANDING_OF_ROLE) == EVERYBODY
    assert set(STANDING_OF_ROLE.values()) <= set(STANDINGS)
    assert len(ROLES) == 14


@pytest.mark.full_sweep
@pytest.mark.django_db
@pytest.mark.parametrize("name", SITE)
def test_the_door_answers_as_the_map_says(name: str):
    try:
        path = reverse(name)
    except NoReverseMatch:
        pytest.fail(f"{name} has no address without ids")
    expected = next(row.verdicts for row in matrix() if row.name == name)
    town = build_town()
    for role, browser in people_at_the_door(town, EVERYBODY).items():
        verdict = expected[STANDING_OF_ROLE[role]]
        for method in ("GET", "HEAD", "POST"):
            answer = ask(browser, method, path)
            where = f"{role} {method} {path}: {answer.status}"
            assert answer.status < 500, f"{where} {answer.body[:400]}"
            if method != "POST":
                assert answer.written <= set(TRACES), f"{where} wrote {set(answer.written)}"
            if verdict == "missing":
                assert answer.status == 404, where
            if verdict == "sign_in":
                assert answer.status == (401 if path.startswith("/api/") else 302), where
    for role, browser in people_at_the_door(town, frozenset({"teacher"}), csrf=True).items():
        answer = ask(browser, "POST", path)
        exempt = name in {"website:language"}
        assert exempt or answer.status in {401, 403, 404, 405}, f"{role} POST {path} without token"


@pytest.mark.full_sweep
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("part", range(ADMIN_PARTS))
def test_the_content_admin_is_closed_to_everybody_but_editors(part: int):
    town = build_town()
    browsers = people_at_the_door(town, EVERYBODY)
    for address in ADMIN[part::ADMIN_PARTS]:
        rule: Rule | None = rule_for(address.name, address.sample_path)
        assert rule is not None
        path = spelled(address)
        if path is None:
            continue
        for role, browser in browsers.items():
            answer = ask(browser, "GET", path)
            where = f"{role} {path}: {answer.status}"
            if role == "anonymous" and rule is not CLOSED:
                assert answer.status == 302, where
            elif role not in {"editor", "root"} or rule is CLOSED:
                assert answer.status == 404, where
            else:
                assert answer.status < 500, f"{where} {answer.body[:400]}"


def spelled(address: Address) -> str | None:
    """A path of this address, its parameters filled with things that are not there."""
    for value in (987654, "no-such-thing", "00000000-0000-4000-8000-00000000dead"):
        try:
            return reverse(address.name, kwargs=dict.fromkeys(address.parameters, value))
        except NoReverseMatch:
            continue
    return None
