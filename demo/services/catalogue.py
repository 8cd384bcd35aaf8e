"""The six courses with their lessons, questions and runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.html import escape

from accounts.models import User
from core import clock
from courses import services as courses
from courses.models import Course, CourseRun, CreditCategory, QuestionBank
from demo.rules import library
from demo.services.films import order_film
from demo.services.pages import build_course_page

CATEGORIES = {
    "xinli": ("XINLI", "心理健康教育", "Mental health education", "psychology"),
    "yuren": ("YUREN", "育人与导师", "Mentoring", "mentoring"),
    "jiaxiao": ("JIAXIAO", "家校共育", "Home and school", "class_teaching"),
}
# (suffix, name, the same in English, enrolment opens and closes, learning opens and closes; in days
# from today, seats)
FIRST, SECOND, OPEN = (
    ("01", "首期", "first run", -1240, -1190, -1230, -1150, 60),
    ("02", "第二期", "second run", -260, -200, -250, -90, 120),
    ("03", "第三期", "third run", -21, 60, -14, 150, 200),
)
FULL = ("04", "小班", "small group", -21, 30, -14, 60, 2)
COMING = ("04", "第四期", "fourth run", 14, 60, 21, 150, 200)
RUNS = {
    "XL101": (FIRST, SECOND, OPEN),
    "XL201": (SECOND, OPEN),
    "JX101": (SECOND, OPEN),
    "DS101": (SECOND, OPEN, FULL),
    "XL102": (OPEN,),
    "XL202": (OPEN, COMING),
}


def build_catalogue(*, editor: User) -> dict[str, Course]:
    """Every course that is missing, one transaction each, by code."""
    categories = _categories()
    made = {}
    for text in library.courses():
        course = Course.objects.filter(code=text.code).first()
        made[text.code] = course or build_course(editor=editor, text=text, categories=categories)
        _runs(editor, made[text.code])
    return made


def _categories() -> Mapping[str, CreditCategory]:
    return {
        key: CreditCategory.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": english, "position": position}
        )[0]
        for position, (key, (code, name, english, _subject)) in enumerate(
            CATEGORIES.items(), start=1
        )
    }


@transaction.atomic
def build_course(
    *, editor: User, text: library.CourseText, categories: Mapping[str, CreditCategory]
) -> Course:
    """A published course with its page; its film is ordered."""
    course = courses.create_course(
        actor=editor,
        code=text.code,
        title=text.title,
        category=categories[text.category],
        credit_hours=text.credit_hours,
        summary=text.summary,
        stage=text.stage,
        subject=CATEGORIES[text.category][3],
        mode="online",
        level="prefecture",
        title_en=text.english_title,
    )
    for part in text.lessons:
        _add_part(editor, course, part)
    courses.publish_course(actor=editor, course=course)
    build_course_page(editor=editor, course=course, text=text)
    return course


def _add_part(editor: User, course: Course, part: library.Part) -> None:
    common: dict[str, Any] = {"actor": editor, "course": course, "title": part.title}
    if part.kind == "recording":
        recording = order_film(actor=editor, script=library.script(part.recording))
        lesson = courses.add_lesson(kind="recording", recording=recording, **common)
        bank = _bank(editor, course, f"{part.title}（检查题）", part)
        courses.offer_transcript_path(
            actor=editor, lesson=lesson, bank=bank, pass_percent=part.pass_percent
        )
    elif part.kind == "reading":
        courses.add_lesson(kind="reading", text=as_html(part.body), **common)
    else:
        _add_quiz(editor, course, part)


def _bank(editor: User, course: Course, name: str, part: library.Part) -> QuestionBank:
    bank = QuestionBank.objects.create(course=course, name=name)
    for question in part.questions:
        options = [
            (option, number in question.right) for number, option in enumerate(question.options)
        ]
        courses.add_question(
            actor=editor,
            bank=bank,
            kind=question.kind,
            text=question.text,
            options=options,
            explanation=question.why,
        )
    return bank


def _add_quiz(editor: User, course: Course, part: library.Part) -> None:
    courses.add_quiz(
        actor=editor,
        course=course,
        title=part.title,
        bank=_bank(editor, course, part.title, part),
        pass_percent=part.pass_percent,
        max_attempts=part.attempts,
        minutes=part.minutes,
        pick=part.draw,
    )


def as_html(body: str) -> str:
    """A reading as the few tags that lessons may hold."""
    tags = {"heading": "h3", "paragraph": "p"}
    return "".join(
        f"<{tags[kind]}>{escape(words)}</{tags[kind]}>" for kind, words in library.paragraphs(body)
    )


def _runs(editor: User, course: Course) -> None:
    for suffix, name, english, *days, seats in RUNS[course.code]:
        code = f"{course.code}-{suffix}"
        if CourseRun.objects.filter(code=code).exists():
            continue
        opens, closes, starts, ends = (clock.today() + timedelta(days=day) for day in days)
        courses.open_run(
            actor=editor,
            course=course,
            code=code,
            name=f"{course.title}（{name}）",
            name_en=f"{course.title_en} ({english})",
            capacity=seats,
            enrol_opens_on=opens,
            enrol_closes_on=closes,
            learn_opens_on=starts,
            learn_closes_on=ends,
        )
