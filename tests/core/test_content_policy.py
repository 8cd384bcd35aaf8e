"""What a browser may load: strict on the site, wider for editors, more where a page says so."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.content_policy import ContentPolicyMiddleware
from media.http import with_player_csp

HEADER = "Content-Security-Policy"


def policy(path: str, response: HttpResponse | None = None) -> dict[str, str]:
    middleware = ContentPolicyMiddleware(lambda request: response or HttpResponse("x"))
    header = middleware(RequestFactory().get(path))[HEADER]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_the_site_loads_from_itself_and_runs_nothing_inline():
    assert policy("/guidance/") == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


def test_editors_rooms_allow_what_wagtail_needs():
    cms = policy("/cms/pages/3/edit/")
    assert cms["script-src"] == "'self' 'unsafe-inline'"
    assert cms["frame-ancestors"] == "'self'"


@pytest.mark.parametrize("path", ["/", "/guidance/x/"])
def test_only_a_page_with_a_player_plays(path: str):
    assert "media-src" not in policy(path)
    response = with_player_csp(lambda request: HttpResponse("x"))(None)
    assert policy(path, response)["media-src"] == "'self' blob:"
    assert "media-src" not in policy(path)
