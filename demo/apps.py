"""The demo bureau as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Registers what makes the films."""

    name = "demo"
    verbose_name = _("演示数据")

    def ready(self) -> None:
        from demo import tasks as tasks
