"""Reading an address signs nobody out, in the content admin either."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from lms.editors import settle_editors
from schools.models import Role
from tests.people import a_bureau, a_teacher

pytestmark = pytest.mark.django_db


def test_reading_the_way_out_only_shows_the_button_and_pressing_it_signs_out_with_a_trace(client):
    editor = a_teacher("周明", posts=[(Role.EDITOR, a_bureau())])
    settle_editors()
    client.force_login(editor.user)
    for method in (client.get, client.head):
        assert method("/cms/logout/").status_code == 200
        assert client.get("/home/").status_code == 200
    assert not AuditEvent.objects.filter(verb="accounts.signed_out").exists()
    assert client.post("/cms/logout/").headers["Location"] == "/sign-in/"
    assert client.get("/home/").headers["Location"].startswith("/sign-in/")
    left = AuditEvent.objects.get(verb="accounts.signed_out")
    assert left.actor_id == editor.user.pk
