"""A page with nothing but a player, under the site's strict policy, for the browser test."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import translation

from media.rules import links
from media.selectors import Captions, Playback, Poster

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
PAGE = """{% load static i18n %}<!doctype html><html lang="{{ html_language }}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>player</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="{% static 'css/site.css' %}"></head>
<body><main><h1>认识情绪</h1>{% include "components/player.html" %}</main></body></html>"""
assets: dict[str, str] = {}


def playback(secret: str) -> Playback:
    base = links.prefix(secret, 4_000_000_000, assets["video"])
    captions = links.prefix(secret, 4_000_000_000, assets["captions"])
    return Playback(
        version_id=UUID(int=7),
        title="认识情绪",
        language="zh",
        is_audio=False,
        duration_ms=20_000,
        playlist=f"{base}master.m3u8",
        poster=f"{base}poster_640.jpg",
        posters=(Poster(640, f"{base}poster_640.webp", f"{base}poster_640.jpg"),),
        captions=(Captions("zh", "中文", f"{captions}captions.vtt"),),
        storyboard=f"{base}storyboard.vtt",
        transcript="",
        expires=4_000_000_000,
    )


def page(request: HttpRequest, language: str) -> HttpResponse:
    from django.conf import settings

    with translation.override(language):
        html = (
            engines["django"]
            .from_string(PAGE)
            .render(
                {
                    "playback": playback(settings.MEDIA_LINK_SECRET),
                    "html_language": "zh-Hans" if language == "zh-hans" else "en",
                    "position_ms": int(request.GET["at"]) if "at" in request.GET else None,
                },
                request,
            )
        )
    response = HttpResponse(html)
    response["Content-Security-Policy"] = POLICY
    return response


urlpatterns = [
    path("player/<str:language>/", page, name="stage-player"),
    path("v/", include("media.urls")),
]
