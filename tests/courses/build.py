"""Courses for tests: a whole one in one call, with named people from tests.people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from wagtail.models import Locale, Page, Site

from courses import services
from courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    CourseRun,
    CreditCategory,
    Enrolment,
    Lesson,
    LessonKind,
    Question,
    QuestionBank,
    Quiz,
)
from media.models import (
    Recording,
    RecordingState,
    RecordingVersion,
    SourceFile,
    Transcript,
    VersionState,
)

OPENS, CLOSES = date(2026, 3, 1), date(2026, 7, 1)


def a_category(code: str = "PSY", name: str = "心理健康教育") -> CreditCategory:
    """A credit category."""
    return CreditCategory.objects.get_or_create(code=code, defaults={"name": name})[0]


def a_recording(title: str = "青春期的情绪", *, duration_ms: int = 120_000) -> Recording:
    """A published recording that needs no file."""
    from core import clock

    recording = Recording.objects.create(
        title=title, state=RecordingState.PUBLISHED, published_at=clock.now()
    )
    a_cut(recording, duration_ms=duration_ms)
    return recording


def a_cut(recording: Recording, *, duration_ms: int) -> RecordingVersion:
    """The next cut of a recording, shown from now on."""
    mark = uuid4().hex
    source = SourceFile.objects.create(sha256=mark * 2, directory=mark, size_bytes=1)
    recording.versions.update(state=VersionState.REPLACED)
    version = RecordingVersion.objects.create(
        recording=recording,
        number=recording.versions.count() + 1,
        source=source,
        source_name="lesson.mp4",
        state=VersionState.PUBLISHED,
        directory=mark,
        duration_ms=duration_ms,
        has_picture=True,
    )
    Transcript.objects.create(version=version, text="情绪没有对错。")
    return version


def a_course(
    title: str = "青少年心理健康教育",
    *,
    code: str = "XL-01",
    hours: str = "2.50",
    publish: bool = True,
    **traits: Any,
) -> Course:
    """A published course with a recording, a reading and a quiz of three questions."""
    course = services.create_course(
        actor=None,
        code=code,
        title=title,
        category=traits.pop("category", None) or a_category(),
        credit_hours=Decimal(hours),
        **traits,
    )
    a_lesson(course, LessonKind.RECORDING)
    a_lesson(course, LessonKind.READING)
    a_quiz(course)
    return services.publish_course(actor=None, course=course) if publish else course


def a_lesson(course: Course, kind: str, *, title: str = "", **values: Any) -> Lesson:
    """One more lesson of a course."""
    if kind == LessonKind.RECORDING:
        values.setdefault("recording", a_recording())
    if kind == LessonKind.READING:
        values.setdefault("text", "<p>情绪没有对错，行为有分寸。</p>")
    return services.add_lesson(
        actor=None, course=course, kind=kind, title=title or str(LessonKind(kind).label), **values
    )


def a_quiz(course: Course, **settings: Any) -> Quiz:
    """A quiz with one question of each kind; the right options say 对."""
    bank = a_bank(course)
    return services.add_quiz(actor=None, course=course, title="结业测验", bank=bank, **settings)


def a_bank(course: Course) -> QuestionBank:
    """A bank with one question of each kind; the right options say 对."""
    bank = QuestionBank.objects.create(course=course, name=f"题库 {uuid4().hex[:6]}")
    put = services.add_question
    put(
        actor=None,
        bank=bank,
        kind="single",
        text="先做什么？",
        options=[("对：倾听", True), ("责备", False)],
    )
    put(
        actor=None,
        bank=bank,
        kind="multiple",
        text="哪些是求助途径？",
        options=[("对：12356", True), ("对：班主任", True), ("独自承受", False)],
    )
    put(
        actor=None,
        bank=bank,
        kind="true_false",
        text="情绪有对错。",
        options=[("正确", False), ("对：错误", True)],
    )
    return bank


def offer_transcript(lesson: Lesson, **settings: Any) -> Quiz:
    """Check questions on the transcript of a recording lesson, one of each kind."""
    return services.offer_transcript_path(
        actor=None, lesson=lesson, bank=a_bank(lesson.course), **settings
    )


def a_run(course: Course, *, code: str = "XL-01-A", capacity: int = 30, **dates: Any) -> CourseRun:
    """A run whose enrolment and learning are open from March to the end of June 2026."""
    return services.open_run(
        actor=None,
        course=course,
        code=code,
        name=dates.pop("name", "2026 年春季班"),
        capacity=capacity,
        enrol_opens_on=dates.pop("enrol_opens_on", OPENS),
        enrol_closes_on=dates.pop("enrol_closes_on", CLOSES),
        learn_opens_on=dates.pop("learn_opens_on", OPENS),
        learn_closes_on=dates.pop("learn_closes_on", CLOSES),
    )


def a_catalogue_page(slug: str = "courses") -> CourseIndexPage:
    """The catalogue under a site's home, at /courses/."""
    existing = CourseIndexPage.objects.filter(slug=slug).first()
    if existing:
        return existing
    Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    site = Site.objects.filter(is_default_site=True).first()
    home = site.root_page if site else root.add_child(title="首页", slug="home-test")
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    page: CourseIndexPage = home.add_child(instance=CourseIndexPage(title="培训课程", slug=slug))
    return page


def a_course_page(course: Course, *, slug: str = "", **values: Any) -> CoursePage:
    """The public page of a course, at /courses/<slug>/."""
    page: CoursePage = a_catalogue_page().add_child(
        instance=CoursePage(
            title=course.title, slug=slug or course.code.lower(), course=course, **values
        )
    )
    return page


def lesson_of(course: Course, kind: str) -> Lesson:
    """The first lesson of a kind."""
    return Lesson.objects.filter(course=course, kind=kind).order_by("position")[0]


def right_answers(quiz: Quiz) -> dict[Any, list[str]]:
    """Per question the ids of its right options."""
    return {
        question.pk: question.versions.order_by("-number")[0].correct
        for question in Question.objects.filter(bank=quiz.bank_id)
    }


def pass_quiz(user: Any, lesson: Lesson) -> Any:
    """Take the quiz of a lesson and answer everything right."""
    attempt = services.start_attempt(actor=user, lesson=lesson)
    for question, options in right_answers(lesson.quiz).items():
        services.save_answer(
            actor=user, attempt=attempt, question=question, options=options, sequence=1
        )
    return services.submit_attempt(actor=user, attempt=attempt)


def finish(user: Any, enrolment: Enrolment) -> None:
    """Complete every lesson of a course whose recordings are no longer than the slack."""
    from core import clock

    course = enrolment.run.course
    for lesson in Lesson.objects.filter(course=course).order_by("position"):
        if lesson.kind == LessonKind.READING:
            services.mark_reading(actor=user, lesson=lesson)
        elif lesson.kind == LessonKind.QUIZ:
            pass_quiz(user, lesson)
        else:
            watch_all(user, lesson, clock.now())


def watch_all(user: Any, lesson: Lesson, started_at: Any) -> Any:
    """Watch a recording to its end at normal speed, with one beat a quarter of a minute."""
    from datetime import timedelta

    from core import clock

    with clock.frozen(started_at):
        start = services.start_watch(actor=user, lesson=lesson)
    answer = None
    for seconds in [*range(15, start.duration_ms // 1000, 15), start.duration_ms // 1000]:
        with clock.frozen(started_at + timedelta(seconds=seconds)):
            answer = services.record_watch(
                actor=user,
                token=start.token,
                ranges=[(0, seconds * 1000)],
                position_ms=seconds * 1000,
                visible=True,
            )
    return answer
