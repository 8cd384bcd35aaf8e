"""What a browser may load: strict on the site, wider for editors, more where a page says so."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.content_policy import ContentPolicyMiddleware, FrameOptionsMiddleware
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


def test_only_a_preview_may_be_framed_and_only_by_us():
    def answer(*, preview: bool) -> HttpResponse:
        request = RequestFactory().get("/guidance/x/")
        if preview:
            request.is_preview = True
        framed = FrameOptionsMiddleware(lambda request: HttpResponse("x"))
        return ContentPolicyMiddleware(framed)(request)

    shown, asked = answer(preview=True), answer(preview=False)
    assert "frame-ancestors 'self'" in shown[HEADER]
    assert "script-src 'self';" in shown[HEADER] + ";"
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in asked[HEADER]
    assert asked["X-Frame-Options"] == "DENY"
