"""Objects of the locked room for the access sweep."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.access.examples import Case, example
from tests.access.town import Town
from tests.people import a_class, a_pupil, a_teacher
from wellbeing import services
from wellbeing.models import Signal

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


@example("wellbeing:signal", "wellbeing:acknowledge")
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
