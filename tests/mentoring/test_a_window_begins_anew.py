"""Nobody is overdue at once: a new mentor or a shortened cadence gives a window of its own."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from core import clock
from mentoring import services
from mentoring.models import Contact
from mentoring.rules.grace import begun_anew, shortened
from mentoring.selectors import caseload_for
from tests.mentoring.build import published

FIRST, TENTH, TWENTIETH = date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 20)


def test_a_mentor_who_goes_on_does_not_begin_anew():
    assert list(begun_anew([("王芳", FIRST, TENTH), ("王芳", TENTH, None)])) == [FIRST]
    apart = [("王芳", FIRST, TENTH), ("李强", TENTH, TWENTIETH), ("王芳", TWENTIETH, None)]
    assert list(begun_anew(apart)) == [FIRST, TENTH, TWENTIETH]
    assert list(begun_anew([("王芳", FIRST, TENTH), ("王芳", TWENTIETH, None)])) == [
        FIRST, TWENTIETH,
    ]  # fmt: skip


def test_only_a_shorter_cadence_begins_anew_and_only_for_who_was_there():
    def always(day: date) -> bool:
        return True

    assert list(shortened([(14, FIRST, None)], 45, always)) == [FIRST]
    assert list(shortened([(60, FIRST, None)], 45, always)) == []
    assert list(shortened([(7, FIRST, TENTH), (14, TENTH, None)], 45, always)) == [FIRST]
    assert list(shortened([(14, FIRST, TENTH), (7, TENTH, None)], 45, always)) == [FIRST, TENTH]
    assert list(shortened([(14, FIRST, None)], 45, lambda day: day >= FIRST)) == []


def case_of(school, name: str):
    cases = caseload_for(viewer=school.user("王芳"))
    return next(case for case in cases if case.name == name)


def shorten(school, on: date, days: int = 14) -> None:
    services.set_care_cadence(
        pupil_id=school.pupils["林小雨"].pk, days=days, weight=3, needs_qualified=True, on=on
    )


def test_a_shortened_cadence_leaves_time_to_keep_it(school):
    published(school)
    with clock.frozen("2026-05-20T12:00:00+08:00"):
        assert case_of(school, "林小雨").due.overdue_days == 35
        shorten(school, date(2026, 5, 20))
        case = case_of(school, "林小雨")
        assert (case.due.on, case.is_overdue, case.cadence_days) == (date(2026, 6, 2), False, 14)


def test_within_the_first_window_the_shorter_cadence_bounds_it(school):
    published(school)
    with clock.frozen("2026-03-12T12:00:00+08:00"):
        shorten(school, date(2026, 3, 12))
        assert case_of(school, "林小雨").due.on == date(2026, 3, 25)


def test_a_cadence_that_was_lengthened_does_not_stretch_the_first_window(school):
    published(school)
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        shorten(school, date(2026, 3, 2))
    with clock.frozen("2026-03-12T12:00:00+08:00"):
        services.set_care_cadence(
            pupil_id=school.pupils["林小雨"].pk,
            days=None, weight=None, needs_qualified=False, on=date(2026, 3, 12),
        )  # fmt: skip
        case = case_of(school, "林小雨")
        assert (case.due.on, case.cadence_days) == (date(2026, 3, 15), 45)


def test_a_contact_that_was_logged_twice_is_one_attempt(school):
    published(school)
    moment = clock.now()
    for _time in range(2):
        services.log_check_in(
            actor=school.user("王芳"), pupils=[school.pupils["林小雨"]], kind="talk",
            outcome="attempted", occurred_at=moment, submission_key=uuid4(),
        )  # fmt: skip
    with clock.frozen("2026-04-10T12:00:00+08:00"):
        services.log_check_in(
            actor=school.user("王芳"), pupils=[school.pupils["林小雨"]], kind="talk",
            outcome="attempted", occurred_at=clock.now(), submission_key=uuid4(),
        )  # fmt: skip
        assert Contact.objects.count() == 3
        assert case_of(school, "林小雨").due.on == date(2026, 5, 3)
