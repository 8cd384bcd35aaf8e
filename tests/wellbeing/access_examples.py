"""Objects of the locked room for the access sweep."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from schools.models import ClassTeacher, Teacher, Unit
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.people import a_class, a_pupil, a_teacher
from wellbeing import services
from wellbeing.models import LedgerEntry, Signal

READERS = {"psych", "principal"}
TODAY = date.today()


def a_signal(town: Town, role: str, **changes: Any) -> Signal:
    """A worry that somebody of the town raised about a pupil of the own school."""
    facts = {
        "urgency": "orange",
        "text": "上课一直哭",
        "submission_key": uuid4(),
        "pupil_name": "林小雨",
    } | changes
    return services.raise_signal(actor=town.user(role), **facts)


@example("wellbeing:signal", "wellbeing:acknowledge", "api:signal", "api:acknowledgement")
def signals(town: Town) -> list[Case]:
    unit = town.school
    a_pupil("林小雨", school_class=a_class(1, school=unit), since=TODAY)
    ours = a_signal(town, "teacher")
    named = a_signal(town, "teacher", names="赵磊校长")
    a_teacher("许静", school=town.far_school, posts=["psychology_teacher"])
    theirs, far = a_signal(town, "neighbour"), a_signal(town, "stranger")
    return [
        Case("own school", {"signal_id": ours.pk}, READERS),
        Case("names the principal", {"signal_id": named.pk}, {"psych", "county"}),
        Case("other school", {"signal_id": theirs.pk}, {"county", "bureau"}),
        Case("other county", {"signal_id": far.pk}, {"bureau"}),
    ]


FOUND = {"outcome": "observe", "reason": "三月二日谈过，情绪平稳"}


@example("wellbeing:close", "wellbeing:confirm_unfounded")
def signals_in_hand(town: Town) -> list[Case]:
    """The same signals, those of the own school taken on by its psychology teacher."""
    cases = signals(town)
    for case in cases[:2]:
        signal = Signal.objects.get(pk=case.kwargs["signal_id"])
        services.acknowledge_signal(actor=town.user("psych"), signal=signal)
    return [Case(case.place, case.kwargs, case.open_to, body=FOUND) for case in cases]


@example("wellbeing:join")
def signals_to_join(town: Town) -> list[Case]:
    """Each of them with another one about the same pupil, told by the same person."""
    others = (a_signal(town, role) for role in ("teacher", "neighbour", "stranger"))
    cases = signals_in_hand(town)
    places = (cases[0], *cases[2:])
    return [
        Case(case.place, case.kwargs | {"other_id": other.pk}, case.open_to)
        for case, other in zip(places, others, strict=True)
    ]


def an_entry(unit: Unit, number: int, by: Teacher, leader: Teacher | None = None) -> LedgerEntry:
    """Proposed by the psychology teacher of the school, of a pupil in a class of that number."""
    seat = a_class(number, school=unit)
    pupil = a_pupil(f"林小{number}", school_class=seat, since=TODAY)
    if leader is not None:
        ClassTeacher.objects.create(school_class=seat, teacher=leader, starts_on=TODAY)
    assert by.user is not None
    return services.propose_entry(
        actor=by.user, pupil=pupil, category="orphan", reason="父母均已去世"
    )


@example(
    "wellbeing:entry",
    "wellbeing:confirm",
    "wellbeing:withdraw",
    "wellbeing:end",
    "api:ledger_entry",
    "api:ledger_confirmation",
    "api:ledger_withdrawal",
    "api:ledger_end",
)
def entries(town: Town) -> list[Case]:
    psych, leader = town.people["psych"], town.people["classteacher"]
    other = a_teacher("许静", school=town.other_school, posts=["psychology_teacher"])
    far = a_teacher("程远", school=town.far_school, posts=["psychology_teacher"])
    own = an_entry(town.school, 1, psych, leader)
    beside = an_entry(town.school, 2, psych)
    theirs, away = an_entry(town.other_school, 3, other), an_entry(town.far_school, 4, far)
    body = {"reason": "父母已返乡共同生活"}
    return [
        Case("own class", {"entry_id": own.pk}, {"psych", "classteacher"}, body=body),
        Case("other class", {"entry_id": beside.pk}, {"psych"}, body=body),
        Case("other school", {"entry_id": theirs.pk}, set(), body=body),
        Case("other county", {"entry_id": away.pk}, set(), body=body),
    ]
