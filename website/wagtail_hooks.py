"""The content administration in our own colours, without the links of its makers."""

from typing import Final

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

_OF_THE_MAKERS: Final = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_help_menu")
def keep_our_own_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Pages of other hosts are no help to an editor behind the bureau's network."""
    items[:] = [item for item in items if not item.name.startswith(_OF_THE_MAKERS)]
