"""A school's term is read into the facts of the documented file, and nothing is left out."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from core import clock
from evaluation.rules.counting import judge_contacts
from evaluation.rules.covered import PupilDays
from evaluation.rules.defaults import filled
from evaluation.rules.facts import Cadence, Facts, Period
from evaluation.rules.facts_file import read_facts
from evaluation.rules.facts_writing import write_facts
from evaluation.rules.indicators import compute
from evaluation.selectors import facts_of_term
from mentoring import services
from mentoring.models import Contact, ContactPupil, MentorAssignment, RuleSet
from mentoring.selectors import caseload_for
from schools.models import CalendarDay, ClassMembership
from tests.mentoring.build import SPRING, School, a_small_school, published
from tests.people import a_class, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db
MARCH_2 = date(2026, 3, 2)
END = date(2026, 7, 11)


@pytest.fixture
def school(at) -> School:
    at("2026-03-02T12:00:00+08:00")
    paired = a_small_school()
    published(paired)
    return paired


def log(school: School, name: str, when: str, by: str = "王芳", **changes) -> Contact:
    """A talk that was entered at that moment."""
    with clock.frozen(when):
        values = {
            "pupils": [school.pupils[name]], "kind": "talk", "outcome": "made",
            "occurred_at": clock.now(), "submission_key": uuid4(),
        } | changes  # fmt: skip
        return services.log_check_in(actor=school.user(by), **values)


def pupil_of(facts: Facts, school: School, name: str):
    return next(row for row in facts.pupils if row.id == str(school.pupils[name].pk))


def test_a_term_holds_pupils_mentors_cadences_and_the_calendar(school):
    CalendarDay.objects.create(day=date(2026, 5, 1), kind="holiday", name="劳动节")
    services.set_care_cadence(
        pupil_id=school.pupils["林小雨"].pk, days=14, weight=3, needs_qualified=True,
        on=date(2026, 3, 10),
    )  # fmt: skip
    with clock.frozen("2026-04-01T08:00:00+08:00"):
        facts = facts_of_term(school.unit, school.term)
    assert (facts.term, facts.as_of) == (Period(SPRING, END), date(2026, 4, 1))
    assert facts.calendar.stopped == {date(2026, 5, 1)}
    assert (facts.default_cadence_days, facts.default_weight, facts.allowed_lag_days) == (45, 1, 7)
    assert {row.id for row in facts.pupils} == {str(row.pk) for row in school.pupils.values()}
    lin = pupil_of(facts, school, "林小雨")
    assert lin.enrolled == (Period(SPRING),)
    assert lin.cadences == (Cadence(Period(date(2026, 3, 10)), 14, 3),)
    assert lin.household == str(school.pupils["林小雨"].household_id)
    mentors = {row.pupil: (row.mentor, row.period) for row in facts.mentorships}
    assert mentors[lin.id] == (str(school.people["王芳"].pk), Period(MARCH_2))


def test_before_its_first_day_a_term_has_no_days_and_after_its_last_it_keeps_them_all(school):
    with clock.frozen("2026-02-01T08:00:00+08:00"):
        assert facts_of_term(school.unit, school.term).days == []
    with clock.frozen("2026-10-01T08:00:00+08:00"):
        assert facts_of_term(school.unit, school.term).end == END


def test_contacts_come_without_words_and_with_both_their_times(school):
    contact = log(school, "林小雨", "2026-03-20T16:00:00+08:00", text="聊到家里的事", kind="visit")
    voided = log(school, "高子涵", "2026-03-21T16:00:00+08:00")
    services.void_check_in(actor=school.user("王芳"), contact=voided, reason="记错了学生")
    rows = {row.id: row for row in facts_of_term(school.unit, school.term).contacts}
    assert set(rows) == {str(contact.pk), str(voided.pk)}
    row = rows[str(contact.pk)]
    assert (row.kind, row.outcome, row.escalated, row.voided) == ("visit", "made", False, False)
    assert row.occurred_at == row.recorded_at == datetime.fromisoformat("2026-03-20T16:00+08:00")
    assert rows[str(voided.pk)].voided
    assert "聊到" not in json.dumps(write_facts(facts_of_term(school.unit, school.term)))


def test_who_sits_elsewhere_now_keeps_the_days_of_this_school(school):
    wu = school.pupils["吴昊天"]
    services_end = date(2026, 4, 1)
    seat = ClassMembership.objects.get(pupil=wu)
    seat.ends_on, seat.end_reason = services_end, "moved_school"
    seat.save()
    other = a_class(1, school=a_school("平桥区第二小学"))
    ClassMembership.objects.create(pupil=wu, school_class=other, starts_on=services_end)
    facts = facts_of_term(school.unit, school.term)
    assert pupil_of(facts, school, "吴昊天").enrolled == (Period(SPRING, services_end),)
    there = facts_of_term(other.unit, school.term)
    assert [row.enrolled for row in there.pupils] == [(Period(services_end),)]


def test_a_home_visit_counts_for_the_sibling_whose_mentor_works_elsewhere(school):
    home = school.pupils["林小雨"].household
    other = a_school("平桥区第二小学")
    brother = a_pupil("林小松", school_class=a_class(1, school=other), household=home, since=SPRING)
    chen = a_teacher("陈静", school=other)
    MentorAssignment.objects.create(
        pupil=brother, mentor=chen, unit=other, reason="新生", starts_on=SPRING
    )
    visit = log(
        school, "林小雨", "2026-03-20T16:00:00+08:00", kind="visit",
        pupils=[school.pupils["林小雨"], brother],
    )  # fmt: skip
    for unit in (school.unit, other):
        results = compute(facts_of_term(unit, school.term, END))
        counted = {(row.contact.id, row.pupil) for row in results.counted}
        assert counted == {
            (str(visit.pk), str(school.pupils["林小雨"].pk)), (str(visit.pk), str(brother.pk)),
        }  # fmt: skip


def test_a_contact_of_the_next_term_is_none_of_this(school):
    log(school, "林小雨", "2026-07-10T23:59:00+08:00")
    log(school, "高子涵", "2026-07-11T00:01:00+08:00")
    pupils = [row.pupils for row in facts_of_term(school.unit, school.term).contacts]
    assert pupils == [(str(school.pupils["林小雨"].pk),)]


def test_where_the_general_cadence_changed_each_day_has_the_one_in_force(school):
    first = RuleSet.objects.get()
    first.ends_on = date(2026, 5, 1)
    first.save()
    RuleSet.objects.create(
        version=2, soft_cap=15, hard_cap=20, cadence_days=30, care_weight=2,
        starts_on=date(2026, 5, 1),
    )  # fmt: skip
    services.set_care_cadence(
        pupil_id=school.pupils["林小雨"].pk, days=14, weight=3, needs_qualified=False,
        on=date(2026, 6, 1),
    )  # fmt: skip
    facts = facts_of_term(school.unit, school.term)
    assert facts.default_cadence_days == 45
    assert pupil_of(facts, school, "高子涵").cadences == (Cadence(Period(date(2026, 5, 1)), 30, 2),)
    assert pupil_of(facts, school, "林小雨").cadences == (
        Cadence(Period(date(2026, 5, 1), date(2026, 6, 1)), 30, 2),
        Cadence(Period(date(2026, 6, 1)), 14, 3),
    )


def test_general_cadences_fill_only_what_is_free():
    def cadence(first: int, end: int | None, days: int) -> Cadence:
        return Cadence(Period(date(2026, 3, first), end and date(2026, 3, end)), days)

    general = [cadence(5, 25, 30)]
    assert filled([], general) == (cadence(5, 25, 30),)
    assert filled([cadence(1, 3, 7), cadence(10, 12, 7), cadence(28, None, 7)], general) == (
        cadence(1, 3, 7), cadence(5, 10, 30), cadence(10, 12, 7), cadence(12, 25, 30),
        cadence(28, None, 7),
    )  # fmt: skip
    assert filled([cadence(1, None, 7)], general) == (cadence(1, None, 7),)
    assert filled([cadence(1, 25, 7)], general) == (cadence(1, 25, 7),)


def test_the_facts_are_those_of_the_documented_file(school):
    for row in any_term(school, 7):
        enter(school, row)
    facts = facts_of_term(school.unit, school.term, END)
    again = read_facts(json.loads(json.dumps(write_facts(facts))))
    assert again == facts
    assert compute(again) == compute(facts)


def test_the_facts_take_the_same_queries_for_few_and_many(school, django_assert_num_queries):
    for number in range(25):
        pupil = a_pupil(f"学生{number}", school_class=school.classes[0], since=SPRING)
        MentorAssignment.objects.create(
            pupil=pupil, mentor=school.people["王芳"], unit=school.unit, reason="中途转入",
            starts_on=MARCH_2,
        )  # fmt: skip
        school.pupils[pupil.name] = pupil
        log(school, pupil.name, "2026-03-10T16:00:00+08:00")
    with django_assert_num_queries(9):
        facts = facts_of_term(school.unit, school.term)
    assert (len(facts.pupils), len(facts.contacts)) == (31, 25)


def any_term(school: School, seed: int) -> list:
    """A cadence that changes and holidays at once; attempts and late entries as they come."""
    rng = random.Random(seed)
    for number in rng.sample(range(1, 120), 12):
        day = MARCH_2 + timedelta(days=number)
        CalendarDay.objects.create(day=day, kind="holiday", name="停课")
    for name in ("林小雨", "高子涵"):
        days = sorted(rng.sample(range(0, 120), 2))
        for start, cadence in zip(days, rng.sample([3, 7, 14, 28], 2), strict=True):
            services.set_care_cadence(
                pupil_id=school.pupils[name].pk, days=cadence, weight=2, needs_qualified=False,
                on=MARCH_2 + timedelta(days=start),
            )  # fmt: skip
    return sorted((planned(school, rng) for _number in range(14)), key=lambda row: row[0])


def planned(school: School, rng: random.Random) -> tuple[datetime, list[str], dict, bool]:
    """When a contact is entered, with whom it was, what it was, and whether it is voided."""
    when = clock.now() + timedelta(days=rng.randint(1, 110), hours=rng.randint(-8, 8))
    facts = {
        "kind": rng.choice(["talk", "online", "group", "talk"]),
        "outcome": rng.choice(["made", "attempted", "refused"]),
        "occurred_at": when,
        "recorded_at": when + timedelta(days=rng.choice([0, 0, 2, 12])),
        "escalated": rng.random() < 0.2,
    }
    names = rng.sample(["林小雨", "高子涵", "周一鸣"], rng.randint(1, 2))
    return facts["recorded_at"], names, facts, rng.random() < 0.2


def enter(school: School, row: tuple[datetime, list[str], dict, bool]) -> None:
    _when, names, facts, is_mistake = row
    contact = Contact.objects.create(
        mentor=school.people["王芳"], unit=school.unit, submission_key=uuid4(), **facts
    )
    for name in names:
        ContactPupil.objects.create(contact=contact, pupil=school.pupils[name])
    if is_mistake:
        services.void_check_in(actor=school.user("王芳"), contact=contact, reason="记错了学生")


@pytest.mark.parametrize("seed", range(6))
def test_on_every_day_that_counts_who_is_not_overdue_is_covered(school, seed):
    coming = any_term(school, seed)
    held = 0
    for number in range(1, 125, 4):
        today = MARCH_2 + timedelta(days=number)
        with clock.frozen(datetime.combine(today, datetime.max.time(), clock.SHANGHAI)):
            while coming and coming[0][0] <= clock.now():
                enter(school, coming.pop(0))
            cases = {str(case.pupil_id): case for case in caseload_for(viewer=school.user("王芳"))}
            facts = facts_of_term(school.unit, school.term, today + timedelta(days=1))
        held += agreeing(facts, cases, today)
    assert held > 15


def agreeing(facts: Facts, cases: dict, today: date) -> int:
    """How many pupils' day counts; on it, whoever is overdue is not covered, and else is."""
    counted, _excluded = judge_contacts(facts)
    held = 0
    for pupil in facts.pupils:
        if pupil.id not in cases:
            continue
        own = tuple(row for row in facts.mentorships if row.pupil == pupil.id)
        calendar = PupilDays(facts, pupil, own)
        covered = calendar.is_covered(today, [row for row in counted if row.pupil == pupil.id])
        overdue = cases[pupil.id].is_overdue
        assert not (overdue and covered), (today, pupil.id)
        if calendar.counts(today):
            held += 1
            assert overdue != covered, (today, pupil.id)
    return held
