"""Objects of mentoring for the access sweep."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from core import clock
from mentoring.models import (
    AssignmentRun,
    Contact,
    ContactPupil,
    Handover,
    HandoverBrief,
    MentorAssignment,
)
from mentoring.selectors.instances import rules_on
from schools.models import Pupil, Teacher, Unit
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.mentoring.build import a_term
from tests.people import a_class, a_pupil

PLANNERS = {"principal", "schooladmin"}
HEADS = {"principal"}
TODAY = date.today()


def a_run(unit: Unit) -> AssignmentRun:
    """A computed assignment of the school that lacks places."""
    return AssignmentRun.objects.create(
        unit=unit,
        term=a_term("2099-1", TODAY, date(2099, 7, 11)),
        rule_set=rules_on(TODAY),
        state="infeasible",
        instance={"mentors": [], "pupils": []},
        shortage={"unplaced": 1, "lacks": [], "repairs": []},
    )


def a_child(unit: Unit, name: str) -> Pupil:
    return a_pupil(name, school_class=a_class(1, school=unit), since=TODAY)


@example("mentoring:assignment", "api:assignment_run")
def runs(town: Town) -> list[Case]:
    return [
        Case("own school", {"run_id": a_run(town.school).pk}, PLANNERS),
        Case("other school", {"run_id": a_run(town.other_school).pk}, set()),
        Case("other county", {"run_id": a_run(town.far_school).pk}, set()),
    ]


@example("mentoring:publish", "mentoring:repair", "api:publication")
def runs_to_settle(town: Town) -> list[Case]:
    body = {"reason": "新学期结对", "repair": 0}
    return [
        Case("own school", {"run_id": a_run(town.school).pk}, HEADS, body=body),
        Case("other school", {"run_id": a_run(town.other_school).pk}, set(), body=body),
    ]


@example("mentoring:mentors", "mentoring:gaps")
def schools(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, PLANNERS),
        Case("other school", {"unit_id": town.other_school.pk}, set()),
        Case("other county", {"unit_id": town.far_school.pk}, set()),
    ]


@example("mentoring:limit")
def mentors(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, PLANNERS),
        Case("other school", {"teacher_id": town.people["neighbour"].pk}, set()),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, set()),
    ]


@example("mentoring:by_hand")
def pupils(town: Town) -> list[Case]:
    return [
        Case("own school", {"pupil_id": a_child(town.school, "林小雨").pk}, HEADS),
        Case("other school", {"pupil_id": a_child(town.other_school, "高子涵").pk}, set()),
        Case("other county", {"pupil_id": a_child(town.far_school, "周一鸣").pk}, set()),
    ]


def a_pair(unit: Unit, mentor: Teacher, name: str, until: date | None = None) -> Pupil:
    """A pupil of the school and a mentor; the pair ends on `until`."""
    child = a_child(unit, name)
    MentorAssignment.objects.create(
        pupil=child,
        mentor=mentor,
        unit=unit,
        reason="转入学生",
        starts_on=date(2020, 9, 1),
        ends_on=until,
    )
    return child


def a_contact(unit: Unit, mentor: Teacher, name: str, until: date | None = None) -> Contact:
    """A talk that the mentor logged with a pupil of the school."""
    contact = Contact.objects.create(
        mentor=mentor,
        unit=unit,
        kind="talk",
        outcome="made",
        occurred_at=clock.now(),
        submission_key=uuid4(),
    )
    ContactPupil.objects.create(contact=contact, pupil=a_pair(unit, mentor, name, until))
    return contact


@example("mentoring:pupil")
def mentored_pupils(town: Town) -> list[Case]:
    mentor, neighbour = town.people["teacher"], town.people["neighbour"]
    ours = a_pair(town.school, mentor, "林小雨")
    ended = a_pair(town.school, mentor, "何静怡", until=TODAY)
    theirs = a_pair(town.other_school, neighbour, "高子涵")
    readers = {"principal", "psych"}
    return [
        Case("own pupil", {"pupil_id": ours.pk}, readers | {"teacher"}),
        Case("ended assignment", {"pupil_id": ended.pk}, readers),
        Case("other school", {"pupil_id": theirs.pk}, {"neighbour"}),
    ]


@example("mentoring:amend", "mentoring:void", "api:amendments")
def logged_contacts(town: Town) -> list[Case]:
    mentor, neighbour = town.people["teacher"], town.people["neighbour"]
    ours = a_contact(town.school, mentor, "林小雨")
    ended = a_contact(town.school, mentor, "何静怡", until=TODAY)
    theirs = a_contact(town.other_school, neighbour, "高子涵")
    body = {"text": "家长也在场。", "reason": "漏写一句"}
    return [
        Case("own contact", {"contact_id": ours.pk}, {"teacher"}, body=body),
        Case("ended assignment", {"contact_id": ended.pk}, set(), body=body),
        Case("other school", {"contact_id": theirs.pk}, {"neighbour"}, body=body),
    ]


@example("mentoring:handover_offer")
def mentors_who_give(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, HEADS),
        Case("other school", {"teacher_id": town.people["neighbour"].pk}, set()),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, set()),
    ]


def a_handover(
    unit: Unit,
    giver: Teacher,
    taker: Teacher,
    name: str,
    *,
    briefed: bool = True,
    over: bool = False,
) -> Handover:
    """A pupil passes from `giver` to `taker`; what is over has been declined."""
    pair = MentorAssignment.objects.get(pupil=a_pair(unit, giver, name))
    row = Handover.objects.create(
        pair=pair,
        pupil=pair.pupil,
        unit=unit,
        from_mentor=giver,
        to_mentor=taker,
        reason="休产假",
        state="refused" if over else "briefed" if briefed else "offered",
        briefed_at=clock.now() if briefed else None,
        closed_at=clock.now() if over else None,
        answer="带的学生已满额" if over else "",
    )
    if briefed:
        HandoverBrief.objects.create(handover=row, text="周三放学后最愿意谈。")
    return row


def handovers(town: Town, **kind: bool) -> tuple[Handover, Handover]:
    """One in the town's school between two of its people, one in the other school, where who is
    asked works no more.
    """
    own, other = town.people, town.other_school
    return (
        a_handover(town.school, own["teacher"], own["psych"], "林小雨", **kind),
        a_handover(other, own["neighbour"], own["stranger"], "高子涵", **kind),
    )


@example("mentoring:handover")
def handovers_to_look_at(town: Town) -> list[Case]:
    ours, theirs = handovers(town)
    over = a_handover(
        town.school, town.people["teacher"], town.people["schooladmin"], "何静怡", over=True
    )
    return [
        Case("own school", {"handover_id": ours.pk}, {"teacher", "psych", "principal"}),
        Case("declined", {"handover_id": over.pk}, {"psych", "principal"}),
        Case("other school", {"handover_id": theirs.pk}, {"neighbour"}),
    ]


@example("mentoring:handover_brief")
def handovers_to_brief(town: Town) -> list[Case]:
    ours, theirs = handovers(town, briefed=False)
    body = {"text": "周三放学后最愿意谈，先问近况。"}
    return [
        Case("own school", {"handover_id": ours.pk}, {"teacher"}, body=body),
        Case("other school", {"handover_id": theirs.pk}, {"neighbour"}, body=body),
    ]


@example("mentoring:handover_accept", "mentoring:handover_refuse")
def handovers_to_answer(town: Town) -> list[Case]:
    ours, theirs = handovers(town)
    body = {"reason": "带的学生已满额"}
    return [
        Case("own school", {"handover_id": ours.pk}, {"psych"}, body=body),
        Case("other school", {"handover_id": theirs.pk}, set(), body=body),
    ]


@example("mentoring:handover_withdraw")
def handovers_to_withdraw(town: Town) -> list[Case]:
    ours, theirs = handovers(town)
    body = {"reason": "改由校长接手"}
    return [
        Case("own school", {"handover_id": ours.pk}, HEADS, body=body),
        Case("other school", {"handover_id": theirs.pk}, set(), body=body),
    ]


@example("mentoring:unit_figures")
def counties(town: Town) -> list[Case]:
    return [
        Case("own county", {"unit_id": town.school.parent_id}, {"county", "bureau"}),
        Case("other county", {"unit_id": town.far_school.parent_id}, {"bureau"}),
        Case("a school", {"unit_id": town.school.pk}, set()),
    ]
