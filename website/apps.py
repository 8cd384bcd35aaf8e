"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """The public website."""

    name = "website"
    verbose_name = _("公众网站")
    default_auto_field = "django.db.models.BigAutoField"
