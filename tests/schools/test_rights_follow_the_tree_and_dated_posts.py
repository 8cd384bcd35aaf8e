"""Scopes, and what each person can see because of them."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from schools import permissions
from schools.models import Post, Role, RosterImport, Teacher, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher, a_user

pytestmark = pytest.mark.django_db


def fresh(teacher: Teacher) -> User:
    """The user as the next request loads it."""
    return User.objects.get(pk=teacher.user_id)


@pytest.fixture
def town(at):
    at("2026-03-02T09:00:00+08:00")
    first, second = a_school("浉河区第一小学"), a_school("浉河区第二小学")
    elsewhere = a_school("固始县高级中学", county=a_county("固始县"), stage="senior")
    a_teacher("王芳", school=first)
    a_teacher("李明", school=first, posts=[Role.PRINCIPAL])
    a_teacher("赵静", school=first, posts=[Role.SCHOOL_ADMIN])
    a_teacher("孙丽", school=first, posts=[Role.PSYCHOLOGY_TEACHER])
    a_teacher("周涛", school=second)
    a_teacher("陈刚", school=a_county(), posts=[Role.COUNTY_OFFICER])
    a_teacher("吴敏", school=a_county(), posts=[Role.REGISTRAR])
    a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER])
    a_teacher("何平", school=a_bureau(), posts=[Role.AUDITOR])
    a_teacher("石磊", school=elsewhere)


def test_what_each_person_sees_is_what_each_person_may_view(town):
    for unit in Unit.objects.all():
        RosterImport.objects.create(unit=unit, file_name="名册.xlsx", sha256=unit.code)
    viewers = [*User.objects.all(), a_user("root")]
    viewers[-1].is_superuser = True
    for user in viewers:
        seen = set(permissions.visible_teachers(user))
        assert seen == {t for t in Teacher.objects.all() if permissions.can_view_teacher(user, t)}
        units = set(permissions.visible_units(user))
        assert units == {u for u in Unit.objects.all() if permissions.can_view_unit(user, u)}
        imports = set(permissions.visible_imports(user))
        assert imports == {
            one for one in RosterImport.objects.all() if permissions.can_view_import(user, one)
        }


@pytest.mark.parametrize(
    ("viewer", "names"),
    [
        ("王芳", {"王芳"}),
        ("孙丽", {"孙丽"}),
        ("李明", {"王芳", "李明", "赵静", "孙丽"}),
        ("赵静", {"王芳", "李明", "赵静", "孙丽"}),
        ("陈刚", {"王芳", "李明", "赵静", "孙丽", "周涛", "陈刚", "吴敏"}),
        ("吴敏", {"王芳", "李明", "赵静", "孙丽", "周涛", "陈刚", "吴敏"}),
        ("何平", {"何平"}),
        ("石磊", {"石磊"}),
    ],
)
def test_a_person_sees_the_staff_of_the_own_posts(town, viewer, names):
    user = fresh(Teacher.objects.get(name=viewer))
    assert set(permissions.visible_teachers(user).values_list("name", flat=True)) == names


def test_the_bureau_officer_sees_everybody(town):
    user = fresh(Teacher.objects.get(name="郑华"))
    assert permissions.visible_teachers(user).count() == 10


def test_a_superuser_without_a_post_sees_nobody(town):
    user = a_user("root")
    user.is_superuser = user.is_staff = True
    user.save()
    assert not permissions.visible_teachers(user).exists()
    assert not permissions.visible_units(user).exists()


def test_rights_end_on_the_day_the_post_ends(town, at):
    admin = Teacher.objects.get(name="赵静")
    assert permissions.scope_of(fresh(admin)).holds(Role.SCHOOL_ADMIN)
    Post.objects.filter(teacher=admin).update(ends_on=date(2026, 3, 3))
    assert permissions.scope_of(fresh(admin)).holds(Role.SCHOOL_ADMIN)
    at("2026-03-03T00:00:00+08:00")
    assert permissions.scope_of(fresh(admin)).posts == ()
    assert list(permissions.visible_teachers(fresh(admin))) == [admin]


def test_a_disabled_account_has_no_scope(town):
    admin = Teacher.objects.get(name="赵静")
    User.objects.filter(pk=admin.user_id).update(is_active=False)
    assert permissions.scope_of(fresh(admin)) == permissions.Scope()


def test_the_scope_is_read_once_for_a_request(town, django_assert_num_queries):
    user = fresh(Teacher.objects.get(name="陈刚"))
    with django_assert_num_queries(2):
        assert permissions.scope_of(user).covers("/XY/411502/S0001/", Role.COUNTY_OFFICER)
        assert not permissions.scope_of(user).covers("/XY/411525/S0003/")
        assert permissions.scope_of(user).paths() == ("/XY/411502/",)


def test_a_scope_names_no_unit_twice():
    scope = permissions.Scope(posts=(("principal", "/XY/1/A/"), ("county_officer", "/XY/1/")))
    assert scope.paths() == ("/XY/1/",)
    assert scope.paths("principal") == ("/XY/1/A/",)
    assert scope.holds("principal", "auditor")
    assert not scope.holds("auditor")
    assert not scope.covers("/XY/11/")


def test_whoever_keeps_a_roster_may_give_the_posts_of_that_level(town):
    school, county, bureau = a_school("浉河区第一小学"), a_county(), a_bureau()
    admin = fresh(Teacher.objects.get(name="赵静"))
    officer = fresh(Teacher.objects.get(name="陈刚"))
    chief = fresh(Teacher.objects.get(name="郑华"))
    principal = fresh(Teacher.objects.get(name="李明"))
    grantable = permissions.grantable_roles
    assert grantable(admin, school) == permissions.SCHOOL_ROLES
    assert grantable(admin, a_school("浉河区第二小学")) == frozenset()
    assert grantable(admin, county) == frozenset()
    assert grantable(officer, school) == permissions.SCHOOL_ROLES
    assert grantable(officer, county) == {Role.REGISTRAR, Role.COUNTY_OFFICER}
    assert grantable(officer, bureau) == frozenset()
    assert grantable(officer, a_county("固始县")) == frozenset()
    assert grantable(chief, bureau) == permissions.BUREAU_ROLES
    assert grantable(principal, school) == frozenset()


def test_nobody_decides_on_his_own_posts(town):
    admin, teacher = Teacher.objects.get(name="赵静"), Teacher.objects.get(name="王芳")
    school = a_school("浉河区第一小学")
    can = permissions.can_change_post
    assert can(fresh(admin), teacher=teacher, role=Role.GRADE_HEAD, unit=school)
    assert not can(fresh(admin), teacher=admin, role=Role.PRINCIPAL, unit=school)
