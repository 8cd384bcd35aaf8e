"""The recordings' place in the content administration."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.permissions import can_edit_recordings


class RecordingsMenuItem(MenuItem):
    """Shown to those who may work on recordings."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_recordings(request.user)


@hooks.register("register_admin_urls")
def register_recording_urls() -> list[URLPattern | URLResolver]:
    return [path("recordings/", include("media.cms_urls"))]


@hooks.register("register_admin_menu_item")
def register_recordings_menu_item() -> MenuItem:
    return RecordingsMenuItem(
        _("录像"), reverse("recordings:index"), name="recordings", icon_name="media", order=350
    )
