"""What the door answers: to strangers, to the wrong role, without the second factor, and the
locked room that not even a superuser enters."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import User
from lms import doors, urls
from lms.access import ACCESS, SIGNED_IN, locked, roles
from lms.doors import register_gate
from schools.models import Role
from tests.access.walking import ask
from tests.people import a_teacher, a_user


def _room(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


handler404 = urls.handler404
urlpatterns = [
    path("locked/", _room, name="test_locked"),
    path("registrars/", _room, name="test_registrars"),
    path("members/", _room, name="test_members"),
    path("api/v1/members/", _room, name="test_api_members"),
    path("cms/anything/", _room, name="test_cms"),
    path("unruled/", _room, name="test_unruled"),
    *urls.urlpatterns,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCESS, "test_locked", locked("test room"))
    monkeypatch.setitem(ACCESS, "test_registrars", roles(Role.REGISTRAR))
    monkeypatch.setitem(ACCESS, "test_members", SIGNED_IN)
    monkeypatch.setitem(ACCESS, "test_api_members", SIGNED_IN)
    monkeypatch.setattr(doors, "_gates", {})


def entering(user: User, *, second_factor: str = "totp") -> Client:
    browser = Client()
    browser.force_login(user)
    session = browser.session
    session["second_factor"] = second_factor
    session.save()
    return browser


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root", "x", name="金星")


def test_strangers_are_shown_to_the_door():
    for page in ("/members/", "/registrars/", "/locked/", "/cms/anything/"):
        answer = Client().get(f"{page}?a=1")
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={page.replace('/', '%2F')}%3Fa%3D1"
    call = Client().get("/api/v1/members/")
    assert (call.status_code, call["Content-Type"]) == (401, "application/problem+json")


def test_the_wrong_role_sees_what_a_missing_page_looks_like():
    teacher = entering(a_teacher("李娜").user)
    refused = ask(teacher, "GET", "/registrars/")
    assert refused.status == 404
    assert refused.looks == ask(teacher, "GET", "/nothing/here/").looks
    registrar = entering(a_teacher("郑和", posts=["registrar"]).user)
    assert registrar.get("/registrars/").content == b"inside"
    assert teacher.get("/members/").content == b"inside"


def test_an_unruled_address_is_missing_for_everybody(root):
    for browser in (Client(), entering(root)):
        assert browser.get("/unruled/").status_code == 404


def test_roles_are_not_a_superusers(root):
    assert entering(root).get("/registrars/").status_code == 404


def test_a_locked_room_without_a_gate_is_closed_to_everybody(root):
    assert entering(root).get("/locked/").status_code == 404
    assert (
        entering(a_teacher("周敏", posts=["psychology_teacher"]).user).get("/locked/").status_code
        == 404
    )


def test_only_the_rooms_own_gate_opens_it_and_not_to_a_superuser(root):
    psychologist = a_teacher("周敏", posts=["psychology_teacher"]).user
    register_gate("test room", lambda user: user.pk == psychologist.pk)
    assert entering(psychologist).get("/locked/").content == b"inside"
    refused = ask(entering(root), "GET", "/locked/")
    assert refused.status == 404
    assert refused.looks == ask(entering(root), "GET", "/nothing/here/").looks
    register_gate("another room", lambda user: True)
    assert entering(root).get("/locked/").status_code == 404


def test_the_locked_room_demands_the_second_factor_even_of_those_who_need_none():
    plain = a_user("plain")
    register_gate("test room", lambda user: True)
    answer = entering(plain, second_factor="").get("/locked/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/?next=%2Flocked%2F")
    assert entering(plain, second_factor="").get("/members/").status_code == 200


def test_the_content_admin_is_for_editors_with_a_second_factor(root):
    from django.contrib.auth.models import Permission

    editor = a_teacher("文静", posts=["editor"]).user
    assert entering(editor).get("/cms/anything/").status_code == 404
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    editor = User.objects.get(pk=editor.pk)
    assert entering(editor).get("/cms/anything/").content == b"inside"
    asked = entering(editor, second_factor="").get("/cms/anything/")
    assert asked["Location"] == "/sign-in/code/?next=%2Fcms%2Fanything%2F"
    clerk = a_teacher("李娜", posts=["registrar"]).user
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert entering(clerk).get("/cms/anything/").status_code == 404
    assert entering(root).get("/cms/anything/").content == b"inside"
    assert entering(root, second_factor="").get("/cms/anything/").status_code == 302


def test_a_post_that_ends_closes_its_doors_on_the_next_request(at: Any):
    at("2026-03-02T08:00:00+08:00")
    registrar = a_teacher("郑和", posts=["registrar"])
    browser = entering(registrar.user)
    assert browser.get("/registrars/").status_code == 200
    registrar.posts.update(ends_on="2026-03-02")
    assert browser.get("/registrars/").status_code == 404


def test_wagtails_own_doors_are_shut(root):
    assert Client().get("/cms/login/")["Location"] == "/sign-in/?next=%2Fcms%2Flogin%2F"
    assert entering(root).get("/cms/login/")["Location"] == "/cms/"
    assert Client().get("/_util/login/").status_code == 404
    assert Client().post("/_util/authenticate_with_password/1/2/").status_code == 404
