"""A course that is done in a minute, for trying the whole way from seat to certificate.

It is no part of the demo bureau; a test or a script asks for it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from courses import services as courses
from courses.models import Course, CourseRun, CreditCategory, QuestionBank
from demo.rules import library
from demo.services.films import order_film

CODE = "DY101"
QUESTIONS = (
    ("single", "开口批评学生以前，先做什么？", ("先停一停", "提高声音", "请家长来"), {0}),
    ("multiple", "停下来时可以做哪两件事？", ("双脚踩实地面", "慢慢呼一口气", "翻旧账"), {0, 1}),
    ("true_false", "先说看见的，再说希望的。", ("正确", "错误"), {0}),
)


@transaction.atomic
def build_short_course(*, editor: User) -> CourseRun:
    """An open run with a recording of twenty seconds and three questions; repeating gives it again.

    The film is ordered as a job, like every other.
    """
    run = CourseRun.objects.filter(code=f"{CODE}-01").first()
    if run is not None:
        return run
    category, _made = CreditCategory.objects.get_or_create(
        code="YUREN", defaults={"name": "育人与导师", "name_en": "Mentoring", "position": 2}
    )
    script = library.recordings()["short"]
    course = courses.create_course(
        actor=editor,
        code=CODE,
        title="二十秒小练习",
        category=category,
        credit_hours=library.courses()[0].credit_hours / 8,
        summary=script.summary,
        subject="mentoring",
    )
    recording = order_film(actor=editor, script=script)
    courses.add_lesson(
        actor=editor, course=course, kind="recording", title=script.title, recording=recording
    )
    _add_questions(editor, course)
    courses.publish_course(actor=editor, course=course)
    return courses.open_run(
        actor=editor,
        course=course,
        code=f"{CODE}-01",
        name="二十秒小练习（随到随学）",
        capacity=50,
        enrol_opens_on=clock.today() - timedelta(days=1),
        learn_opens_on=clock.today() - timedelta(days=1),
    )


def _add_questions(editor: User, course: Course) -> None:
    bank = QuestionBank.objects.create(course=course, name="小测")
    for kind, text, options, right in QUESTIONS:
        courses.add_question(
            actor=editor,
            bank=bank,
            kind=kind,
            text=text,
            options=[(option, number in right) for number, option in enumerate(options)],
        )
    courses.add_quiz(actor=editor, course=course, title="小测", bank=bank, pass_percent=60)
