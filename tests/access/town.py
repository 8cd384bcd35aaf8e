"""The people and places of the sweep: every demo role, in its own place, and strangers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import Permission

from accounts.models import User
from schools.models import Role, Teacher, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher

ROLES = (
    "teacher",
    "colleague",
    "classteacher",
    "psych",
    "principal",
    "schooladmin",
    "registrar",
    "county",
    "bureau",
    "auditor",
    "editor",
    "neighbour",
    "stranger",
    "root",
)
"""Signed-in people. ``colleague`` works beside ``teacher``, ``neighbour`` at another school of the
county, ``stranger`` in another county; ``root`` is a Django superuser without posts."""

EVERYBODY = frozenset({"anonymous", *ROLES})
SIGNED_IN = frozenset(ROLES)


@dataclass
class Town:
    """Three schools, their people by role, and room for what the examples make."""

    people: dict[str, Teacher] = field(default_factory=dict)

    @cached_property
    def school(self) -> Unit:
        """The own school of the sweep's people, in 浉河区."""
        return a_school("浉河区第一小学")

    @cached_property
    def other_school(self) -> Unit:
        """Another school of the same county."""
        return a_school("浉河区第二小学")

    @cached_property
    def far_school(self) -> Unit:
        """A school of another county."""
        return a_school("固始县第一中学", county=a_county("固始县"))

    def user(self, role: str) -> User:
        """The sign-in of a role."""
        user = self.people[role].user
        assert user is not None
        return user


def build_town() -> Town:
    """A fresh town; nobody has a password, sign in by ``client.force_login``."""
    town = Town()
    county, bureau = a_county("浉河区"), a_bureau()
    own, other, far = town.school, town.other_school, town.far_school
    places: dict[str, tuple[str, Unit, Role | None]] = {
        "teacher": ("李娜", own, None),
        "colleague": ("王芳", own, None),
        "classteacher": ("陈洁", own, Role.CLASS_TEACHER),
        "psych": ("周敏", own, Role.PSYCHOLOGY_TEACHER),
        "principal": ("赵磊", own, Role.PRINCIPAL),
        "schooladmin": ("高洁", own, Role.SCHOOL_ADMIN),
        "registrar": ("郑和", county, Role.REGISTRAR),
        "county": ("冯涛", county, Role.COUNTY_OFFICER),
        "bureau": ("韩冰", bureau, Role.BUREAU_OFFICER),
        "auditor": ("严正", bureau, Role.AUDITOR),
        "editor": ("文静", bureau, Role.EDITOR),
        "neighbour": ("孙浩", other, None),
        "stranger": ("钱坤", far, None),
        "root": ("金星", own, None),
    }
    for role, (name, unit, post) in places.items():
        posts = [(post, unit)] if post else []
        town.people[role] = a_teacher(name, school=unit, posts=posts, number=f"W-{role.upper()}")
    User.objects.filter(pk=town.user("root").pk).update(is_superuser=True, is_staff=True)
    enter = Permission.objects.get(codename="access_admin")
    town.user("editor").user_permissions.add(enter)
    return town
