"""The courses' place in the content administration."""

from wagtail import hooks

from courses.viewsets import CourseViewSetGroup


@hooks.register("register_admin_viewset")
def register_course_viewsets() -> CourseViewSetGroup:
    return CourseViewSetGroup()
