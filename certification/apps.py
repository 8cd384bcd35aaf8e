from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = _("学分与证书")

    def ready(self) -> None:
        from certification import tasks as tasks
