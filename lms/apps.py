from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "平台"

    def ready(self) -> None:
        from core import giving_way
        from lms import checks, wiring

        autodiscover_modules("tasks")
        autodiscover_modules("events")
        checks.watch()
        giving_way.watch()
        wiring.connect()
