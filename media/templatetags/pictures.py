"""Pictures of the site in the sizes that a page asks for."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.images.templatetags import wagtailimages_tags

from core import readonly

register = template.Library()


class MakingPicture(template.Node):
    """Wagtail's picture; a size that nobody has asked for yet is made, on a reading page too."""

    def __init__(self, node: template.Node) -> None:
        self.node = node

    def render(self, context: Any) -> Any:
        with readonly.making_pictures():
            return self.node.render(context)


@register.tag
def picture(parser: Any, token: Any) -> MakingPicture:
    """As Wagtail's tag of this name."""
    return MakingPicture(wagtailimages_tags.image(parser, token))
