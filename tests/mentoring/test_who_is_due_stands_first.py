"""A mentor sees the pupils in the order in which they are due, by the same days that count."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from core import clock
from mentoring import services
from mentoring.models import MentorAssignment
from mentoring.rules.due import Due, Seen, due_after, due_on, effective_on, window_of, windows
from mentoring.selectors import caseload_for
from schools.models import CalendarDay
from schools.selectors import stopped_days
from tests.mentoring.build import SPRING, a_term, published
from tests.people import a_pupil

TODAY = date(2026, 3, 2)


def test_a_window_ends_when_the_clock_has_run_its_days():
    assert due_on(date(2026, 3, 1), 14, set()) == date(2026, 3, 15)
    holidays = {date(2026, 3, 10), date(2026, 3, 11)}
    assert due_on(date(2026, 3, 1), 14, holidays) == date(2026, 3, 17)


def test_overdue_days_are_counted_from_the_day_after_the_window():
    assert due_after(date(2026, 3, 1), 14, set(), date(2026, 3, 15)) == Due(date(2026, 3, 15), 0)
    assert due_after(date(2026, 3, 1), 14, set(), date(2026, 3, 18)) == Due(date(2026, 3, 15), 3)


def test_a_clock_that_stands_still_for_ever_still_gives_a_day():
    class Always:
        def __contains__(self, day: object) -> bool:
            return True

    assert due_on(date(2026, 3, 1), 14, Always()) == date(2026, 3, 1) + timedelta(days=3_650)


def test_dating_back_gains_a_week_at_most():
    assert effective_on(date(2026, 3, 1), date(2026, 3, 4)) == date(2026, 3, 1)
    assert effective_on(date(2026, 3, 1), date(2026, 3, 20)) == date(2026, 3, 13)


def test_an_attempt_covers_half_and_a_third_one_nothing():
    assert (window_of(45, full=True), window_of(45, full=False), window_of(14, full=False)) == (
        45, 23, 7,
    )  # fmt: skip
    first, second, third = date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 9)
    tries = [Seen(first, made=False), Seen(second, made=False)]
    assert windows([*tries, Seen(third, made=False)]) == [(first, False), (second, False)]
    assert windows([*tries, Seen(third, made=False, escalated=True)]) == [
        (first, False), (second, False), (third, True),
    ]  # fmt: skip
    met = Seen(second, made=True)
    assert windows([tries[0], met, Seen(third, made=False)]) == [
        (first, False), (second, True), (third, False),
    ]  # fmt: skip


def test_passing_a_matter_on_counts_in_full_only_after_two_attempts():
    once = Seen(date(2026, 3, 1), made=False, escalated=True)
    assert windows([once]) == [(date(2026, 3, 1), False)]


@pytest.mark.django_db
def test_duties_rest_on_holidays_and_between_terms_and_not_on_weekends():
    a_term()
    a_term("2026-2", date(2026, 9, 1), date(2027, 1, 23))
    CalendarDay.objects.create(day=date(2026, 5, 1), kind="holiday", name="劳动节")
    CalendarDay.objects.create(day=date(2026, 5, 9), kind="workday", name="调休")
    stopped = stopped_days(date(2026, 4, 25), date(2027, 3, 1))
    assert date(2026, 5, 1) in stopped
    assert date(2026, 5, 2) not in stopped
    assert date(2026, 7, 10) not in stopped
    assert {date(2026, 7, 11), date(2026, 8, 31)} <= stopped
    assert date(2026, 9, 1) not in stopped
    assert date(2027, 2, 1) not in stopped
    assert len(stopped) == 1 + 52


def log(school, name: str, **changes) -> None:
    facts = {
        "pupils": [school.pupils[name]],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": clock.now(),
        "submission_key": uuid4(),
    } | changes
    services.log_check_in(actor=school.user("王芳"), **facts)


def due(school) -> dict[str, tuple[date, int]]:
    cases = caseload_for(viewer=school.user("王芳"))
    return {case.name: (case.due.on, case.due.overdue_days) for case in cases}


def test_who_was_never_seen_is_due_when_the_first_window_ends(school):
    published(school)
    assert due(school) == {name: (date(2026, 4, 15), 0) for name in ("林小雨", "高子涵", "周一鸣")}


def test_a_contact_moves_the_day_and_who_is_longest_overdue_stands_first(school):
    published(school)
    services.set_care_cadence(
        pupil_id=school.pupils["周一鸣"].pk,
        days=14,
        weight=3,
        needs_qualified=False,
        on=TODAY,
    )
    with clock.frozen("2026-03-20T12:00:00+08:00"):
        log(school, "林小雨")
        assert due(school)["林小雨"] == (date(2026, 5, 4), 0)
        assert due(school)["周一鸣"] == (date(2026, 3, 15), 5)
        first = caseload_for(viewer=school.user("王芳"))[0]
        assert (first.name, first.is_overdue, first.school_class) == ("周一鸣", True, "2024级1班")
        log(school, "周一鸣", outcome="attempted")
        assert due(school)["周一鸣"] == (date(2026, 3, 27), 0)


def test_neither_void_contacts_nor_groups_move_the_day(school):
    published(school)
    with clock.frozen("2026-04-01T12:00:00+08:00"):
        log(school, "林小雨", kind="group")
        log(school, "高子涵")
        mistake = school.people["王芳"].contacts.get(kind="talk")
        services.void_check_in(actor=school.user("王芳"), contact=mistake, reason="记错了学生")
        assert set(due(school).values()) == {(date(2026, 4, 15), 0)}


def test_who_mentors_nobody_has_no_caseload(school):
    assert caseload_for(viewer=school.user("赵敏")) == []


def test_a_caseload_takes_the_same_queries_for_few_and_many(school, django_assert_max_num_queries):
    published(school)
    for number in range(25):
        pupil = a_pupil(f"学生{number}", school_class=school.classes[0], since=SPRING)
        MentorAssignment.objects.create(
            pupil=pupil,
            mentor=school.people["王芳"],
            unit=school.unit,
            reason="中途转入",
            starts_on=TODAY,
        )
        school.pupils[pupil.name] = pupil
        log(school, pupil.name)
    with django_assert_max_num_queries(10):
        assert len(caseload_for(viewer=school.user("王芳"))) == 28
