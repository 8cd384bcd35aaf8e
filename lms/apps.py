from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "平台"

    def ready(self) -> None:
        from lms import wiring

        wiring.connect()
