"""What the door answers to a request, by the rule of its address and the posts held today."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import Standing, needs_second_factor, standing_of
from accounts.services.sign_in import has_second_factor, must_read_privacy
from courses.permissions import shared_courses
from lms.access import CLOSED, CO_EDITED, PUBLIC, Rule, rule_for
from lms.editors import is_member


class Verdict(Enum):
    """What the door answers."""

    OPEN = "open"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    PRIVACY = "privacy"
    MISSING = "missing"


PRIVACY_NOTICE = "accounts:privacy"
"""The one page behind the door that is open before the privacy notice has been read."""

Gate = Callable[[User], bool]
_gates: dict[str, Gate] = {}


def register_gate(room: str, gate: Gate) -> None:
    """Let ``gate(user)`` decide about a locked room (called once per room, from the wiring)."""
    _gates[room] = gate


def is_public(request: HttpRequest) -> bool:
    """Whether anybody reaches this address."""
    match = request.resolver_match
    return rule_for(match.view_name if match else "", request.path) == PUBLIC


def verdict_for(request: HttpRequest) -> Verdict:
    """What the door answers to this request; an address without a rule does not exist."""
    match = request.resolver_match
    rule = rule_for(match.view_name if match else "", request.path)
    if rule is None or rule == CLOSED:
        return Verdict.MISSING
    if rule == PUBLIC:
        return Verdict.OPEN
    user = request.user
    if not isinstance(user, User):
        return Verdict.SIGN_IN
    if not stands(user, rule):
        return Verdict.MISSING
    if _second_factor_due(user, rule) and not has_second_factor(request):
        return Verdict.SECOND_FACTOR
    if must_read_privacy(request) and match.view_name != PRIVACY_NOTICE:  # type: ignore[union-attr]
        return Verdict.PRIVACY
    return Verdict.OPEN


def stands(user: User, rule: Rule) -> bool:
    """Whether a signed-in person meets a rule; superusers gain the content admin only."""
    if rule.kind == "locked":
        gate = _gates.get(rule.detail[0])
        return gate is not None and gate(user)
    if rule.kind == "cms" and not user.has_perm("wagtailadmin.access_admin"):
        return False
    return admits(rule, standing_of(user)) or (rule == CO_EDITED and shares_a_course(user))


def shares_a_course(user: User) -> bool:
    """Whether a colleague shares a course: the one exception that guardian keeps.

    Who still has the editors' rights after the post ended waits until they are taken away.
    """
    return shared_courses(user).exists() and not is_member(user)


def admits(rule: Rule, standing: Standing) -> bool:
    """Whether a standing alone meets a rule; a locked room is never opened by standing."""
    if rule.kind == "roles":
        return standing.holds(*rule.detail)
    if rule.kind == "cms":
        return standing.enters_cms
    return rule.kind in {"public", "signed_in"}


def _second_factor_due(user: User, rule: Rule) -> bool:
    return rule.kind in {"cms", "locked"} or needs_second_factor(user)
