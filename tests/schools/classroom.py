"""A school with two classes and the people around them, for the tests of classes and pupils."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from schools.models import ClassTeacher, Pupil, Role, SchoolClass, Teacher
from tests.people import LONG_AGO, a_class, a_pupil, a_school, a_teacher
from tests.schools.conftest import Town


@dataclass
class Classroom:
    """孙丽 leads 2024级1班, where 林小雨 and 高子涵 sit; 何平 is the psychology teacher."""

    town: Town
    first: SchoolClass
    second: SchoolClass
    sun: Teacher
    he: Teacher
    lin: Pupil
    gao: Pupil

    def user(self, teacher: Teacher) -> User:
        """The user as the next request loads it."""
        return self.town.user(teacher)

    @property
    def admin(self) -> User:
        """赵静, who keeps the school's pupils."""
        return self.user(self.town.zhao)


def a_classroom(town: Town) -> Classroom:
    """Two classes of the own school, one led; a pupil of another school, 田雨, is far away."""
    first, second = a_class(1, school=town.school), a_class(2, school=town.school)
    sun = a_teacher("孙丽", school=town.school, number="A4", posts=[Role.CLASS_TEACHER])
    he = a_teacher("何平", school=town.school, number="A5", posts=[Role.PSYCHOLOGY_TEACHER])
    ClassTeacher.objects.create(school_class=first, teacher=sun, starts_on=LONG_AGO)
    a_pupil("田雨", school_class=a_class(1, school=a_school("固始县第一小学")))
    return Classroom(
        town=town,
        first=first,
        second=second,
        sun=sun,
        he=he,
        lin=a_pupil("林小雨", school_class=first),
        gao=a_pupil("高子涵", school_class=first, sex="male"),
    )
