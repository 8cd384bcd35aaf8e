"""A small school and whoever looks after its pupils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from accounts.models import User
from schools.models import ClassTeacher, Pupil, Role, SchoolClass, Teacher, Unit
from tests.people import a_bureau, a_class, a_county, a_pupil, a_school, a_teacher
from wellbeing import services
from wellbeing.models import LedgerEntry, Signal

SPRING = date(2026, 2, 16)
MONDAY = "2026-03-02T09:00:00+08:00"
WHY = "父母长期在外务工，由祖父母照看"


@dataclass(frozen=True)
class House:
    """The school, its people and its pupils by name."""

    unit: Unit
    people: dict[str, Teacher]
    pupils: dict[str, Pupil]
    classes: tuple[SchoolClass, SchoolClass]

    def user(self, name: str) -> Any:
        """The sign-in of a person, as the next request loads it."""
        return User.objects.get(pk=self.people[name].user_id)


def a_house() -> House:
    """周敏 is psychology teacher, 王芳 leads class 1, 李强 class 2; 陈副 is deputy, 赵磊 principal,
    李娜 teaches; 冯涛 is the county's officer, 韩冰 the bureau's; 许静 is psychology teacher of
    another school, 金星 a superuser without posts.
    """
    unit, county, bureau = a_school("浉河区第一小学"), a_county("浉河区"), a_bureau()
    other = a_school("浉河区第二小学")
    first, second = a_class(1, school=unit), a_class(2, school=unit)
    places: dict[str, tuple[Unit, Role | None]] = {
        "周敏": (unit, Role.PSYCHOLOGY_TEACHER),
        "王芳": (unit, Role.CLASS_TEACHER),
        "李强": (unit, Role.CLASS_TEACHER),
        "陈副": (unit, Role.DEPUTY),
        "赵磊": (unit, Role.PRINCIPAL),
        "李娜": (unit, None),
        "冯涛": (county, Role.COUNTY_OFFICER),
        "韩冰": (bureau, Role.BUREAU_OFFICER),
        "许静": (other, Role.PSYCHOLOGY_TEACHER),
        "金星": (unit, None),
    }
    people = {
        name: a_teacher(name, school=place, posts=[role] if role else [])
        for name, (place, role) in places.items()
    }
    User.objects.filter(pk=people["金星"].user_id).update(is_superuser=True, is_staff=True)
    for led, leader in ((first, "王芳"), (second, "李强")):
        ClassTeacher.objects.create(school_class=led, teacher=people[leader], starts_on=SPRING)
    seats = {"林小雨": first, "高子涵": first, "陈思远": second}
    seats["苏晓晓"] = a_class(1, school=other)
    pupils = {
        child: a_pupil(child, school_class=seat, since=SPRING) for child, seat in seats.items()
    }
    return House(unit, people, pupils, (first, second))


def proposed(house: House, pupil: str = "林小雨", category: str = "left_behind") -> LedgerEntry:
    """Proposed, and so signed, by the psychology teacher."""
    return services.propose_entry(
        actor=house.user("周敏"), pupil=house.pupils[pupil], category=category, reason=WHY
    )


def confirmed(house: House, pupil: str = "林小雨", category: str = "left_behind") -> LedgerEntry:
    """Signed by the psychology teacher and by the class teacher."""
    entry = proposed(house, pupil, category)
    leader = "李强" if pupil == "陈思远" else "王芳"
    services.confirm_entry(actor=house.user(leader), entry=entry)
    return entry


def ended(house: House, entry: LedgerEntry, leader: str = "王芳") -> LedgerEntry:
    """Both signed that the pupil leaves the ledger."""
    for name in ("周敏", leader):
        services.end_entry(actor=house.user(name), entry=entry, reason="父母已返乡共同生活")
    entry.refresh_from_db()
    return entry


def raised(house: House, by: str = "李娜", **changes: Any) -> Signal:
    """A worry about 林小雨, orange and by name unless told."""
    facts = {
        "urgency": "orange",
        "text": "上课一直哭，说不想活了",
        "submission_key": uuid4(),
        "pupil_name": "林小雨",
        "class_name": "2024级1班",
    } | changes
    return services.raise_signal(actor=house.user(by), **facts)


def recipients(signal: Signal) -> set[str]:
    """The names of those to whom a signal was addressed."""
    return {row.teacher.name for row in signal.recipients.select_related("teacher")}
