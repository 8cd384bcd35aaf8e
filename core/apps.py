from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import tasks as tasks
        from core import triggers

        post_migrate.connect(triggers.install_all, dispatch_uid="core.triggers")
