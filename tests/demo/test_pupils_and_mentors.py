"""The demo's pupils and a term of mentoring: every school full, one with too few places."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db.models import Count

from demo.rules import places
from demo.rules.contacts import BURST, BUSY, COPYING, HONEST, IDLE, LATE, logged_by
from demo.rules.pupils import children_of, forms_of
from demo.services import build
from evaluation.models import Freeze, Objection, Sheet, TermEvaluation
from evaluation.selectors.terms import standing_of
from mentoring.models import AssignmentRun, Contact, ContactText, MentorAssignment
from mentoring.selectors.caseload import caseload_for
from schools.models import ClassMembership, ClassTeacher, Household, Pupil, SchoolClass
from schools.rules.pupils import number_problem

pytestmark = pytest.mark.django_db
SMALL = places.SIZES["s"]
DAYS = tuple(date(2026, 9, 1) + timedelta(days=number) for number in range(80))


def test_the_small_bureau_has_1800_pupils_in_classes_that_are_led(built):
    assert Pupil.objects.count() == ClassMembership.objects.count() == 1800
    assert SchoolClass.objects.count() == ClassTeacher.objects.count() == 51
    shared = Household.objects.annotate(children=Count("pupils")).filter(children__gte=2)
    assert 100 <= shared.count() <= 200


def test_seven_schools_are_assigned_and_one_lacks_fifty_places(built):
    states = dict(AssignmentRun.objects.values_list("unit__name", "state"))
    assert sorted(states.values()) == ["infeasible"] + ["published"] * 7
    short = AssignmentRun.objects.get(state="infeasible")
    assert (short.unit.name, short.shortage["unplaced"]) == ("平桥区启帆学校", 50)
    assert MentorAssignment.objects.count() == 1470


def test_the_mentor_has_pupils_on_time_and_pupils_overdue(built, django_user_model):
    cases = caseload_for(viewer=django_user_model.objects.get(username="mentor"))
    assert len(cases) == 12
    assert 0 < sum(case.is_overdue for case in cases) < 12


def test_the_last_term_of_two_schools_is_frozen_and_the_present_one_computed(built):
    frozen = Freeze.objects.order_by("sequence").values_list("evaluation__unit__name", flat=True)
    assert list(frozen) == ["浉河区青禾小学", "浉河区明湖高级中学"]
    present = TermEvaluation.objects.filter(freeze=None).exclude(sha256="")
    assert present.count() == 8
    last = Sheet.objects.filter(evaluation__freeze__isnull=False, mentor__isnull=False)
    assert {"below", "good"} <= set(last.values_list("band", flat=True))
    everywhere = Sheet.objects.filter(mentor__isnull=False).values_list("band", flat=True)
    assert {"below", "fair", "good"} <= set(everywhere)
    assert set(last.values_list("preferred", flat=True)) == {True, False}


def test_where_the_sign_ins_work_the_last_term_is_on_notice_with_an_open_objection(built):
    row = TermEvaluation.objects.get(unit__name="浉河区茗山初级中学", announcements__isnull=False)
    standing = standing_of(row.unit, row.term)
    assert (standing.stage, standing.unanswered) == ("on_notice", 1)
    raised = Objection.objects.select_related("mentor__user", "answer")
    answered = {one.mentor.user.username: hasattr(one, "answer") for one in raised}
    assert answered == {"mentor": True, "teacher": False}


def test_building_again_adds_no_pupil_and_no_contact(built):
    before = Pupil.objects.count(), Contact.objects.count(), AssignmentRun.objects.count()
    build(size="s", seed=2026)
    after = Pupil.objects.count(), Contact.objects.count(), AssignmentRun.objects.count()
    assert after == before
    assert ContactText.objects.count() == Contact.objects.count() > 3000


@pytest.mark.parametrize("size", ["s", "m"])
def test_no_class_is_larger_than_45_and_every_number_is_one(size):
    measure = places.SIZES[size]
    for school in places.schools(measure)[:8]:
        children = children_of(school, measure, 7)
        seats = [child.form for child in children]
        assert set(seats) == set(forms_of(school, measure))
        assert max(seats.count(form) for form in set(seats)) <= 45
        assert len({child.number for child in children}) == len(children)
        assert {number_problem(child.number) for child in children} == {None}


def test_the_same_seed_gives_the_same_children_and_another_seed_others():
    school = places.schools(SMALL)[1]
    assert children_of(school, SMALL, 7) == children_of(school, SMALL, 7)
    assert children_of(school, SMALL, 7) != children_of(school, SMALL, 8)


def test_each_way_of_logging_leaves_its_own_mark():
    def term(style: str) -> list:
        return [
            one
            for number in range(30)
            for one in logged_by(
                style, days=DAYS, cadence_days=45, until=DAYS[-1], dice=Random(number)
            )
        ]

    honest, late = term(HONEST), term(LATE)
    assert term(IDLE) == []
    assert len(term(BUSY)) < len(honest)
    assert all((one.typed_on - one.on).days <= 2 for one in honest)
    assert all(one.typed_on >= DAYS[-1] - timedelta(days=4) for one in late)
    assert {one.on for one in term(BURST)} <= set(DAYS[-5:])
    assert len({one.note for one in term(COPYING)}) == 1
