"""赵敏, the principal, has her school's mentors computed, looks at them, and publishes them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from core import clock, jobs
from core.errors import Missing
from core.models import AuditEvent, Job, OutboxEvent
from core.reasons import ReasonMissing
from mentoring import services
from mentoring.models import AssignmentRun, MentorAssignment, MentorLimit, ProposedPair
from mentoring.permissions import (
    can_view_assignment,
    can_view_run,
    visible_assignments,
    visible_runs,
)
from mentoring.rules.dossier import read_instance, write_instance
from mentoring.selectors import gaps_for, get_run_for, runs_for
from mentoring.selectors.instances import instance_of
from mentoring.services.proposing import NoPupils, TermOver
from mentoring.services.publishing import NotPublishable, RegisterChanged
from schools.models import ClassMembership, Employment, Post, Role
from tests.mentoring.build import SPRING, previewed, published
from tests.people import a_class, a_pupil, a_school, a_teacher

TODAY = date(2026, 3, 2)


def mentors_of(school) -> dict[str, str]:
    rows = MentorAssignment.objects.on(clock.today()).select_related("pupil", "mentor")
    return {row.pupil.name: row.mentor.name for row in rows}


def test_every_pupil_gets_a_mentor_who_teaches_the_class(school):
    run = published(school)
    assert (run.state, run.moves, run.max_load) == ("published", 0, 3)
    held = mentors_of(school)
    assert set(held) == set(school.pupils)
    assert {held[name] for name in ("林小雨", "高子涵", "周一鸣")} == {"王芳"}
    assert {held[name] for name in ("陈思远", "何静怡", "吴昊天")} == {"李强"}
    assert gaps_for(viewer=school.user("赵敏"), unit=school.unit) == []


def test_a_preview_changes_nobodys_mentor(school):
    run = previewed(school)
    assert run.state == "previewed"
    assert ProposedPair.objects.filter(run=run).count() == 6
    assert not MentorAssignment.objects.exists()


def test_the_instance_is_kept_with_its_digest_and_no_name(school):
    run = previewed(school)
    again = write_instance(instance_of(school.unit, school.term, TODAY))
    assert run.instance == again
    assert write_instance(read_instance(run.instance)) == again
    assert "林小雨" not in str(run.instance)
    assert run.certificate["instance_sha256"] == run.instance_sha256
    assert run.certificate["solution_sha256"] == run.solution_sha256


def test_the_same_register_gives_the_same_assignment(school):
    first, second = previewed(school), previewed(school)
    assert first.pk != second.pk
    assert first.solution_sha256 == second.solution_sha256
    pairs = [
        set(run.pairs.values_list("pupil_id", "mentor_id", "closeness", "bonus"))
        for run in (first, second)
    ]
    assert pairs[0] == pairs[1]


def test_proposing_twice_while_it_is_computed_gives_one_run(school):
    runs = [
        services.propose_assignment(actor=school.user("赵敏"), unit=school.unit, term=school.term)
        for _time in range(2)
    ]
    assert runs[0].pk == runs[1].pk
    assert Job.objects.filter(kind="mentoring.assign").count() == 1


def test_a_computation_that_failed_starts_again_when_it_is_asked_for(school):
    def proposed():
        return services.propose_assignment(
            actor=school.user("赵敏"), unit=school.unit, term=school.term
        )

    run = proposed()
    Job.objects.filter(pk=run.job_id).update(state="failed", error_code="attempts")
    assert proposed().pk == run.pk
    assert Job.objects.get(pk=run.job_id).state == "queued"
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.state == "previewed"


def test_whoever_may_look_at_runs_and_pairs_finds_exactly_those(school):
    run = published(school)
    elsewhere = a_school("平桥区第一小学")
    people = [
        *school.people.values(),
        a_teacher("孙慧敏", school=school.unit, posts=[Role.SCHOOL_ADMIN]),
        a_teacher("许静", school=school.unit, posts=[Role.PSYCHOLOGY_TEACHER]),
        a_teacher("钱伟", school=elsewhere, posts=[Role.PRINCIPAL]),
    ]
    seen = {}
    for person in people:
        pairs = visible_assignments(person.user)
        for pair in MentorAssignment.objects.all():
            assert can_view_assignment(person.user, pair) == (pair in pairs)
        assert can_view_run(person.user, run) == (run in visible_runs(person.user))
        seen[person.name] = (pairs.count(), visible_runs(person.user).count())
    assert seen == {
        "王芳": (3, 0), "李强": (3, 0), "赵敏": (6, 1),
        "孙慧敏": (6, 1), "许静": (6, 0), "钱伟": (0, 0),
    }  # fmt: skip
    assert get_run_for(viewer=school.user("赵敏"), run_id=run.pk) == run
    with pytest.raises(Missing):
        get_run_for(viewer=school.user("王芳"), run_id=run.pk)
    assert list(runs_for(viewer=school.user("王芳"), unit=school.unit)) == []


def test_leading_a_class_shows_its_pairs_only_with_the_post(school):
    published(school)
    services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["林小雨"],
        mentor=school.people["赵敏"],
        reason="学生申请更换",
    )
    lin = MentorAssignment.objects.get(pupil=school.pupils["林小雨"], ends_on=None)
    assert can_view_assignment(school.user("王芳"), lin)
    Post.objects.filter(teacher=school.people["王芳"]).update(ends_on=TODAY)
    again = get_user_model().objects.get(pk=school.user("王芳").pk)
    assert not can_view_assignment(again, lin)


def test_publishing_twice_changes_nothing_the_second_time(school):
    run = published(school)
    rows = set(MentorAssignment.objects.values_list("pk", "starts_on", "ends_on"))
    again = services.publish_assignment(actor=school.user("赵敏"), run=run, reason="再点一次")
    assert (again.pk, again.reason) == (run.pk, "新学期结对")
    assert set(MentorAssignment.objects.values_list("pk", "starts_on", "ends_on")) == rows
    assert AuditEvent.objects.filter(verb="mentoring.publish").count() == 1
    assert OutboxEvent.objects.filter(kind__endswith="MentorsAssigned").count() == 1


def test_a_later_assignment_moves_only_who_must_move(school):
    first = published(school)
    kept = mentors_of(school)
    with clock.frozen("2026-04-01T12:00:00+08:00"):
        Employment.objects.filter(teacher=school.people["李强"]).update(ends_on=date(2026, 4, 1))
        second = published(school, reason="李强调离")
        held = mentors_of(school)
    first.refresh_from_db()
    assert (first.state, second.state, second.moves) == ("superseded", "published", 3)
    staying = [name for name, mentor in kept.items() if mentor == "王芳"]
    assert all(held[name] == "王芳" for name in staying)
    assert Counter(held.values())["李强"] == 0
    stayed = MentorAssignment.objects.filter(pupil=school.pupils["林小雨"])
    assert [(row.starts_on, row.ends_on) for row in stayed] == [(TODAY, None)]
    moved = MentorAssignment.objects.filter(pupil=school.pupils["陈思远"]).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in moved] == [
        (TODAY, date(2026, 4, 1)),
        (date(2026, 4, 1), None),
    ]


def test_a_register_that_changed_since_is_not_published(school):
    run = previewed(school)
    a_pupil("新同学", school_class=school.classes[0], since=SPRING)
    with pytest.raises(RegisterChanged, match="重新计算"):
        services.publish_assignment(actor=school.user("赵敏"), run=run, reason="新学期结对")
    run.refresh_from_db()
    assert run.state == "previewed"
    assert not MentorAssignment.objects.exists()


def test_a_shortage_is_kept_and_cannot_be_published(school):
    for name in ("王芳", "李强", "赵敏"):
        services.limit_mentor(
            actor=school.user("赵敏"),
            teacher=school.people[name],
            soft_cap=1,
            hard_cap=1,
            reason="本学期兼任教务",
            starts_on=SPRING,
        )
    run = previewed(school)
    assert (run.state, run.objective, run.shortage["unplaced"]) == ("infeasible", None, 3)
    lack = run.shortage["lacks"][0]
    assert (lack["binds"], lack["places"], lack["short"]) == ("capacity", 3, 3)
    with pytest.raises(NotPublishable, match="补足名额"):
        services.publish_assignment(actor=school.user("赵敏"), run=run, reason="新学期结对")
    assert not MentorAssignment.objects.exists()


def test_publishing_without_a_reason_changes_nothing(school):
    run = previewed(school)
    with pytest.raises(ReasonMissing):
        services.publish_assignment(actor=school.user("赵敏"), run=run, reason="  好 ")
    run.refresh_from_db()
    assert run.state == "previewed"


def test_who_does_not_head_the_school_finds_nothing_there(school):
    run = previewed(school)
    admin = a_teacher("孙慧敏", school=school.unit, posts=[Role.SCHOOL_ADMIN])
    elsewhere = a_teacher("钱伟", school=a_school("平桥区第一小学"), posts=[Role.PRINCIPAL])
    for person in (admin, elsewhere, school.people["王芳"]):
        with pytest.raises(Missing):
            services.publish_assignment(actor=person.user, run=run, reason="新学期结对")
    for person in (elsewhere, school.people["王芳"]):
        with pytest.raises(Missing):
            services.propose_assignment(actor=person.user, unit=school.unit, term=school.term)
        with pytest.raises(Missing):
            gaps_for(viewer=person.user, unit=school.unit)
    assert AssignmentRun.objects.count() == 1
    assert not MentorAssignment.objects.exists()


def test_an_ended_term_and_an_empty_school_are_said_in_words(school):
    with clock.frozen("2026-07-11T08:00:00+08:00"), pytest.raises(TermOver):
        services.propose_assignment(actor=school.user("赵敏"), unit=school.unit, term=school.term)
    empty = a_school("平桥区第一小学")
    with pytest.raises(NoPupils, match="导入学生名册"):
        services.assign_school(actor=None, unit=empty, term=school.term)
    run = services.propose_assignment(actor=None, unit=empty, term=school.term)
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", "no_pupils")
    assert Job.objects.get(pk=run.job_id).error.startswith("这所学校还没有在班学生")


def test_a_pupil_has_one_mentor_at_every_instant(school):
    published(school)
    lin = school.pupils["林小雨"]
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorAssignment.objects.create(
            pupil=lin,
            mentor=school.people["赵敏"],
            unit=school.unit,
            reason="另一位",
            starts_on=date(2026, 5, 1),
        )
    assert MentorAssignment.objects.filter(pupil=lin).count() == 1


def test_a_pupil_who_comes_later_is_a_gap_until_somebody_takes_them(school):
    published(school)
    late = a_pupil("郑新来", school_class=a_class(1, school=school.unit), since=TODAY)
    gaps = gaps_for(viewer=school.user("赵敏"), unit=school.unit)
    assert [(gap.pupil_name, gap.school_class) for gap in gaps] == [("郑新来", "2024级1班")]
    services.assign_by_hand(
        actor=school.user("赵敏"), pupil=late, mentor=school.people["赵敏"], reason="中途转入"
    )
    assert gaps_for(viewer=school.user("赵敏"), unit=school.unit) == []


def test_limits_of_a_period_count_only_in_it(school):
    services.limit_mentor(
        actor=school.user("赵敏"),
        teacher=school.people["李强"],
        soft_cap=0,
        hard_cap=0,
        reason="产假期间不带学生",
        starts_on=SPRING,
        ends_on=date(2026, 4, 1),
    )
    assert MentorLimit.objects.count() == 1
    offers = {
        on: {
            offer.id: offer.hard_cap for offer in instance_of(school.unit, school.term, on).mentors
        }
        for on in (TODAY, date(2026, 4, 1))
    }
    key = str(school.people["李强"].pk)
    assert (offers[TODAY][key], offers[date(2026, 4, 1)][key]) == (0, 20)


def test_a_pupil_who_left_is_not_assigned(school):
    ClassMembership.objects.filter(pupil=school.pupils["周一鸣"]).update(
        ends_on=TODAY, end_reason="left"
    )
    run = published(school)
    assert run.pairs.count() == 5
    assert "周一鸣" not in mentors_of(school)


def test_reading_a_school_takes_as_many_queries_as_it_always_does(
    school, django_assert_max_num_queries
):
    for number in range(30):
        a_pupil(f"学生{number}", school_class=school.classes[number % 2], since=SPRING)
    with django_assert_max_num_queries(12):
        assert len(instance_of(school.unit, school.term, TODAY).pupils) == 36
