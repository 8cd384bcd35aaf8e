"""Whatever is delivered again, or to two workers at once, does what one delivery does.

A worker may be killed between its commit and the note that the job is done; then the whole job
runs once more. A lease may run out under a living worker; then two do the same job. Both leave
the database as one run leaves it. A kind without an example here fails the test.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from core import clock, events, jobs, task_backend
from core.models import Job, JobState, OutboxEvent
from core.search import upkeep

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
NOON = "2026-03-02T12:00:00+08:00"
PASSED_BY = {"core_job", "django_session", "accounts_session"}


def digests() -> dict[str, str]:
    """Of every table with something in it, a digest of its rows; the jobs' own rows aside."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            if table in PASSED_BY:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            if rows:
                found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def job_of(kind: str) -> UUID:
    return Job.objects.get(kind=kind).pk


def the_framework_indexes_a_page(tmp_path: Path) -> None:
    from wagtail.models import Page
    from wagtail.search.models import IndexEntry

    from website.models import StandardPage

    page = Page.objects.get(depth=1).add_child(instance=StandardPage(title="心理", slug="mind"))
    IndexEntry.objects.all().delete()
    payload = {
        "task": "modelsearch.tasks.insert_or_update_object_task",
        "args": ["website", "StandardPage", str(page.pk)],
        "kwargs": {},
    }
    Job.objects.all().delete()
    jobs.enqueue(task_backend.KIND, payload=payload)


def the_index_is_made_anew(tmp_path: Path) -> None:
    the_framework_indexes_a_page(tmp_path)
    Job.objects.all().delete()
    upkeep.rebuild_when_needed()


def a_certificate_is_printed(tmp_path: Path) -> None:
    from tests.certification.making import a_certificate, an_issuer
    from tests.people import a_teacher

    an_issuer()
    a_certificate(a_teacher("王敏"))


def a_workbook_is_checked(tmp_path: Path) -> None:
    from certification.services.checking import check_workbook
    from tests.certification.test_a_workbook_is_checked_row_by_row import a_book
    from tests.people import a_county, a_teacher

    registrar = a_teacher("陈登记", school=a_county(), posts=["registrar"])
    check_workbook(
        actor=registrar.user,
        file=io.BytesIO(a_book([["1", "王敏", "信教体培证字〔2026〕000001号", "", "", "", ""]])),
        file_name="名单.xlsx",
        purpose="titles",
        token=uuid4(),
    )


def old_checks_are_emptied(tmp_path: Path) -> None:
    a_workbook_is_checked(tmp_path)
    job = Job.objects.get(kind="certification.drop_checks")
    Job.objects.filter(pk=job.pk).update(due_at=clock.now())
    from certification.models import CertificateCheck

    CertificateCheck.objects.update(expires_at=clock.now())


def an_attempt_runs_out(tmp_path: Path) -> None:
    from courses import services
    from courses.models import Quiz
    from tests.courses.build import a_course, a_run
    from tests.people import a_teacher

    wang = a_teacher("王敏")
    run = a_run(a_course())
    Quiz.objects.update(minutes=10)
    services.enrol(actor=wang.user, run=run)
    services.start_attempt(actor=wang.user, lesson=Quiz.objects.get().lesson)
    from courses.models import Attempt

    Attempt.objects.update(deadline_at=clock.now() - timedelta(minutes=5))
    Job.objects.update(due_at=clock.now())


def learners_are_judged_anew(tmp_path: Path) -> None:
    from courses import services
    from courses.models import Lesson, LessonKind
    from courses.services.editing import reassess_later
    from tests.courses.build import a_course, a_run
    from tests.people import a_teacher

    course = a_course()
    wang = a_teacher("王敏")
    run = a_run(course)
    services.enrol(actor=wang.user, run=run)
    reading = Lesson.objects.get(kind=LessonKind.READING)
    services.mark_reading(actor=wang.user, lesson=reading)
    for lesson in Lesson.objects.exclude(pk=reading.pk):
        services.withdraw_lesson(actor=None, lesson=lesson)
    Job.objects.all().delete()
    reassess_later(actor=None, course=course, key="after both")


