"""A course and its runs are called by their English names where these are known."""

from django.utils import translation

from courses.models import Course, CourseRun


def test_english_readers_see_the_english_names_where_there_are_some():
    course = Course(title="倾听与谈话技术", title_en="Listening and talking with pupils")
    run = CourseRun(name="第三期", name_en="Third run")
    bare = Course(title="家校沟通的艺术", title_en="")
    with translation.override("en"):
        assert course.label == "Listening and talking with pupils"
        assert run.label == "Third run"
        assert bare.label == "家校沟通的艺术"
    with translation.override("zh-hans"):
        assert (course.label, run.label) == ("倾听与谈话技术", "第三期")
