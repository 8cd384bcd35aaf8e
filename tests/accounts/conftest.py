"""People at the door."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User

PASSWORD = "雨后的贤山很安静"
AGENT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 MicroMessenger/8.0"


@pytest.fixture
def li_na(db: None) -> User:
    """A plain teacher with a phone and a password."""
    return User.objects.create_user("li.na", PASSWORD, name="李娜", phone="13800001111")


@pytest.fixture
def door() -> Any:
    """A browser that can sign in: ``door(name, password)`` gives the answer and the browser."""

    def knock(
        name: str,
        password: str = PASSWORD,
        *,
        client: Client | None = None,
        target: str = "",
        address: str = "10.1.1.1",
    ) -> tuple[Any, Client]:
        browser = client or Client(headers={"user-agent": AGENT})
        answer = browser.post(
            "/sign-in/",
            {"username": name, "password": password, "next": target},
            REMOTE_ADDR=address,
        )
        return answer, browser

    return knock


@pytest.fixture
def informed(db: None) -> Any:
    """``informed(user)``: the person has acknowledged the privacy notice."""
    from accounts.services import acknowledge_privacy

    def acknowledge(user: User) -> User:
        acknowledge_privacy(actor=user)
        return user

    return acknowledge
