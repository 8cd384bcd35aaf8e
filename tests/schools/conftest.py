"""One small town: two schools of one county, one of another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.models import User
from schools.models import Role, Teacher, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher


@dataclass
class Town:
    """The people that the tests speak of."""

    school: Unit
    sibling: Unit
    far: Unit
    wang: Teacher
    zhao: Teacher
    li: Teacher
    chen: Teacher
    zheng: Teacher
    shi: Teacher

    def user(self, teacher: Teacher) -> User:
        """The user as the next request loads it."""
        return User.objects.get(pk=teacher.user_id)


@pytest.fixture
def places(at, db) -> Town:
    """王芳 teaches; 赵静 keeps her school's roster; 李明 heads it; 陈刚 is the county's officer,
    郑华 the bureau's; 石磊 keeps the roster of a school in another county."""
    at("2026-03-02T09:00:00+08:00")
    school, sibling = a_school("浉河区第一小学"), a_school("浉河区第二小学")
    far = a_school("固始县第一小学", county=a_county("固始县"))
    return Town(
        school=school,
        sibling=sibling,
        far=far,
        wang=a_teacher("王芳", school=school, number="A1", phone="13800000001"),
        zhao=a_teacher("赵静", school=school, number="A2", posts=[Role.SCHOOL_ADMIN]),
        li=a_teacher("李明", school=school, number="A3", posts=[Role.PRINCIPAL]),
        chen=a_teacher("陈刚", school=a_county(), number="C1", posts=[Role.COUNTY_OFFICER]),
        zheng=a_teacher("郑华", school=a_bureau(), number="Z1", posts=[Role.BUREAU_OFFICER]),
        shi=a_teacher("石磊", school=far, number="F1", posts=[Role.SCHOOL_ADMIN]),
    )
