"""An auditor reads words, not codes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from core import audit
from lms import deeds
from schools.models import Role
from tests.people import a_bureau, a_teacher

ROOMS = ("accounts", "schools", "media", "courses", "certification", "website", "lms")
RECORDING = {"record", "Act"}


def verbs_of(path: Path) -> set[str]:
    """The verbs that a module writes out where it leaves a trace."""
    calls = (one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if type(one) is ast.Call)
    traces = (one for one in calls if getattr(one.func, "attr", "") in RECORDING)
    given = (part for one in traces for part in (*one.args, *(k.value for k in one.keywords)))
    texts = (part.value for part in given if isinstance(part, ast.Constant))
    return {text for text in texts if isinstance(text, str) and "." in text}


@pytest.mark.parametrize("room", ROOMS)
def test_every_deed_that_a_room_records_has_its_words(room: str):
    written = set().union(*(verbs_of(path) for path in Path(settings.BASE_DIR, room).rglob("*.py")))
    assert written
    assert written - set(deeds.WORDS) == set()


@pytest.mark.django_db
def test_the_log_names_deed_thing_and_basis(client):
    wang = a_teacher("王芳")
    audit.record(wang.user, "teacher.view", wang, basis="post")
    auditor = a_teacher("审计员", posts=[(Role.AUDITOR, a_bureau())])
    client.force_login(auditor.user)
    page = client.get("/access-log/", {"verb": "teacher.view"})
    (entry,) = page.context["log"].entries
    assert (entry.deed, entry.thing, entry.basis) == ("查看教师", "教师", "依据职务")
    assert "teacher.view</td>" not in page.content.decode()
    assert ("audit.read", "查看访问日志") in page.context["log"].verbs
