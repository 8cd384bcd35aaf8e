"""Enrolment: exactly the seats there are, once per person, inside the dates."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from core import clock
from courses import services
from courses.models import CourseRun, CourseState, Enrolment, EnrolmentEvent, RunState
from courses.services.enrolling import AlreadyCompleted, RunClosed, RunFull
from courses.services.learners import NotATeacher
from tests.courses.build import a_course, a_run, finish
from tests.people import a_teacher, a_user


def states(run):
    return [row.state for row in Enrolment.objects.filter(run=run).order_by("pass_number")]


def test_a_teacher_takes_a_seat(run, wang):
    enrolment = services.enrol(actor=wang.user, run=run)
    run.refresh_from_db()
    assert (run.taken, enrolment.state, enrolment.pass_number) == (1, "enrolled", 1)
    assert [event.state for event in enrolment.events.all()] == ["enrolled"]


def test_enrolling_again_gives_the_same_seat(run, wang):
    first = services.enrol(actor=wang.user, run=run)
    again, fresh = services.enrol_once(actor=wang.user, run=run)
    run.refresh_from_db()
    assert (again.pk, fresh, run.taken) == (first.pk, False, 1)
    assert EnrolmentEvent.objects.count() == 1


def test_a_full_run_refuses_and_changes_nothing(course, wang, li):
    run = a_run(course, capacity=1)
    services.enrol(actor=wang.user, run=run)
    with pytest.raises(RunFull):
        services.enrol(actor=li.user, run=run)
    run.refresh_from_db()
    assert run.taken == 1
    assert not Enrolment.objects.filter(teacher=li).exists()


def test_whoever_has_the_last_seat_still_gets_it_again(course, wang):
    run = a_run(course, capacity=1)
    first = services.enrol(actor=wang.user, run=run)
    assert services.enrol(actor=wang.user, run=run).pk == first.pk


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-02-28T23:59:59.999999+08:00", False),
        ("2026-03-01T00:00:00+08:00", True),
        ("2026-06-30T23:59:59.999999+08:00", True),
        ("2026-07-01T00:00:00+08:00", False),
    ],
)
def test_enrolment_opens_and_closes_at_midnight_in_shanghai(run, wang, instant, is_open):
    with clock.frozen(instant):
        if is_open:
            services.enrol(actor=wang.user, run=run)
        else:
            with pytest.raises(RunClosed):
                services.enrol(actor=wang.user, run=run)
    assert Enrolment.objects.filter(teacher=wang).exists() is is_open


def test_drafts_take_nobody(run, wang):
    CourseRun.objects.filter(pk=run.pk).update(state=RunState.DRAFT)
    run.refresh_from_db()
    with pytest.raises(RunClosed):
        services.enrol(actor=wang.user, run=run)
    run.state = RunState.PUBLISHED
    run.course.state = CourseState.DRAFT
    with pytest.raises(RunClosed):
        services.enrol(actor=wang.user, run=run)


def test_a_sign_in_without_a_teacher_cannot_enrol(run):
    with pytest.raises(NotATeacher):
        services.enrol(actor=a_user("visitor"), run=run)


def test_leaving_frees_the_seat_and_coming_back_is_a_second_pass(course, wang, li):
    run = a_run(course, capacity=1)
    enrolment = services.enrol(actor=wang.user, run=run)
    services.withdraw(actor=wang.user, enrolment=enrolment)
    services.withdraw(actor=wang.user, enrolment=enrolment)
    run.refresh_from_db()
    assert run.taken == 0
    services.enrol(actor=li.user, run=run)
    with pytest.raises(RunFull):
        services.enrol(actor=wang.user, run=run)
    services.withdraw(actor=li.user, enrolment=Enrolment.objects.get(teacher=li))
    assert services.enrol(actor=wang.user, run=run).pass_number == 2
    assert [event.state for event in enrolment.events.all()] == ["enrolled", "withdrawn"]


def test_nobody_leaves_in_anothers_name(run, wang, li):
    from core.errors import Missing

    enrolment = services.enrol(actor=wang.user, run=run)
    with pytest.raises(Missing):
        services.withdraw(actor=li.user, enrolment=enrolment)
    enrolment.refresh_from_db()
    assert enrolment.state == "enrolled"


def test_a_completed_run_cannot_be_left(run, wang):
    enrolment = services.enrol(actor=wang.user, run=run)
    finish(wang.user, enrolment)
    with pytest.raises(AlreadyCompleted):
        services.withdraw(actor=wang.user, enrolment=enrolment)
    run.refresh_from_db()
    assert run.taken == 1


def test_the_database_refuses_more_seats_than_there_are(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRun.objects.filter(pk=run.pk).update(taken=31)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRun.objects.filter(pk=run.pk).update(learn_closes_on=date(2026, 3, 1))


def test_capacity_is_not_lowered_below_the_seats_taken(course, wang, li):
    run = a_run(course, capacity=5)
    services.enrol(actor=wang.user, run=run)
    services.enrol(actor=li.user, run=run)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRun.objects.filter(pk=run.pk).update(capacity=1)
    CourseRun.objects.filter(pk=run.pk).update(capacity=2)
    with pytest.raises(RunFull):
        services.enrol(actor=a_teacher("赵强").user, run=run)
    assert states(run) == ["enrolled", "enrolled"]


def in_parallel(jobs):
    """Run all at once, each on its own connection; gives what each answered or raised."""
    gate = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def work(index, job):
        try:
            with clock.frozen("2026-03-02T08:00:00+08:00"):
                gate.wait()
                results[index] = job()
        except Exception as error:  # the test asserts on what was raised
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(index, job)) for index, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def sell_without_care(teacher, run, pause):
    """The control: count, then insert."""
    taken = Enrolment.objects.filter(run=run).count()
    pause.wait()
    if taken >= run.capacity:
        raise RunFull
    return Enrolment.objects.create(teacher=teacher, run=run, rule=run.course.rules.get())


@pytest.mark.django_db(transaction=True)
class TestRaceForTheLastSeats:
    people = 12
    seats = 5

    def queue(self):
        with clock.frozen("2026-03-02T08:00:00+08:00"):
            run = a_run(a_course(), capacity=self.seats)
            return run, [a_teacher(f"张{number}", number=f"R{number}") for number in range(12)]

    def test_exactly_the_seats_are_taken(self):
        run, teachers = self.queue()
        results = in_parallel(
            [lambda t=teacher: services.enrol(actor=t.user, run=run) for teacher in teachers]
        )
        run.refresh_from_db()
        assert sum(isinstance(result, Enrolment) for result in results) == self.seats
        assert sum(isinstance(result, RunFull) for result in results) == self.people - self.seats
        assert (run.taken, Enrolment.objects.filter(run=run).count()) == (self.seats, self.seats)

    def test_the_control_oversells(self):
        run, teachers = self.queue()
        pause = threading.Barrier(len(teachers))
        results = in_parallel(
            [lambda t=teacher: sell_without_care(t, run, pause) for teacher in teachers]
        )
        assert sum(isinstance(result, Enrolment) for result in results) > self.seats

    def test_one_person_on_eight_devices_takes_one_seat(self):
        run, teachers = self.queue()
        results = in_parallel(
            [lambda: services.enrol_once(actor=teachers[0].user, run=run) for _number in range(8)]
        )
        run.refresh_from_db()
        assert sorted(fresh for _enrolment, fresh in results) == [False] * 7 + [True]
        assert len({enrolment.pk for enrolment, _fresh in results}) == 1
        assert run.taken == 1

    def test_leaving_and_taking_at_once_keeps_the_count(self):
        run, teachers = self.queue()
        with clock.frozen("2026-03-02T08:00:00+08:00"):
            held = [services.enrol(actor=t.user, run=run) for t in teachers[:5]]
        in_parallel(
            [lambda e=e, t=t: services.withdraw(actor=t.user, enrolment=e)
             for e, t in zip(held, teachers[:5], strict=True)]
            + [lambda t=t: services.enrol(actor=t.user, run=run) for t in teachers[5:]]
        )  # fmt: skip
        run.refresh_from_db()
        seated = Enrolment.objects.filter(run=run, state="enrolled").count()
        assert run.taken == seated <= run.capacity
