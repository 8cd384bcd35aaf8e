"""What accounts adds to the content admin."""

from wagtail.snippets.models import register_snippet

from accounts.viewsets import PrivacyNoticeViewSet

register_snippet(PrivacyNoticeViewSet)
