from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("培训课程")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from courses import tasks as tasks
        from courses.permissions import PATHS_TO_COURSE, reach_of

        for model in PATHS_TO_COURSE:
            register_permission_policy(model, reach_of(model))
