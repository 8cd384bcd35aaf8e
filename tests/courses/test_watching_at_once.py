"""Many beats and many windows at once: nothing watched is lost, one session counts."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db.models import F

from core import clock
from courses import services
from courses.models import LessonCompletion, WatchLease, WatchRow
from courses.rules.intervals import union
from courses.services import beating
from courses.services.beating import TooManyAtOnce, WatchAnswer
from courses.services.watching import LeaseLost, RunLeft
from tests.courses.build import a_course, a_run, lesson_of
from tests.courses.test_a_seat_is_taken_once import in_parallel
from tests.people import a_teacher

START = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
EARLIER = START - timedelta(minutes=10)
"""`in_parallel` freezes the clock at START: the sessions have lasted ten minutes by then."""


def fold_without_care(row_id, part, pause):
    """The control: read the row, wait for the others, write the union back."""
    row = WatchRow.objects.get(pk=row_id)
    state = row.state
    pause.wait()
    row.state = type(state)(media=union(state.media, [part]), wall=state.wall)
    row.save()


@pytest.mark.django_db(transaction=True)
class TestManyBeats:
    parts = [(number * 15_000, number * 15_000 + 15_000) for number in range(8)]

    def ground(self):
        with clock.frozen(EARLIER):
            course = a_course()
            wang = a_teacher("王敏")
            services.enrol(actor=wang.user, run=a_run(course))
            film = lesson_of(course, "recording")
            return wang, film, services.start_watch(actor=wang.user, lesson=film)

    def beat(self, wang, start, part):
        return services.record_watch(
            actor=wang.user, token=start.token, ranges=[part], position_ms=part[1], visible=True
        )

    def test_beats_that_come_at_once_are_all_kept(self):
        wang, film, start = self.ground()
        results = in_parallel(
            [lambda part=part: self.beat(wang, start, part) for part in self.parts * 2]
        )
        assert all(result.accepted for result in results)
        assert WatchRow.objects.get().state.media == ((0, 120_000),)
        assert LessonCompletion.objects.get().lesson_id == film.pk

    def test_beats_that_are_always_overtaken_end_in_words_and_change_nothing(self, monkeypatch):
        wang, _film, start = self.ground()
        look = beating._look

        def overtaken(facts):
            seen = look(facts)
            WatchLease.objects.update(beats=F("beats") + 1)
            return seen

        monkeypatch.setattr(beating, "_look", overtaken)
        with clock.frozen(START), pytest.raises(TooManyAtOnce, match="只保留一个播放窗口"):
            self.beat(wang, start, self.parts[0])
        assert WatchRow.objects.get().state.media == ()

    def test_the_control_loses_what_others_watched(self):
        self.ground()
        row, pause = WatchRow.objects.get(), threading.Barrier(4)
        in_parallel(
            [lambda part=part: fold_without_care(row.pk, part, pause) for part in self.parts[:4]]
        )
        row.refresh_from_db()
        assert row.watched_ms < 60_000

    def test_of_windows_that_start_at_once_one_counts_and_the_others_are_told(self):
        wang, film, _start = self.ground()
        started = in_parallel(
            [lambda: services.start_watch(actor=wang.user, lesson=film) for _number in range(5)]
        )
        with clock.frozen(START + timedelta(seconds=15)):
            verdicts = []
            for start in started:
                try:
                    verdicts.append(self.beat(wang, start, (0, 9_000)))
                except LeaseLost:
                    verdicts.append(None)
        assert sum(isinstance(verdict, WatchAnswer) for verdict in verdicts) == 1
        assert WatchLease.objects.count() == 1

    def test_a_takeover_during_a_beat_loses_nothing(self):
        wang, film, start = self.ground()
        results = in_parallel(
            [lambda part=part: self.beat(wang, start, part) for part in self.parts]
            + [lambda: services.start_watch(actor=wang.user, lesson=film)]
        )
        taken = [
            part
            for part, result in zip(self.parts, results, strict=False)
            if isinstance(result, WatchAnswer)
        ]
        assert all(isinstance(result, WatchAnswer | LeaseLost) for result in results[:8])
        assert WatchRow.objects.get().state.media == union(taken)


def test_whoever_left_and_came_back_goes_on_from_what_was_seen_before_leaving(run, wang, course):
    film = lesson_of(course, "recording")
    first = services.enrol(actor=wang.user, run=run)
    start = services.start_watch(actor=wang.user, lesson=film)
    old = {"actor": wang.user, "token": start.token, "position_ms": 0, "visible": True}
    with clock.frozen(START + timedelta(minutes=1)):
        services.record_watch(**old, ranges=[(0, 60_000)])
    services.withdraw(actor=wang.user, enrolment=first)
    second = services.enrol(actor=wang.user, run=run)
    with clock.frozen(START + timedelta(minutes=2)):
        with pytest.raises(RunLeft):
            services.record_watch(**old, ranges=[(0, 120_000)])
        again = services.start_watch(actor=wang.user, lesson=film)
        assert again.ranges == ((0, 60_000),)
    with clock.frozen(START + timedelta(minutes=3)):
        services.record_watch(**(old | {"token": again.token}), ranges=[(60_000, 120_000)])
    assert LessonCompletion.objects.get().enrolment == second
