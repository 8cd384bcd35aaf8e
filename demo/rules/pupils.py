"""Invented classes and children: the same seed gives the same names, families and seats."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from random import Random

from demo.rules.people import MEN, SINGLE, SURNAMES, WOMEN
from demo.rules.places import School, Size
from schools.rules.grades import FIRST_AND_LAST

CROWDED = "4115030006"
"""A school with more pupils than its mentors have places for."""
CROWD = 330
LARGEST_CLASS = 45
SIBLINGS = 0.08
RELATIONS = ("母亲", "父亲", "祖母", "外祖父")
PHONE = "199{:08}"
"""Guardians' phones of the demonstration; nobody is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """A class by how many years ago it entered, and its number; its grade follows."""

    years_ago: int
    number: int


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil: number within the school, seat, and a family shared by brothers and sisters."""

    number: str
    name: str
    sex: str
    form: Form
    family: str
    guardian: str
    relation: str
    phone: str


def pupils_at(school: School, size: Size) -> int:
    """How many pupils the school has."""
    return CROWD if school.code == CROWDED else size.pupils_per_school


def forms_of(school: School, size: Size) -> tuple[Form, ...]:
    """The classes of every grade, none larger than 45."""
    first, last = FIRST_AND_LAST[school.stage]
    grades = last - first + 1
    each = ceil(pupils_at(school, size) / (grades * LARGEST_CLASS))
    return tuple(
        Form(years_ago, number) for years_ago in range(grades) for number in range(1, each + 1)
    )


def children_of(school: School, size: Size, seed: int) -> tuple[Child, ...]:
    """The pupils of a school, spread evenly over its classes; one in twelve has a sibling there."""
    dice = Random(f"{seed}/{school.code}/pupils")  # noqa: S311 (invented names, not secrets)
    forms = forms_of(school, size)
    made: list[Child] = []
    for number in range(pupils_at(school, size)):
        form = forms[number % len(forms)]
        elder = dice.choice(made) if made and dice.random() < SIBLINGS else None
        made.append(_child(school, number + 1, form, elder, dice))
    return tuple(made)


def _child(school: School, number: int, form: Form, elder: Child | None, dice: Random) -> Child:
    surname = elder.name[0] if elder else dice.choice(SURNAMES)
    sex = dice.choice(("female", "male"))
    given = _given(surname, sex, dice)
    relation = elder.relation if elder else dice.choice(RELATIONS)
    guardian = _given(surname, "male" if relation == "父亲" else "female", dice)
    return Child(
        number=f"{school.code}{number:05}",
        name=surname + given,
        sex=sex,
        form=form,
        family=elder.family if elder else f"F{number:05}",
        guardian=elder.guardian if elder else dice.choice(SURNAMES) + guardian,
        relation=relation,
        phone=elder.phone if elder else PHONE.format(int(school.code[-4:]) * 10_000 + number),
    )


def _given(surname: str, sex: str, dice: Random) -> str:
    if dice.random() < 0.15:
        return dice.choice(SINGLE)
    first, second = MEN if sex == "male" else WOMEN
    return dice.choice(first) + dice.choice(second.replace(surname, "华"))
