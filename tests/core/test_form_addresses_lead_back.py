"""An address that only takes forms leads its reader to the page above, in the same language."""

from __future__ import annotations

import pytest
from django.http import HttpResponseNotAllowed
from django.test import Client, RequestFactory

from core.middleware import DomainErrorMiddleware, page_above

SOME_ID = "0198a1b2-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/notices/all/read/", "/notices/"),
        (f"/account/sessions/{SOME_ID}/end/", "/account/"),
        (f"/account/people/{SOME_ID}/slip/", f"/account/people/{SOME_ID}/"),
        ("/learn/XY.2026-1/enrolment/", "/learn/XY.2026-1/"),
        ("/language/", "/"),
        ("/en/language/", "/en/"),
        ("/x%20y/z/", "/"),
    ],
)
def test_the_page_above_is_the_nearest_one_of_a_room(path: str, page: str):
    assert page_above(path) == page


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_reloaded_answer_of_a_form_leads_to_its_page(method: str):
    answer = getattr(Client(), method)("/language/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("method", "path"), [("post", "/learn/"), ("get", "/api/v1/me"), ("get", "/cms/x/")]
)
def test_forms_calls_and_the_content_admin_are_refused_as_before(method: str, path: str):
    refuse = DomainErrorMiddleware(lambda request: HttpResponseNotAllowed(["PUT"]))
    answer = refuse(getattr(RequestFactory(), method)(path))
    assert (answer.status_code, answer["Allow"]) == (405, "PUT")
