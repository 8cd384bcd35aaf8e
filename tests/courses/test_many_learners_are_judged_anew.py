"""A course with many learners changes: its job may take its time and may be cut off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock, jobs
from core.models import Job
from courses import services
from courses.models import CourseCompletion
from courses.services import reassessing
from tests.courses.build import a_run, lesson_of
from tests.people import a_teacher

PEOPLE = 45


@pytest.fixture
def crowd(course):
    """Everybody has read the reading; then a new rule asks for nothing else."""
    run = a_run(course, capacity=PEOPLE)
    for number in range(PEOPLE):
        teacher = a_teacher(f"张{number}", number=f"G{number:03}")
        services.enrol(actor=teacher.user, run=run)
        services.mark_reading(actor=teacher.user, lesson=lesson_of(course, "reading"))
    rule = {"lesson": str(lesson_of(course, "reading").pk)}
    services.publish_rule(actor=None, course=course, data=rule)
    return Job.objects.get(kind="courses.reassess")


@pytest.fixture
def time_passes(monkeypatch):
    """Judging one learner takes five seconds; gives whether the job was still leased each time."""
    judge, leased = reassessing._reassess, []

    def slowly(actor, enrolment_id):
        clock_now = clock.now() + timedelta(seconds=5)
        monkeypatch.setattr(clock, "now", lambda: clock_now)
        leased.append(Job.objects.get(kind="courses.reassess").lease_until > clock_now)
        return judge(actor, enrolment_id)

    monkeypatch.setattr(reassessing, "_reassess", slowly)
    return leased


def test_the_job_keeps_its_lease_however_long_it_takes(crowd, time_passes):
    assert jobs.run(crowd.pk) == "done"
    crowd.refresh_from_db()
    assert time_passes == [True] * PEOPLE, "225 seconds under a lease of 120"
    assert (crowd.done, crowd.total) == (PEOPLE, PEOPLE)
    assert CourseCompletion.objects.count() == PEOPLE


def test_the_control_without_reports_outlives_its_lease(crowd, time_passes, monkeypatch):
    monkeypatch.setattr(reassessing, "REPORT_EVERY", 10_000)
    jobs.run(crowd.pk)
    assert False in time_passes


def test_a_job_that_was_taken_over_stops_and_the_next_one_ends_the_work(crowd, monkeypatch):
    judge, judged = reassessing._reassess, []

    def until_cancelled(actor, enrolment_id):
        judged.append(enrolment_id)
        if len(judged) == 25:
            jobs.cancel(crowd.pk)
        return judge(actor, enrolment_id)

    monkeypatch.setattr(reassessing, "_reassess", until_cancelled)
    assert jobs.run(crowd.pk) is None
    assert (len(judged), CourseCompletion.objects.count()) == (40, 40), "stopped at the next report"
    jobs.restart(crowd.pk)
    assert jobs.run(crowd.pk) == "done"
    assert (len(judged), CourseCompletion.objects.count()) == (45, 45)
