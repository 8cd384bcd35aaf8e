"""Watching: what counts, what is refused and why, and that a lie moves no row."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core import clock
from core.errors import Missing
from courses import services
from courses.models import (
    CourseCompletion,
    Enrolment,
    LessonCompletion,
    LessonKind,
    WatchLease,
    WatchRow,
)
from courses.rules.intervals import length
from courses.selectors import progress_of
from courses.services.learners import LearningClosed
from courses.services.reading import WrongKind
from courses.services.watching import (
    LeaseLost,
    RecordingNotReady,
    RunLeft,
    TokenExpired,
    TokenInvalid,
)
from schools.permissions import scope_of
from tests.courses.build import (
    a_course,
    a_cut,
    a_lesson,
    a_run,
    finish,
    lesson_of,
    watch_all,
)

START = "2026-03-02T08:00:00+08:00"


def after(seconds):
    return clock.frozen(datetime.fromisoformat(START) + timedelta(seconds=seconds))


def beat(user, start, at_s, *ranges, position_s=0, visible=True, **key):
    with after(at_s):
        return services.record_watch(
            actor=user,
            token=start.token,
            ranges=[(low * 1000, high * 1000) for low, high in ranges],
            position_ms=position_s * 1000,
            visible=visible,
            **key,
        )


@pytest.fixture
def film(course):
    return lesson_of(course, LessonKind.RECORDING)


@pytest.fixture
def enrolment(run, wang):
    return services.enrol(actor=wang.user, run=run)


@pytest.fixture
def start(enrolment, wang, film):
    return services.start_watch(actor=wang.user, lesson=film)


def rows():
    fields = ("media", "wall", "watched_ms", "position_ms", "refused")
    return list(WatchRow.objects.order_by("pk").values_list(*fields))


def test_a_session_begins_with_the_servers_facts(start):
    assert (start.duration_ms, start.ranges, start.position_ms) == (120_000, (), 0)
    assert (start.percent, start.completed, start.beat_seconds) == (0, False, 15)
    assert start.playback.playlist.endswith(".m3u8")


def test_an_honest_viewer_completes_the_lesson_at_95_per_cent(start, wang, film, enrolment):
    answers = [
        beat(wang.user, start, at, (0, at), position_s=at) for at in (15, 30, 60, 90, 113, 114)
    ]
    assert [answer.percent for answer in answers] == [12, 25, 50, 75, 94, 100]
    assert [answer.completed for answer in answers] == [False] * 5 + [True]
    completion = LessonCompletion.objects.get()
    assert (completion.lesson_id, completion.evidence) == (film.pk, "watched")
    assert completion.completed_at.isoformat() == "2026-03-02T00:01:54+00:00"
    assert completion.completed_on.isoformat() == "2026-03-02"
    assert progress_of(enrolment).percent == 33


def test_what_the_teacher_sees_is_what_the_list_sees(start, wang, film, enrolment):
    answer = beat(wang.user, start, 60, (0, 60))
    shown = progress_of(Enrolment.objects.get(pk=enrolment.pk)).of(film)
    assert answer.percent == shown.percent == 50


def test_a_second_completion_changes_nothing(start, wang):
    beat(wang.user, start, 114, (0, 114))
    first = LessonCompletion.objects.get().completed_at
    beat(wang.user, start, 120, (0, 120))
    assert LessonCompletion.objects.get().completed_at == first


def test_viewing_too_fast_is_refused_with_its_reason_and_the_truth_still_counts(start, wang):
    refused = beat(wang.user, start, 15, (0, 120))
    assert (refused.accepted, refused.reason, refused.watched_ms) == (False, "too_fast", 0)
    taken = beat(wang.user, start, 30, (0, 30))
    assert (taken.accepted, taken.reason, taken.watched_ms) == (True, "", 30_000)
    assert WatchRow.objects.get().refused == 1


def test_a_flood_of_ranges_is_refused_with_its_reason(start, wang):
    flood = [(index, index + 0.5) for index in range(201)]
    answer = beat(wang.user, start, 15, *[(int(low), int(low) + 1) for low, _high in flood])
    assert (answer.accepted, answer.reason) == (False, "too_many_ranges")


def test_a_replayed_beat_changes_nothing(start, wang):
    beat(wang.user, start, 30, (0, 30))
    before = rows()
    answer = beat(wang.user, start, 30, (0, 30))
    assert answer.watched_ms == 30_000
    assert rows() == before


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 200])
def test_a_forged_token_moves_no_row(start, wang, token):
    before = rows()
    with pytest.raises(TokenInvalid):
        services.record_watch(
            actor=wang.user, token=token, ranges=[(0, 9000)], position_ms=0, visible=True
        )
    assert rows() == before


def test_anothers_token_moves_no_row(start, wang, li):
    before = rows()
    with pytest.raises(TokenInvalid):
        beat(li.user, start, 15, (0, 15))
    assert rows() == before


def test_an_expired_token_moves_no_row_and_says_so(start, wang):
    before = rows()
    with pytest.raises(TokenExpired):
        beat(wang.user, start, 240 + 7200, (0, 15))
    assert rows() == before
    assert beat(wang.user, start, 240 + 7199, (0, 9)).accepted


def test_a_session_never_outlives_the_learning_dates(course, wang, film):
    with clock.frozen("2026-06-30T23:59:00+08:00"):
        services.enrol(actor=wang.user, run=a_run(course))
        start = services.start_watch(actor=wang.user, lesson=film)

    def at(instant):
        with clock.frozen(instant):
            return services.record_watch(
                actor=wang.user,
                token=start.token,
                ranges=[(0, 9000)],
                position_ms=0,
                visible=True,
            )

    assert at("2026-06-30T23:59:59.999+08:00").accepted
    with pytest.raises(TokenExpired):
        at("2026-07-01T00:00:00+08:00")


def test_a_clock_that_steps_back_before_the_start_moves_no_row(start, wang):
    before = rows()
    answer = beat(wang.user, start, -1, (0, 9))
    assert (answer.accepted, answer.reason) == (False, "clock_back")
    assert rows() == before


def test_the_newest_session_counts_and_the_older_is_told(start, wang, film):
    with after(20):
        newer = services.start_watch(actor=wang.user, lesson=film)
    before = rows()
    with pytest.raises(LeaseLost):
        beat(wang.user, start, 30, (0, 30))
    assert rows() == before
    assert beat(wang.user, newer, 30, (0, 20)).accepted
    assert WatchLease.objects.get().started_at.isoformat() == "2026-03-02T00:00:20+00:00"


def test_two_lessons_at_once_share_one_lease(course, start, wang):
    other = a_lesson(course, LessonKind.RECORDING, title="第二课")
    with after(15):
        second = services.start_watch(actor=wang.user, lesson=other)
    with pytest.raises(LeaseLost):
        beat(wang.user, start, 30, (0, 30))
    answer = beat(wang.user, second, 60, (0, 120))
    assert answer.reason == "too_fast"
    assert length(WatchRow.objects.get(version__recording=other.recording).state.wall) == 45_000


def test_a_hidden_page_earns_nothing_and_costs_nothing(start, wang):
    beat(wang.user, start, 15, (0, 15))
    answer = beat(wang.user, start, 60, (0, 60), visible=False)
    assert (answer.reason, answer.watched_ms) == ("too_fast", 15_000)
    assert beat(wang.user, start, 61, (0, 60)).watched_ms == 60_000


def test_twenty_minutes_without_network_are_credited_at_once(course, wang, run):
    lesson = a_lesson(course, LessonKind.RECORDING, title="长课")
    a_cut(lesson.recording, duration_ms=1_800_000)
    services.enrol(actor=wang.user, run=run)
    start = services.start_watch(actor=wang.user, lesson=lesson)
    answer = beat(wang.user, start, 1200, (0, 1200), position_s=1200)
    assert (answer.accepted, answer.percent) == (True, 66)


def test_watching_resumes_at_the_second_with_what_was_accepted(start, wang, film):
    beat(wang.user, start, 30, (0, 30), position_s=30)
    with after(86_400):
        again = services.start_watch(actor=wang.user, lesson=film)
    assert (again.position_ms, again.ranges, again.percent) == (30_000, ((0, 30_000),), 25)
    answer = beat(wang.user, again, 86_400 + 90, (30, 120))
    assert (answer.percent, answer.ranges) == (100, ((0, 120_000),))


def test_a_longer_cut_takes_no_progress_away(start, wang, film, enrolment):
    beat(wang.user, start, 60, (0, 60))
    a_cut(film.recording, duration_ms=600_000)
    assert progress_of(enrolment).of(film).percent == 50
    with after(100):
        newer = services.start_watch(actor=wang.user, lesson=film)
    assert (newer.duration_ms, newer.ranges) == (600_000, ())
    beat(wang.user, newer, 130, (0, 30))
    assert progress_of(enrolment).of(film).percent == 50


def test_a_recording_shared_by_two_courses_is_watched_once(start, wang, film, li):
    beat(wang.user, start, 120, (0, 120))
    other = a_course("家校沟通", code="JX-01")
    shared = a_lesson(other, LessonKind.RECORDING, title="同一录像", recording=film.recording)
    services.enrol(actor=wang.user, run=a_run(other, code="JX-01-A"))
    with after(200):
        again = services.start_watch(actor=wang.user, lesson=shared)
    assert again.completed
    assert LessonCompletion.objects.filter(lesson=shared).count() == 1


def test_a_stranger_sees_no_lesson_and_a_reading_cannot_be_watched(course, wang, li, run, film):
    with pytest.raises(Missing):
        services.start_watch(actor=li.user, lesson=film)
    services.enrol(actor=wang.user, run=run)
    with pytest.raises(WrongKind):
        services.start_watch(actor=wang.user, lesson=lesson_of(course, LessonKind.READING))
    assert not WatchRow.objects.exists()


def test_a_withdrawn_recording_says_that_it_is_not_ready(wang, enrolment, film):
    film.recording.state = "withdrawn"
    film.recording.save()
    with pytest.raises(RecordingNotReady):
        services.start_watch(actor=wang.user, lesson=film)


def test_before_the_learning_dates_nothing_is_watched(course, wang, film):
    run = a_run(course, learn_opens_on=clock.today() + timedelta(days=1))
    services.enrol(actor=wang.user, run=run)
    with pytest.raises(LearningClosed):
        services.start_watch(actor=wang.user, lesson=film)
    with clock.frozen("2026-03-03T00:00:00+08:00"):
        services.start_watch(actor=wang.user, lesson=film)


def test_whoever_left_earns_no_lesson_with_an_open_session(start, wang, enrolment):
    assert beat(wang.user, start, 15, (0, 15)).watched_ms == 15_000
    services.withdraw(actor=wang.user, enrolment=enrolment)
    with pytest.raises(RunLeft, match="您已退出这个班次"):
        beat(wang.user, start, 120, (0, 120))
    assert WatchRow.objects.get().watched_ms == 15_000
    assert not LessonCompletion.objects.exists()


def test_a_beat_is_one_look_and_two_updates(start, wang, django_assert_num_queries):
    assert scope_of(wang.user).teacher == wang  # the middleware has asked who this is
    with django_assert_num_queries(5) as asked:  # savepoint and release among them
        beat(wang.user, start, 15, (0, 15))
    words = [query["sql"].split()[0] for query in asked.captured_queries]
    assert words == ["SELECT", "SAVEPOINT", "UPDATE", "UPDATE", "RELEASE"]


def test_the_state_of_a_viewer_is_small(course, wang, run):
    lesson = a_lesson(course, LessonKind.RECORDING, title="一小时")
    a_cut(lesson.recording, duration_ms=3_600_000)
    services.enrol(actor=wang.user, run=run)
    watch_all(wang.user, lesson, clock.now())
    row = WatchRow.objects.get()
    assert (len(row.media), len(row.wall)) == (5, 10)
    assert not CourseCompletion.objects.exists()


class TestLookingAgainAfterTheEnd:
    """王敏 has completed the run; its learning is over and she plays the film again."""

    @pytest.fixture
    def completed(self, enrolment, wang):
        finish(wang.user, enrolment)
        return Enrolment.objects.get(state="completed")

    def play(self, user, lesson, instant="2026-07-15T20:00:00+08:00", after_s=30, to_ms=30_000):
        with clock.frozen(instant):
            start = services.start_watch(actor=user, lesson=lesson)
        with clock.frozen(datetime.fromisoformat(instant) + timedelta(seconds=after_s)):
            answer = services.record_watch(
                actor=user, token=start.token, ranges=[(0, to_ms)], position_ms=0, visible=True
            )
        return start, answer

    def test_every_beat_is_answered_and_nothing_moves(self, completed, wang, film):
        before, leases = rows(), list(WatchLease.objects.values())
        start, answer = self.play(wang.user, film)
        assert (start.percent, start.completed, start.ranges) == (100, True, ((0, 120_000),))
        assert (answer.accepted, answer.reason, answer.percent) == (True, "", 100)
        assert (rows(), list(WatchLease.objects.values())) == (before, leases)

    def test_a_film_that_was_never_watched_earns_nothing_more(self, completed, wang, course):
        extra = a_lesson(course, LessonKind.RECORDING, title="选看", required=False)
        start, answer = self.play(wang.user, extra, after_s=120, to_ms=120_000)
        assert (start.percent, answer.accepted, answer.percent) == (0, True, 0)
        assert not LessonCompletion.objects.filter(lesson=extra).exists()
        assert not WatchRow.objects.filter(version__recording=extra.recording).exists()

    def test_it_does_not_disturb_what_counts_elsewhere(self, completed, wang, film):
        other = a_course("家校沟通", code="JX-01")
        run = a_run(other, code="JX-01-A", enrol_closes_on=None, learn_closes_on=None)
        counting = lesson_of(other, LessonKind.RECORDING)
        with clock.frozen("2026-07-15T19:59:00+08:00"):
            services.enrol(actor=wang.user, run=run)
            session = services.start_watch(actor=wang.user, lesson=counting)
        self.play(wang.user, film)
        with clock.frozen("2026-07-15T20:01:00+08:00"):
            answer = services.record_watch(
                actor=wang.user,
                token=session.token,
                ranges=[(0, 60_000)],
                position_ms=60_000,
                visible=True,
            )
        assert (answer.accepted, answer.watched_ms) == (True, 60_000)

    def test_the_session_is_hers_and_ends_like_any_other(self, completed, wang, li, film):
        start, _answer = self.play(wang.user, film)

        def beat_of(user, instant):
            with clock.frozen(instant):
                services.record_watch(
                    actor=user, token=start.token, ranges=[], position_ms=0, visible=True
                )

        with pytest.raises(TokenInvalid):
            beat_of(li.user, "2026-07-15T20:00:10+08:00")
        with pytest.raises(TokenExpired):
            beat_of(wang.user, "2026-07-15T22:04:00+08:00")

    def test_while_learning_is_open_a_completed_learner_still_earns(self, completed, wang, course):
        extra = a_lesson(course, LessonKind.RECORDING, title="选看", required=False)
        self.play(wang.user, extra, "2026-06-01T08:00:00+08:00", after_s=120, to_ms=120_000)
        assert LessonCompletion.objects.filter(lesson=extra).count() == 1

    def test_whoever_is_not_done_is_told_that_learning_is_over(self, enrolment, wang, film):
        with pytest.raises(LearningClosed):
            self.play(wang.user, film)
