"""The access matrix: role × address × verdict, from the map alone."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.permissions import Standing
from lms.access import Rule, rule_for
from lms.addresses import addresses
from lms.doors import admits
from lms.standing import standing_from
from schools.models import Role

STANDINGS: dict[str, Standing | None] = {
    "anonymous": None,
    "teacher": standing_from(frozenset()),
    **{role.value: standing_from(frozenset({role.value})) for role in Role},
    "superuser": standing_from(frozenset(), superuser=True),
}
"""Who stands before the door; None is a visitor who has not signed in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One address with the answer of its door to every standing."""

    name: str
    route: str
    rule: str
    verdicts: dict[str, str]


def matrix() -> list[Row]:
    """Every address of the platform; verdicts are open, sign_in, missing, gate or unclassified."""
    return [_row(one.name, one.route, rule_for(one.name, one.sample_path)) for one in addresses()]


def _row(name: str, route: str, rule: Rule | None) -> Row:
    verdicts = {who: _verdict(rule, standing) for who, standing in STANDINGS.items()}
    return Row(name=name, route=route, rule=str(rule or "unclassified"), verdicts=verdicts)


def _verdict(rule: Rule | None, standing: Standing | None) -> str:
    if rule is None:
        return "unclassified"
    if rule.kind == "closed":
        return "missing"
    if standing is None:
        return "open" if rule.kind == "public" else "sign_in"
    if rule.kind == "locked":
        return "gate"
    return "open" if admits(rule, standing) else "missing"
