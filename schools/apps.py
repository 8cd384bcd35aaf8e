from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "学校"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from schools import tasks as tasks