def a_video_is_cut(tmp_path: Path) -> None:
    from django.core.files.base import ContentFile

    from media import services
    from media.ffmpeg import binary

    video = tmp_path / "small.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=5"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    command = [binary.path(), "-v", "error", "-y", *source, *coded, str(video)]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    services.receive_upload(
        actor=None, file=ContentFile(video.read_bytes(), "small.mp4"), title="认识情绪"
    )


def a_film_is_made(tmp_path: Path) -> None:
    from demo.rules import library
    from demo.services.films import order_film

    order_film(actor=None, script=library.recordings()["short"])


def a_roster_is_read(tmp_path: Path) -> None:
    from schools.models import Role
    from schools.services import upload_roster
    from tests.people import a_school, a_teacher
    from tests.schools.rosters import teachers_csv

    school = a_school()
    keeper = a_teacher("赵静", school=school, number="A2", posts=[Role.SCHOOL_ADMIN])
    rows = [(school.code, "A2", "赵静"), (school.code, "A7", "王敏", "13800000007")]
    upload_roster(
        actor=keeper.user, unit=school, file=io.BytesIO(teachers_csv(*rows)), name="名册.csv"
    )


def a_roster_is_applied(tmp_path: Path) -> None:
    from accounts.models import User
    from schools.models import RosterImport
    from schools.services import confirm_roster

    a_roster_is_read(tmp_path)
    assert jobs.run(job_of("schools.read_roster")) is JobState.DONE
    roster = RosterImport.objects.get()
    confirm_roster(actor=User.objects.get(pk=roster.uploaded_by_id), roster=roster)


def mentors_are_assigned(tmp_path: Path) -> None:
    from mentoring import services
    from tests.mentoring.build import a_small_school

    school = a_small_school()
    services.propose_assignment(actor=school.user("赵敏"), unit=school.unit, term=school.term)


def schools_are_counted(tmp_path: Path) -> None:
    from mentoring import services
    from tests.mentoring.build import a_small_school

    a_small_school()
    services.order_count()


def sheets_are_computed(tmp_path: Path) -> None:
    from evaluation import services
    from tests.evaluation.build import a_worked_term

    school = a_worked_term()
    services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=school.term)


EXAMPLES: dict[str, Callable[[Path], None]] = {
    task_backend.KIND: the_framework_indexes_a_page,
    upkeep.KIND: the_index_is_made_anew,
    "certification.render": a_certificate_is_printed,
    "certification.check": a_workbook_is_checked,
    "certification.drop_checks": old_checks_are_emptied,
    "courses.close_attempt": an_attempt_runs_out,
    "courses.reassess": learners_are_judged_anew,
    "evaluation.compute": sheets_are_computed,
    "media.transcode": a_video_is_cut,
    "demo.film": a_film_is_made,
    "mentoring.count_schools": schools_are_counted,
    "mentoring.assign": mentors_are_assigned,
    "schools.read_roster": a_roster_is_read,
    "schools.apply_roster": a_roster_is_applied,
}


def ready(kind: str, tmp_path: Path) -> UUID:
    EXAMPLES[kind](tmp_path)
    return job_of(kind)


def delivered_again(job_id: UUID) -> JobState | None:
    """As after a worker that was killed between its last commit and the note that it is done."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING, lease_token=uuid4(), lease_until=clock.now() - timedelta(minutes=1)
    )
    return jobs.run(job_id)


def delivered_to_two(job_id: UUID, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A second worker does the whole job while the first, whose lease ran out, begins its own."""
    kind = Job.objects.get(pk=job_id).kind
    work = jobs._handlers[kind]
    after_one: list[dict[str, str]] = []

    def slow(run: jobs.JobRun) -> object:
        monkeypatch.setitem(jobs._handlers, kind, work)
        Job.objects.filter(pk=job_id).update(lease_until=clock.now() - timedelta(minutes=1))
        assert jobs.run(job_id) is JobState.DONE
        after_one.append(digests())
        return work.run(run)

    monkeypatch.setitem(jobs._handlers, kind, dataclasses.replace(work, run=slow))
    assert jobs.run(job_id) is None
    return after_one[0]


