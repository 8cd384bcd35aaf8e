"""No address without a rule, no rule without an address."""

from __future__ import annotations

import pytest
from django.test import Client

from lms.access import (
    ACCESS,
    CLOSED,
    CMS,
    CO_EDITED,
    PREFIXES,
    PUBLIC,
    Rule,
    locked,
    roles,
    rule_for,
)
from lms.addresses import addresses
from schools.models import Role
from tests.access.walking import ask


def test_every_address_has_exactly_one_rule():
    unruled = sorted(
        f"{address.name or '(no name)'} {address.route}"
        for address in addresses()
        if rule_for(address.name, address.sample_path) is None
    )
    assert unruled == [], "give each of them a line in lms/access.py"


def test_no_rule_is_left_over():
    named = {address.name for address in addresses()}
    assert sorted(set(ACCESS) - named) == []


def test_roles_in_the_map_exist():
    asked = {name for rule in ACCESS.values() if rule.kind == "roles" for name in rule.detail}
    assert asked <= set(Role.values)


def test_names_are_not_shared_by_addresses_of_different_rooms():
    routes: dict[str, set[str]] = {}
    for address in addresses():
        if address.name and not address.route.startswith("cms/"):
            routes.setdefault(address.name, set()).add(address.route)
    shared = {name: found for name, found in routes.items() if len(found) > 1}
    assert {name for name in shared if name.startswith("api:")} == set()


def test_the_content_admin_is_ruled_by_its_prefix():
    assert list(PREFIXES)[-1] == "/cms/", "the first fitting prefix wins"
    assert {path for path, rule in PREFIXES.items() if rule is CLOSED} == {
        "/cms/failwhale/",
        "/cms/users/",
    }
    assert {path for path, rule in PREFIXES.items() if rule is CO_EDITED} == {
        "/cms/course-",
        "/cms/sprite",
        "/cms/jsi18n/",
        "/cms/account/",
        "/cms/logout/",
        "/cms/dismissibles/",
        "/cms/choose-",
    }
    assert rule_for("wagtailusers_users:index", "/cms/users/") is CLOSED
    assert rule_for("wagtailadmin_home", "/cms/") is CO_EDITED
    assert rule_for("wagtailadmin_pages:edit", "/cms/pages/3/edit/") is CMS


@pytest.mark.django_db
def test_an_address_that_nobody_classified_does_not_exist(monkeypatch, client: Client):
    assert client.get("/sign-in/forgotten/").status_code == 200
    monkeypatch.delitem(ACCESS, "accounts:forgotten")
    answer = ask(client, "GET", "/sign-in/forgotten/")
    assert answer.status == 404
    assert answer.looks == ask(client, "GET", "/no-such-page/").looks


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PUBLIC, "public"),
        (roles(Role.REGISTRAR, "auditor"), "roles(registrar, auditor)"),
        (locked("wellbeing"), "locked(wellbeing)"),
    ],
)
def test_a_rule_reads_as_a_word(rule: Rule, words: str):
    assert str(rule) == words
