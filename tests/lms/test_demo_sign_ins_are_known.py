"""What counts as a demo sign-in, in a database that production is asked to run on."""

from __future__ import annotations

import pytest

from accounts.models import User
from demo.rules import places
from demo.services import bureau
from lms import checks, preparing

pytestmark = pytest.mark.django_db


def test_a_demo_account_is_known_by_its_staff_number_whatever_its_password(settings, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "another-word-of-theirs")
    bureau.build_sign_ins(bureau.build_units(places.SIZES["s"]))
    User.objects.filter(username="bureau").update(is_active=False)
    settings.LMS_MODE = "production"
    assert preparing.demo_accounts() == [
        "auditor", "bureau", "classteacher", "county", "editor", "mentor",
        "principal", "psych", "registrar", "schooladmin", "stranger", "teacher",
    ]  # fmt: skip
    assert [found.id for found in checks.no_demo_accounts()] == ["lms.E001"]
    settings.LMS_MODE = "dev"
    assert checks.no_demo_accounts() == []


def test_a_real_editor_may_be_called_editor_but_not_with_the_published_password():
    editor = User.objects.create_user("editor", "a-word-that-only-she-knows", name="郑思源")
    assert preparing.demo_accounts() == []
    editor.set_password("xinyang-demo")
    editor.save()
    assert preparing.demo_accounts() == ["editor"]


def test_a_database_without_tables_holds_none(monkeypatch):
    from django.db import ProgrammingError

    def away(*_: object) -> None:
        raise ProgrammingError('relation "accounts_user" does not exist')

    monkeypatch.setattr(preparing.get_user_model().objects, "filter", lambda **_: _Away(away))
    assert preparing.demo_accounts() == []


class _Away:
    def __init__(self, fault) -> None:
        self.values_list = fault

    def order_by(self, _name: str) -> _Away:
        return self
