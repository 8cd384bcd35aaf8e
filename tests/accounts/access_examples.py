"""Objects of accounts for the access sweep."""

from accounts.models import Session
from accounts.services import notify
from core import clock
from tests.access.examples import Case, example
from tests.access.town import Town


@example("accounts:person", "accounts:issue_slip", "accounts:reissue", "accounts:switch")
def accounts_that_are_looked_after(town: Town) -> list[Case]:
    return [
        Case(
            "own school",
            {"user_id": town.user("teacher").pk},
            {"schooladmin", "county", "bureau"},
        ),
        Case("other school", {"user_id": town.user("neighbour").pk}, {"county", "bureau"}),
        Case("other county", {"user_id": town.user("stranger").pk}, {"bureau"}),
        Case("above the school", {"user_id": town.user("registrar").pk}, {"county", "bureau"}),
        Case("superuser", {"user_id": town.user("root").pk}, set()),
    ]


@example("accounts:read_notice")
def notices(town: Town) -> list[Case]:
    return [
        Case(
            role,
            {"notice_id": notify(user=town.user(role), kind="plain", text="请知悉").pk},
            {role},
        )
        for role in ("teacher", "stranger")
    ]


@example("accounts:end_session")
def sessions(town: Town) -> list[Case]:
    return [
        Case(
            role,
            {
                "session_id": Session.objects.create(
                    session_key=f"session-of-{role}",
                    expire_date="2100-01-01T00:00:00Z",
                    user=town.user(role),
                    signed_in_at=clock.now(),
                ).public_id
            },
            {role},
        )
        for role in ("teacher", "stranger")
    ]
