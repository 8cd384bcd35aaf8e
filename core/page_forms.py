"""The editor's form of every page: a Chinese title is enough."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

LONGEST = 60
NAMELESS = "page"


def address_of(title: str) -> str:
    """A title as part of an address: pinyin, letters, digits and hyphens, at most 60 signs."""
    return slugify("-".join(lazy_pinyin(title)))[:LONGEST].strip("-") or NAMELESS


class PageForm(WagtailAdminPageForm):
    """The part of the address is spelled in pinyin, from the title where nobody typed one, and free
    among its siblings.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slug"]
        field.required = False
        field.label = _("网址名称")
        field.help_text = _("字母、数字和短横线；汉字换成拼音，不填就用标题的拼音。")

    def clean(self) -> Any:
        """Everything that Wagtail asks, with an address in any case."""
        given = self.cleaned_data
        typed = given.get("slug") or ""
        if not typed.isascii():
            given["slug"] = find_available_slug(self.parent_page, address_of(typed))
        elif "slug" not in self.errors and not typed:
            kept = self.instance.slug if self.instance.pk else ""
            wanted = address_of(given.get("title") or "")
            given["slug"] = kept or find_available_slug(self.parent_page, wanted)
        return super().clean()
