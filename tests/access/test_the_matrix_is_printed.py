"""``access_matrix`` says what the door answers, and fails on an address without a rule."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from lms.access import ACCESS, locked
from lms.matrix import STANDINGS, matrix


def verdicts(name: str) -> dict[str, str]:
    return next(row.verdicts for row in matrix() if row.name == name)


def test_each_role_has_its_verdict():
    assert set(verdicts("accounts:sign_in").values()) == {"open"}
    assert verdicts("accounts:profile") == {
        who: "sign_in" if who == "anonymous" else "open" for who in STANDINGS
    }
    keepers = verdicts("accounts:person")
    assert {who for who, verdict in keepers.items() if verdict == "open"} == {
        *("school_admin", "county_officer", "bureau_officer")
    }
    assert (keepers["anonymous"], keepers["superuser"]) == ("sign_in", "missing")
    admin = verdicts("wagtailadmin_home")
    assert {who for who, verdict in admin.items() if verdict == "open"} == {"editor", "superuser"}
    assert set(verdicts("wagtailcore_login").values()) == {"missing"}


def test_a_locked_room_is_nobodys_by_standing(monkeypatch):
    monkeypatch.setitem(ACCESS, "accounts:people", locked("wellbeing"))
    row = verdicts("accounts:people")
    assert row.pop("anonymous") == "sign_in"
    assert set(row.values()) == {"gate"}


def test_the_command_prints_lines_and_json():
    out = StringIO()
    call_command("access_matrix", stdout=out)
    assert "/account/  signed_in  → teacher, principal" in out.getvalue()
    assert "/_util/login/  closed  → 无" in out.getvalue()
    assert out.getvalue().endswith("，0 个未分类\n")
    out = StringIO()
    call_command("access_matrix", "--json", stdout=out)
    content = json.loads(out.getvalue())
    assert content["unclassified"] == []
    assert content["roles"] == list(STANDINGS)
    profile = next(row for row in content["routes"] if row["name"] == "accounts:profile")
    assert profile["verdicts"]["anonymous"] == "sign_in"


def test_an_address_without_a_rule_is_a_finding(monkeypatch):
    monkeypatch.delitem(ACCESS, "accounts:profile")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("access_matrix", "--json", stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue())["unclassified"] == ["account/"]
    assert set(verdicts("accounts:profile").values()) == {"unclassified"}