def test_every_kind_has_its_example():
    assert set(jobs.kinds()) == EXAMPLES.keys()


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_job_that_is_delivered_again_changes_nothing(kind, tmp_path, at):
    at(NOON)
    job_id = ready(kind, tmp_path)
    before = digests()
    assert jobs.run(job_id) is JobState.DONE
    once = digests()
    assert differing(before, once) != [], "the example does no work"
    assert delivered_again(job_id) is JobState.DONE
    assert differing(once, digests()) == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_job_at_two_workers_at_once_is_done_once(kind, tmp_path, at, monkeypatch):
    at(NOON)
    once = delivered_to_two(ready(kind, tmp_path), monkeypatch)
    assert differing(once, digests()) == []
    assert Job.objects.get(kind=kind).state == JobState.DONE


def test_control_a_job_that_adds_a_row_each_time_is_found(at, monkeypatch):
    at(NOON)
    monkeypatch.setitem(jobs._handlers, "test.adds", None)
    jobs.handler("test.adds")(lambda run: OutboxEvent.objects.create(kind="a", payload={}))
    job_id = jobs.enqueue("test.adds").pk
    jobs.run(job_id)
    once = digests()
    delivered_again(job_id)
    assert differing(once, digests()) == ["core_outboxevent"]
    job_id = jobs.enqueue("test.adds").pk
    once = delivered_to_two(job_id, monkeypatch)
    assert differing(once, digests()) == ["core_outboxevent"]


def facts_of_mentoring() -> None:
    """Mentors are assigned, one is changed, a contact is logged and voided, two people leave."""
    from mentoring import services
    from schools.services import move_teacher
    from schools.services.seating import leave_school
    from tests.mentoring.build import a_small_school, published

    school = a_small_school("浉河区第二小学")
    published(school)
    mentor, head = school.user("王芳"), school.user("赵敏")
    contact = services.log_check_in(
        actor=mentor,
        pupils=[school.pupils["林小雨"]],
        kind="talk",
        outcome="made",
        occurred_at=clock.now(),
        submission_key=uuid4(),
    )
    services.void_check_in(actor=mentor, contact=contact, reason="记错了学生")
    services.assign_by_hand(
        actor=head,
        pupil=school.pupils["林小雨"],
        mentor=school.people["李强"],
        reason="家长提出更换",
    )
    leave_school(actor=None, pupil=school.pupils["何静怡"], reason="moved_school")
    move_teacher(actor=None, teacher=school.people["李强"], unit=None)


def test_every_followed_fact_that_is_delivered_again_changes_nothing(at, deliver):
    from courses.events import CourseCompleted
    from courses.services import share_course_with
    from schools.models import Post, Role
    from schools.services import end_post, give_post
    from tests.certification.making import a_completion, an_issuer
    from tests.people import a_bureau, a_teacher

    at(NOON)
    an_issuer()
    wang = a_teacher("王敏")
    completion = a_completion(wang)
    events.publish(
        CourseCompleted(
            completion_id=completion.pk,
            enrolment_id=completion.enrolment_id,
            teacher_id=wang.pk,
            run_id=completion.enrolment.run_id,
            completed_on=completion.completed_on,
        )
    )
    from tests.wellbeing.build import a_house, confirmed

    confirmed(a_house())
    course = completion.enrolment.run.course
    share_course_with(actor=None, course=course, user=a_teacher("李强").user)
    give_post(actor=None, teacher=wang, role=Role.EDITOR, unit=a_bureau())
    deliver()
    end_post(actor=None, post=Post.objects.get(role=Role.EDITOR))
    deliver()
    facts_of_mentoring()
    deliver()
    facts = list(OutboxEvent.objects.all())
    assert events._reactions.keys() <= {fact.kind for fact in facts}
    once = digests()
    OutboxEvent.objects.update(delivered_at=None)
    for fact in facts:
        assert events.deliver(fact.pk)
    assert OutboxEvent.objects.count() == len(facts)
    assert differing(once, digests()) == ["core_outboxevent"]
