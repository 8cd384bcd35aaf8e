"""The recordings' place in the content administration."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.permissions import can_edit_recordings
from media.views import editing

patterns: list[URLPattern | URLResolver] = [
    path("", editing.index, name="index"),
    path("upload/", editing.upload, name="upload"),
    path("<uuid:recording_id>/", editing.detail, name="detail"),
    path("<uuid:recording_id>/progress/", editing.progress, name="progress"),
    path("<uuid:recording_id>/cut/", editing.new_cut, name="cut"),
    path("<uuid:recording_id>/title/", editing.rename, name="rename"),
    path("<uuid:recording_id>/captions/", editing.captions, name="captions"),
    path("<uuid:recording_id>/transcript/", editing.transcript, name="transcript"),
    path("<uuid:recording_id>/publish/", editing.publish, name="publish"),
    path("<uuid:recording_id>/withdraw/", editing.withdraw, name="withdraw"),
    path("<uuid:recording_id>/retry/", editing.retry, name="retry"),
]


class RecordingsMenuItem(MenuItem):
    """Shown to those who may work on recordings."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_recordings(request.user)


@hooks.register("register_admin_urls")
def register_recording_urls() -> list[URLPattern | URLResolver]:
    return [path("recordings/", include((patterns, "media"), namespace="recordings"))]


@hooks.register("register_admin_menu_item")
def register_recordings_menu_item() -> MenuItem:
    return RecordingsMenuItem(
        _("录像"), reverse("recordings:index"), name="recordings", icon_name="media", order=350
    )
