"""Certificates' world in tests: an office that issues, courses that were completed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from certification.models import Certificate, CertificateTemplate
from certification.printing import seal
from certification.services import (
    establish_issuer,
    issue_due_certificates,
    post_course_credit,
)
from core import clock
from courses.models import (
    CompletionRule,
    Course,
    CourseCompletion,
    CourseRun,
    CreditCategory,
    Enrolment,
    Lesson,
    LessonCompletion,
)
from courses.rules.completion import completion_digest, lessons_of, rule_of_lessons
from schools.models import Teacher
from schools.selectors import unit_of
from tests.people import a_bureau

SEAL = seal.drawn_seal("信阳市教育体育局（演示）")
PREFIX = "信教体培证字"


def an_issuer(*, validity_years: int | None = None) -> CertificateTemplate:
    """The bureau issues certificates of training."""
    return establish_issuer(
        actor=None,
        unit=a_bureau(),
        name="信阳市教育体育局",
        number_prefix=PREFIX,
        seal=SEAL,
        validity_years=validity_years,
    )


def a_course(
    code: str = "PSY-101", title: str = "青少年心理健康教育", hours: str = "12.50"
) -> Course:
    """A course in the category 专业科目."""
    category, _created = CreditCategory.objects.get_or_create(
        code="SPECIAL", defaults={"name": "专业科目"}
    )
    course, _created = Course.objects.get_or_create(
        code=code,
        defaults={"title": title, "category": category, "credit_hours": Decimal(hours)},
    )
    return course


def a_run(course: Course | None = None, code: str = "PSY-101-2026") -> CourseRun:
    """A run of the course with plenty of seats."""
    run, _created = CourseRun.objects.get_or_create(
        code=code,
        defaults={
            "course": course or a_course(),
            "name": "2026年秋季班",
            "enrol_opens_on": date(2026, 1, 1),
            "learn_opens_on": date(2026, 1, 1),
            "capacity": 1000,
        },
    )
    return run


def a_rule(course: Course) -> CompletionRule:
    """The course's first rule; where there is none, reading its one lesson completes it."""
    rule = CompletionRule.objects.filter(course=course, version=1).first()
    if rule is not None:
        return rule
    lesson = Lesson.objects.create(course=course, kind="reading", title="课程要点")
    data = rule_of_lessons([lesson.pk])
    return CompletionRule.objects.create(
        course=course, version=1, data=data, in_force_at=clock.now()
    )


def a_completion(
    teacher: Teacher, run: CourseRun | None = None, *, on: date = date(2026, 11, 20)
) -> CourseCompletion:
    """The teacher has completed the run; nothing was posted or issued yet."""
    run = run or a_run()
    course = run.course
    rule = a_rule(course)
    enrolment = Enrolment.objects.create(teacher=teacher, run=run, rule=rule, state="completed")
    evidence = dict.fromkeys(lessons_of(rule.data), "0" * 64)
    for lesson, digest in evidence.items():
        LessonCompletion.objects.create(
            enrolment=enrolment,
            lesson_id=lesson,
            evidence="read",
            evidence_digest=digest,
            policy_version=1,
            completed_at=clock.now(),
            completed_on=on,
        )
    unit = unit_of(teacher, on)
    return CourseCompletion.objects.create(
        enrolment=enrolment,
        category=course.category,
        completed_at=clock.now(),
        completed_on=on,
        credit_hours=course.credit_hours,
        rule_version=rule.version,
        evidence_digest=completion_digest(evidence, rule.data),
        lessons=sorted(map(str, evidence)),
        teacher_name=teacher.name,
        unit=unit,
        unit_name=unit.name if unit else "",
        unit_path=unit.path if unit else "",
        course_code=course.code,
        course_title=course.title,
        run_code=run.code,
        category_code=course.category.code,
        category_name=course.category.name,
    )


def a_certificate(teacher: Teacher, run: CourseRun | None = None) -> Certificate:
    """Credit posted, number taken; the paper is a due job (see the fixture `deliver`)."""
    completion = a_completion(teacher, run)
    post_course_credit(completion_id=completion.pk)
    made = issue_due_certificates(completion_ids=[completion.pk])
    return made[0] if made else Certificate.objects.get(completion=completion)


def fresh(certificate: Certificate | UUID) -> Certificate:
    """The certificate as it is now, with its state."""
    pk = certificate if isinstance(certificate, UUID) else certificate.pk
    return Certificate.objects.with_state(clock.today()).get(pk=pk)


def kinds(certificate: Certificate) -> list[str]:
    """What happened to the certificate, oldest first."""
    return list(certificate.events.order_by("created_at").values_list("kind", flat=True))
