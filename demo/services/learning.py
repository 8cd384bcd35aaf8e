"""What has been learned so far: completed courses, certificates in every state, work under way.

History is made through the same services as the present, with the clock set back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import User
from certification import services as certification
from certification.models import Certificate
from core import clock, jobs
from core.models import Job
from courses import services as courses
from courses.models import CourseCompletion, CourseRun, Enrolment, Evidence, Lesson, Response
from courses.services.completing import complete_lesson
from demo.rules import places
from demo.services.bureau import morning
from schools.models import Unit

NUMBER_PREFIX = "信教体培证字"
VALIDITY_YEARS = 3


@dataclass(frozen=True, slots=True)
class Passed:
    """A run that somebody completed so many days ago."""

    account: str
    run: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What a registrar did with a certificate so many days ago."""

    account: str
    run: str
    days_ago: int
    verb: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A run that somebody has joined, with so many lessons done."""

    account: str
    run: str
    lessons: int


PASSED = (
    Passed("psych", "XL101-01", 1170),
    Passed("teacher", "XL101-02", 180),
    Passed("classteacher", "XL101-02", 176),
    Passed("stranger", "XL101-02", 170),
    Passed("9000013", "XL101-02", 165),
    Passed("020002001", "XL101-02", 160),
    Passed("mentor", "DS101-02", 150),
    Passed("mentor", "JX101-02", 140),
    Passed("020002002", "JX101-02", 135),
    Passed("psych", "XL201-02", 120),
    Passed("020001005", "DS101-02", 118),
    Passed("030004007", "XL201-02", 110),
)
FATES = (
    Fate("mentor", "JX101-02", 75, "revoked"),
    Fate("020002001", "XL101-02", 60, "superseded"),
)
UNDER_WAY = (
    UnderWay("teacher", "XL201-03", 2),
    UnderWay("teacher", "DS101-03", 0),
    UnderWay("classteacher", "XL201-03", 4),
    UnderWay("psych", "JX101-03", 1),
    UnderWay("mentor", "XL202-03", 2),
    UnderWay("stranger", "XL202-03", 1),
    UnderWay("020002003", "DS101-04", 1),
    UnderWay("020002004", "DS101-04", 0),
    UnderWay("020001003", "XL101-03", 0),
    UnderWay("020001004", "XL101-03", 2),
    UnderWay("020001006", "XL101-03", 4),
    UnderWay("030004002", "XL101-03", 3),
    UnderWay("030004005", "XL101-03", 1),
    UnderWay("210007003", "XL101-03", 4),
)


def build_learning(users: dict[str, User]) -> None:
    """Add what is missing of the history and the present."""
    build_issuer(bureau_officer=users["bureau"])
    for passed in PASSED:
        _complete(passed)
    for fate in FATES:
        _meet(fate)
    for under_way in UNDER_WAY:
        _join(under_way)


def build_issuer(*, bureau_officer: User) -> None:
    """The bureau issues certificates that are good for three years."""
    unit = Unit.objects.get(code=places.BUREAU_CODE)
    certification.establish_issuer(
        actor=bureau_officer,
        unit=unit,
        name=places.BUREAU_NAME,
        number_prefix=NUMBER_PREFIX,
        validity_years=VALIDITY_YEARS,
    )


def _person(account: str) -> User:
    """A fresh account, so that nothing known about an earlier day clings to it."""
    return User.objects.get(username=account)


def _is_in(account: str, run: CourseRun) -> bool:
    return Enrolment.objects.filter(run=run, teacher__user__username=account).exists()


@transaction.atomic
def _complete(passed: Passed) -> None:
    run = CourseRun.objects.select_related("course").get(code=passed.run)
    if _is_in(passed.account, run):
        return
    with clock.frozen(_soon_after(run.enrol_opens_on)):
        enrolment = courses.enrol(actor=_person(passed.account), run=run)
    with clock.frozen(morning(passed.days_ago)):
        _do_lessons(_person(passed.account), enrolment, count=None)
        _certify(CourseCompletion.objects.get(enrolment=enrolment))


def _soon_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=5), time(9), tzinfo=clock.SHANGHAI)


def _do_lessons(person: User, enrolment: Enrolment, count: int | None) -> None:
    lessons = Lesson.objects.filter(course=enrolment.run.course, withdrawn_at=None)
    for lesson in list(lessons.order_by("position"))[:count]:
        if lesson.kind == "reading":
            courses.mark_reading(actor=person, lesson=lesson)
        elif lesson.kind == "quiz":
            _pass_quiz(person, lesson)
        else:
            complete_lesson(
                actor=person,
                enrolment=enrolment,
                lesson=lesson,
                evidence=Evidence.WATCHED,
                facts={"demo": str(lesson.recording_id)},
            )


def _pass_quiz(person: User, lesson: Lesson) -> None:
    attempt = courses.start_attempt(actor=person, lesson=lesson)
    responses = Response.objects.filter(attempt=attempt).select_related("version")
    answers = {row.version.question_id: row.version.correct for row in responses}
    courses.hand_in(actor=person, attempt=attempt, answers=answers)


def _certify(completion: CourseCompletion) -> None:
    certification.post_course_credit(completion_id=completion.pk)
    certification.issue_due_certificates(completion_ids=[completion.pk])
    _print(Certificate.objects.get(completion_id=completion.pk))


def _print(certificate: Certificate) -> None:
    """Make the paper now; one with a character that no font has stays 待签发."""
    waiting = Job.objects.filter(payload__certificate=str(certificate.pk), state="queued")
    for job in waiting:
        jobs.run(job.pk)


@transaction.atomic
def _meet(fate: Fate) -> None:
    certificate = Certificate.objects.get(
        teacher__user__username=fate.account, run_code=fate.run, supersedes=None
    )
    with clock.frozen(morning(fate.days_ago)):
        registrar = _person("registrar")
        if fate.verb == "revoked":
            certification.revoke_certificate(
                actor=registrar,
                certificate=certificate,
                reason="复核发现由他人代为学习，经本人确认，撤销证书并冲销学时。",
            )
        else:
            successor = certification.reissue_certificate(
                actor=registrar,
                certificate=certificate,
                reason="验证码外泄，本人申请换发。",
                same_name=True,
            )
            _print(successor)


@transaction.atomic
def _join(under_way: UnderWay) -> None:
    run = CourseRun.objects.select_related("course").get(code=under_way.run)
    if _is_in(under_way.account, run):
        return
    with clock.frozen(morning(6)):
        enrolment = courses.enrol(actor=_person(under_way.account), run=run)
    with clock.frozen(morning(2)):
        _do_lessons(_person(under_way.account), enrolment, count=under_way.lessons)
