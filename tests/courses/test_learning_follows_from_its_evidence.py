"""What is stored of learning is compared with its evidence, and settled where that is possible."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import connection

from core import clock, triggers
from courses import services
from courses.models import (
    Attempt,
    CourseCompletion,
    Enrolment,
    LessonCompletion,
    Response,
    WatchRow,
)
from courses.selectors import reconcile
from courses.selectors.reconcile import differences
from tests.courses.build import a_lesson, finish, lesson_of, watch_all


@pytest.fixture
def enrolment(run, wang) -> Enrolment:
    return services.enrol(actor=wang.user, run=run)


@pytest.fixture
def completion(enrolment, wang) -> CourseCompletion:
    finish(wang.user, enrolment)
    return CourseCompletion.objects.get()


@pytest.fixture
def unguarded(completion) -> None:
    """Somebody rules the database and has taken its guards away."""
    triggers.remove_all(connection)


def found() -> list[tuple[str, object]]:
    return [(row.kind, row.thing_id) for row in differences()]


def test_what_a_learner_did_adds_up(completion):
    assert found() == []


def test_a_lesson_read_after_the_completion_changes_nothing_of_it(completion, course, wang, at):
    at("2026-03-02T18:00:00+08:00")
    later = a_lesson(course, "reading", required=False, text="<p>补充阅读</p>")
    services.mark_reading(actor=wang.user, lesson=later)
    assert LessonCompletion.objects.filter(lesson=later).exists()
    assert found() == []


def test_a_clock_set_back_between_two_lessons_changes_nothing_of_it(enrolment, course, wang, at):
    at("2026-03-02T10:00:00+08:00")
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    at("2026-03-02T09:50:00+08:00")
    finish(wang.user, enrolment)
    at("2026-03-02T09:55:00+08:00")
    later = a_lesson(course, "reading", required=False, text="<p>补充阅读</p>")
    services.mark_reading(actor=wang.user, lesson=later)
    done = LessonCompletion.objects.order_by("completed_at")
    assert [row.lesson_id for row in done][-2:] == [later.pk, lesson_of(course, "reading").pk]
    assert found() == []


@pytest.mark.usefixtures("unguarded")
def test_a_completion_of_an_older_release_is_told_by_the_times(completion, course, wang, at):
    CourseCompletion.objects.update(lessons=None)
    at("2026-03-02T18:00:00+08:00")
    later = a_lesson(course, "reading", required=False, text="<p>补充阅读</p>")
    services.mark_reading(actor=wang.user, lesson=later)
    assert found() == []
    LessonCompletion.objects.filter(lesson__kind="quiz")._raw_delete("default")
    assert ("completion_differs_from_evidence", completion.pk) in found()


def test_who_completes_while_it_is_compared_is_no_difference(enrolment, wang, monkeypatch):
    judge = reconcile.met_rules

    def slowly(rows):
        if not CourseCompletion.objects.exists():
            finish(wang.user, enrolment)
        return judge(rows)

    monkeypatch.setattr(reconcile, "met_rules", slowly)
    assert found() == []


def test_an_enrolment_set_back_is_completed_again_from_its_evidence(enrolment, wang, capsys):
    finish(wang.user, enrolment)
    triggers.remove_all(connection)
    CourseCompletion.objects.all()._raw_delete("default")
    assert found() == [("completed_without_completion", enrolment.pk)]
    Enrolment.objects.filter(pk=enrolment.pk).update(state="enrolled")
    assert found() == [("rule_met_without_completion", enrolment.pk)]
    with pytest.raises(SystemExit):
        call_command("reconcile", "--json")
    drift = json.loads(capsys.readouterr().out)["drift"]
    kinds = [row["kind"] for row in drift if row["figure"] == "courses"]
    assert kinds == ["rule_met_without_completion"]
    assert services.settle_learning() == 1
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.completion.rule_version) == ("completed", 1)
    assert found() == []
    assert services.settle_learning() == 0


@pytest.mark.usefixtures("unguarded")
def test_a_completion_whose_evidence_is_gone_is_named_and_not_taken_back(completion, enrolment):
    LessonCompletion.objects.filter(lesson__kind="quiz")._raw_delete("default")
    assert found() == [
        ("completed_without_evidence", enrolment.pk),
        ("completion_differs_from_evidence", completion.pk),
    ]
    assert services.settle_learning() == 0
    assert CourseCompletion.objects.filter(pk=completion.pk).exists()


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("change", [{"rule_version": 2}, {"evidence_digest": "0" * 64}])
def test_an_altered_completion_is_named(completion, change):
    CourseCompletion.objects.filter(pk=completion.pk).update(**change)
    assert found() == [("completion_differs_from_evidence", completion.pk)]


def test_a_completion_of_somebody_who_has_left_is_named(completion, enrolment):
    Enrolment.objects.filter(pk=enrolment.pk).update(state="withdrawn")
    assert found() == [("completion_of_open_enrolment", enrolment.pk)]


@pytest.mark.usefixtures("completion")
def test_a_mark_that_the_answers_do_not_give_is_named():
    attempt = Attempt.objects.get()
    assert (attempt.percent, attempt.passed) == (100, True)
    Response.objects.filter(attempt=attempt).update(chosen=[])
    assert found() == [("mark_differs_from_answers", attempt.pk)]


def test_a_watched_time_is_counted_anew_from_its_ranges(enrolment, course, wang):
    watch_all(wang.user, lesson_of(course, "recording"), clock.now())
    row = WatchRow.objects.get()
    counted = row.watched_ms
    WatchRow.objects.update(watched_ms=counted + 5_000)
    assert [str(row.detail) for row in differences()] == [f"{counted + 5_000} {counted}"]
    assert services.settle_learning() == 1
    row.refresh_from_db()
    assert row.watched_ms == counted
    WatchRow.objects.update(media=b"\x80")
    assert found() == [("ranges_unreadable", row.pk)]
    assert services.settle_learning() == 0
