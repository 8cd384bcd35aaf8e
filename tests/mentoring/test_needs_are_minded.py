"""Conflicts, qualifications, cadences and mentors by hand, each minded by the assignment."""

from __future__ import annotations

from datetime import date

import pytest

from certification.models import Qualification
from core import clock
from core.errors import Missing
from mentoring import services
from mentoring.models import CareCadence, Conflict, MentorAssignment, Wish
from mentoring.services.needs import ConflictWrong, LimitWrong
from mentoring.services.pairing import ConflictStands, NotQualified, WorksElsewhere
from tests.mentoring.build import SPRING, previewed, published
from tests.people import a_school, a_teacher

TODAY = date(2026, 3, 2)


def mentor_of(school, name: str) -> str | None:
    row = MentorAssignment.objects.on(clock.today()).filter(pupil=school.pupils[name]).first()
    return row.mentor.name if row else None


def careful(school, name: str, **changes):
    facts = {"days": 14, "weight": 3, "needs_qualified": True, "on": TODAY} | changes
    return services.set_care_cadence(pupil_id=school.pupils[name].pk, **facts)


def qualify(teacher) -> None:
    Qualification.objects.create(
        teacher=teacher, kind="counsellor", issuer="河南省心理学会", starts_on=SPRING
    )


def test_a_pair_in_conflict_is_never_made(school):
    services.declare_conflict(
        actor=school.user("王芳"),
        teacher=school.people["王芳"],
        pupil=school.pupils["林小雨"],
        kind="relative",
    )
    published(school)
    assert mentor_of(school, "林小雨") in {"李强", "赵敏"}


def test_declaring_a_conflict_ends_the_pair_the_same_day(school):
    published(school)
    for _time in range(2):
        services.declare_conflict(
            actor=school.user("王芳"),
            teacher=school.people["王芳"],
            pupil=school.pupils["林小雨"],
            kind="relative",
        )
    assert Conflict.objects.count() == 1
    assert mentor_of(school, "林小雨") is None
    with pytest.raises(ConflictStands, match="回避"):
        services.assign_by_hand(
            actor=school.user("赵敏"),
            pupil=school.pupils["林小雨"],
            mentor=school.people["王芳"],
            reason="家长要求",
        )


def test_only_the_teacher_or_the_school_declares_a_conflict(school):
    stranger = a_teacher("钱伟", school=a_school("平桥区第一小学"))
    for actor in (stranger.user, school.user("李强")):
        with pytest.raises(Missing):
            services.declare_conflict(
                actor=actor,
                teacher=school.people["王芳"],
                pupil=school.pupils["林小雨"],
                kind="relative",
            )
    assert not Conflict.objects.exists()


def test_nobody_meddles_in_a_school_where_they_do_not_work(school):
    visitor = a_teacher("钱伟", school=a_school("平桥区第一小学"))
    for actor in (visitor.user, school.user("赵敏")):
        with pytest.raises(Missing):
            services.declare_conflict(
                actor=actor, teacher=visitor, pupil=school.pupils["林小雨"], kind="relative"
            )
    with pytest.raises(ConflictWrong, match="列出的情形"):
        services.declare_conflict(
            actor=school.user("王芳"),
            teacher=school.people["王芳"],
            pupil=school.pupils["林小雨"],
            kind="dislike",
        )
    assert not Conflict.objects.exists()


def test_who_needs_a_qualified_mentor_gets_one(school):
    qualify(school.people["赵敏"])
    careful(school, "林小雨")
    published(school)
    assert mentor_of(school, "林小雨") == "赵敏"


def test_without_a_qualified_mentor_the_shortage_says_so(school):
    careful(school, "林小雨")
    run = previewed(school)
    lack = run.shortage["lacks"][0]
    assert (run.state, lack["binds"], lack["short"]) == ("infeasible", "qualification", 1)
    assert run.shortage["repairs"][0]["supervised"] == [str(school.pupils["林小雨"].pk)]


def test_a_qualification_that_has_ended_does_not_count(school):
    qualify(school.people["赵敏"])
    Qualification.objects.update(ends_on=TODAY)
    careful(school, "林小雨")
    assert previewed(school).state == "infeasible"


def test_a_cadence_ends_when_another_begins_and_the_same_changes_nothing(school):
    first = careful(school, "林小雨")
    assert careful(school, "林小雨") == first
    careful(school, "林小雨", days=7, weight=4, on=date(2026, 3, 20))
    careful(school, "林小雨", days=None, weight=None, on=date(2026, 5, 1))
    rows = CareCadence.objects.order_by("starts_on")
    assert [(row.days, row.weight, row.starts_on, row.ends_on) for row in rows] == [
        (14, 3, TODAY, date(2026, 3, 20)),
        (7, 4, date(2026, 3, 20), date(2026, 5, 1)),
    ]


def test_a_wish_is_heard_where_it_costs_little(school):
    Wish.objects.create(
        pupil=school.pupils["陈思远"], term=school.term, teacher=school.people["王芳"], rank=1
    )
    published(school)
    assert mentor_of(school, "陈思远") == "王芳"


def test_a_mentor_by_hand_takes_over_today(school):
    published(school)
    made = services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["林小雨"],
        mentor=school.people["李强"],
        reason="学生申请更换",
    )
    again = services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["林小雨"],
        mentor=school.people["李强"],
        reason="再点一次",
    )
    assert again == made
    assert mentor_of(school, "林小雨") == "李强"
    assert MentorAssignment.objects.filter(pupil=school.pupils["林小雨"]).count() == 2


def test_by_hand_neither_strangers_nor_the_unqualified_are_taken(school):
    careful(school, "高子涵")
    visitor = a_teacher("钱伟", school=a_school("平桥区第一小学"))
    cases = [("高子涵", school.people["李强"], NotQualified), ("林小雨", visitor, WorksElsewhere)]
    for child, mentor, refusal in cases:
        with pytest.raises(refusal):
            services.assign_by_hand(
                actor=school.user("赵敏"),
                pupil=school.pupils[child],
                mentor=mentor,
                reason="学校安排",
            )
    with pytest.raises(Missing):
        services.assign_by_hand(
            actor=school.user("王芳"),
            pupil=school.pupils["林小雨"],
            mentor=school.people["李强"],
            reason="学校安排",
        )
    assert not MentorAssignment.objects.exists()


def test_a_wrong_limit_is_refused_in_words(school):
    def limit(soft, hard, **more):
        return services.limit_mentor(
            actor=school.user("赵敏"),
            teacher=school.people["李强"],
            soft_cap=soft,
            hard_cap=hard,
            reason="兼任教务主任",
            starts_on=TODAY,
            **more,
        )

    for soft, hard in ((5, 4), (-1, 3), (1, 501)):
        with pytest.raises(LimitWrong):
            limit(soft, hard)
    with pytest.raises(LimitWrong):
        limit(1, 2, ends_on=TODAY)
    kept = limit(5, 8)
    assert limit(5, 8) == kept
    changed = limit(6, 8)
    assert list(school.people["李强"].mentor_limits.on(TODAY)) == [changed]
