"""The API's account resources."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import rules, selectors
from accounts.models import User
from accounts.permissions import posts_of
from accounts.schemas import MeOut, PostOut
from accounts.services.sign_in import has_second_factor
from core.api import Router

router = Router(tags=["me"])


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Who is signed in: name, posts held today, unread notices; the phone is masked."""
    user = request.user
    assert isinstance(user, User)
    return MeOut(
        id=user.pk,
        username=user.username,
        name=user.name,
        phone=rules.masked_phone(user.phone),
        language=get_language() or "",
        unread_notices=selectors.unread_notices(user),
        second_factor=has_second_factor(request),
        posts=[PostOut(**asdict(post)) for post in posts_of(user)],
    )
