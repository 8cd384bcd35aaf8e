"""The privacy notice as editable content."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import PrivacyNotice


class PrivacyNoticeViewSet(SnippetViewSet):
    """Editors write new versions; acknowledged ones stay as they were seen."""

    model = PrivacyNotice
    icon = "doc-full"
    menu_label = _("隐私告知")
    list_display = ["version", "effective_on"]
    panels = [
        FieldPanel("version"),
        FieldPanel("effective_on"),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]
