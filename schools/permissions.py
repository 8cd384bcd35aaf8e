"""Who sees and does what in schools: from the tree and dated posts, nothing else.

A superuser is not special here. Whatever is out of reach looks as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from schools.models import (
    ClassMembership,
    ClassTeacher,
    Employment,
    Post,
    Pupil,
    Role,
    RosterImport,
    SchoolClass,
    Teacher,
    Unit,
)

SCHOOL_ROLES = frozenset(
    {
        Role.PRINCIPAL,
        Role.DEPUTY,
        Role.CLASS_TEACHER,
        Role.GRADE_HEAD,
        Role.PSYCHOLOGY_TEACHER,
        Role.SCHOOL_ADMIN,
    }
)
COUNTY_ROLES = frozenset({Role.REGISTRAR, Role.COUNTY_OFFICER})
BUREAU_ROLES = frozenset({Role.REGISTRAR, Role.BUREAU_OFFICER, Role.AUDITOR, Role.EDITOR})
ROLES_OF_KIND = {"school": SCHOOL_ROLES, "county": COUNTY_ROLES, "bureau": BUREAU_ROLES}

STAFF_READERS = (
    Role.PRINCIPAL,
    Role.DEPUTY,
    Role.SCHOOL_ADMIN,
    Role.REGISTRAR,
    Role.COUNTY_OFFICER,
    Role.BUREAU_OFFICER,
)
"""Who reads the staff of a unit and below. Source: docs/features/access.md, C1 and C2."""
ROSTER_KEEPERS = (Role.SCHOOL_ADMIN, Role.COUNTY_OFFICER, Role.BUREAU_OFFICER)
"""Who imports rosters, opens accounts, gives and ends posts, exports staff lists."""
SCHOOL_KEEPERS = (Role.COUNTY_OFFICER, Role.BUREAU_OFFICER)
"""Who adds schools and moves people between them."""
OFFICERS = (Role.COUNTY_OFFICER, Role.BUREAU_OFFICER)
"""Who reads figures, and figures only, of what all schools below do."""
CLASS_READERS = (
    Role.PRINCIPAL,
    Role.DEPUTY,
    Role.SCHOOL_ADMIN,
    Role.PSYCHOLOGY_TEACHER,
    Role.COUNTY_OFFICER,
    Role.BUREAU_OFFICER,
)
"""Who sees which classes there are and who leads them; no pupil is named by that."""
PUPIL_READERS = (Role.PRINCIPAL, Role.DEPUTY, Role.SCHOOL_ADMIN, Role.PSYCHOLOGY_TEACHER)
"""Who reads the pupils of a school, besides the teacher who leads a class. Source:
docs/features/access.md, C3."""
PUPIL_KEEPERS = (Role.SCHOOL_ADMIN,)
"""Who writes the pupils of a school."""
CONTACT_READERS = (Role.SCHOOL_ADMIN, Role.PSYCHOLOGY_TEACHER)
"""Who sees, masked, how a pupil's guardians are reached. Source: docs/features/access.md, C4."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The posts that a user holds today, as roles over parts of the tree."""

    teacher: Teacher | None = None
    posts: tuple[tuple[str, str], ...] = ()

    def holds(self, *roles: str) -> bool:
        """Whether one of these roles is held anywhere; any role when none is named."""
        return bool(self.paths(*roles))

    def paths(self, *roles: str) -> tuple[str, ...]:
        """The unit paths over which one of these roles is held, without those below another."""
        held = sorted({path for role, path in self.posts if not roles or role in roles})
        return tuple(
            path
            for path in held
            if not any(path != other and path.startswith(other) for other in held)
        )

    def covers(self, path: str, *roles: str) -> bool:
        """Whether one of these roles is held over the unit with this path."""
        return any(path.startswith(own) for own in self.paths(*roles))


def scope_of(user: Any) -> Scope:
    """What the user's posts reach today; read once per user instance, so once per request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Scope()
    cached: Scope | None = user.__dict__.get("_schools_scope")
    if cached is None:
        cached = user.__dict__["_schools_scope"] = read_scope(user, clock.today())
    return cached


def read_scope(user: Any, day: date) -> Scope:
    """The scope of an active user on a civil date."""
    teacher = Teacher.objects.filter(user_id=user.pk).first()
    if teacher is None:
        return Scope()
    held = Post.objects.on(day).filter(teacher=teacher).values_list("role", "unit__path")
    return Scope(teacher=teacher, posts=tuple(held))


def paths_q(field: str, paths: Iterable[str]) -> Q:
    """A condition that `field` lies under one of the paths; no paths match nothing."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def visible_units(user: Any) -> QuerySet[Unit]:
    """The units whose staff the user may read."""
    return Unit.objects.filter(paths_q("path", scope_of(user).paths(*STAFF_READERS)))


def can_view_unit(user: Any, unit: Unit) -> bool:
    """Whether the unit is among the user's visible units."""
    return scope_of(user).covers(unit.path, *STAFF_READERS)


def visible_teachers(user: Any) -> QuerySet[Teacher]:
    """The user's own record, and those of people who work under the user's units today or, being
    employed by nobody today, will later."""
    scope = scope_of(user)
    if scope.teacher is None:
        return Teacher.objects.none()
    paths = scope.paths(*STAFF_READERS)
    return Teacher.objects.filter(
        Q(pk=scope.teacher.pk) | works_under(paths) | will_work_under(paths)
    )


def works_under(paths: Iterable[str]) -> Q:
    """A condition on teachers: employed today by a unit under one of the paths."""
    chosen = tuple(paths)
    if not chosen:
        return Q(pk__in=[])
    today = Employment.objects.on(clock.today()).filter(paths_q("unit__path", chosen))
    return Q(Exists(today.filter(teacher=OuterRef("pk"))))


def will_work_under(paths: Iterable[str]) -> Q:
    """A condition on teachers: employed by nobody today, and later by a unit under a path."""
    chosen = tuple(paths)
    if not chosen:
        return Q(pk__in=[])
    person, today = OuterRef("pk"), clock.today()
    planned = Employment.objects.reaching(today).filter(paths_q("unit__path", chosen))
    working = Employment.objects.on(today).filter(teacher=person)
    return Q(Exists(planned.filter(teacher=person))) & ~Q(Exists(working))


def can_view_teacher(user: Any, teacher: Teacher) -> bool:
    """Whether the teacher is among the user's visible teachers."""
    scope = scope_of(user)
    if scope.teacher is None:
        return False
    if scope.teacher.pk == teacher.pk:
        return True
    current = Employment.objects.on(clock.today()).filter(teacher=teacher)
    if not current.exists():
        current = Employment.objects.reaching(clock.today()).filter(teacher=teacher)
    return any(
        scope.covers(path, *STAFF_READERS) for path in current.values_list("unit__path", flat=True)
    )


def keeps_roster(user: Any, unit: Unit) -> bool:
    """Whether the user may import and export the staff of a unit and open their accounts."""
    return scope_of(user).covers(unit.path, *ROSTER_KEEPERS)


def keeps_schools(user: Any, unit: Unit) -> bool:
    """Whether the user adds schools here and moves people between them."""
    return scope_of(user).covers(unit.path, *SCHOOL_KEEPERS)


def can_correct_teacher(user: Any, teacher: Teacher, unit: Unit | None) -> bool:
    """Whether the user keeps the record of somebody else who works for `unit`."""
    own = scope_of(user).teacher
    return unit is not None and own != teacher and keeps_roster(user, unit)


def can_correct_unit(user: Any, unit: Unit) -> bool:
    """Whether the user corrects a unit: a school from its county up, a county from the bureau."""
    above = unit if unit.is_school or unit.parent is None else unit.parent
    return scope_of(user).covers(above.path, *SCHOOL_KEEPERS)


def visible_imports(user: Any) -> QuerySet[RosterImport]:
    """Imports into units whose roster the user keeps; those that name pupils only where the user
    keeps the pupils too."""
    scope = scope_of(user)
    return RosterImport.objects.filter(
        paths_q("unit__path", scope.paths(*ROSTER_KEEPERS)),
        Q(has_pupils=False) | paths_q("unit__path", scope.paths(*PUPIL_KEEPERS)),
    )


def can_view_import(user: Any, roster: RosterImport) -> bool:
    """Whether the import is among the user's visible imports."""
    if roster.has_pupils and not scope_of(user).covers(roster.unit.path, *PUPIL_KEEPERS):
        return False
    return keeps_roster(user, roster.unit)


def grantable_roles(user: Any, unit: Unit) -> frozenset[str]:
    """The roles that the user may give and end in a unit.

    A school admin gives school posts in the own school, a county officer also the county's
    own posts, a bureau officer all posts.
    """
    scope = scope_of(user)
    keepers: tuple[str, ...] = {
        "school": ROSTER_KEEPERS,
        "county": SCHOOL_KEEPERS,
        "bureau": (Role.BUREAU_OFFICER,),
    }[unit.kind]
    return ROLES_OF_KIND[unit.kind] if scope.covers(unit.path, *keepers) else frozenset()


def can_change_post(user: Any, *, teacher: Teacher, role: str, unit: Unit) -> bool:
    """Whether the user may give or end this post; nobody decides on his own posts."""
    own = scope_of(user).teacher
    return role in grantable_roles(user, unit) and (own is None or own.pk != teacher.pk)


def led_classes(user: Any) -> QuerySet[SchoolClass]:
    """The classes that the user leads today, holding the post of class teacher in their school."""
    scope = scope_of(user)
    if scope.teacher is None:
        return SchoolClass.objects.none()
    led = ClassTeacher.objects.on(clock.today()).filter(teacher=scope.teacher)
    return SchoolClass.objects.filter(
        paths_q("unit__path", scope.paths(Role.CLASS_TEACHER)),
        Exists(led.filter(school_class=OuterRef("pk"))),
    )


def visible_classes(user: Any) -> QuerySet[SchoolClass]:
    """The classes of the schools that the user reads, and those that the user leads."""
    paths = scope_of(user).paths(*CLASS_READERS)
    return SchoolClass.objects.filter(
        paths_q("unit__path", paths) | Q(pk__in=led_classes(user).values("pk"))
    )


def sees_classes_of(user: Any, unit: Unit) -> bool:
    """Whether the user sees every class of this school."""
    return unit.is_school and scope_of(user).covers(unit.path, *CLASS_READERS)


def can_view_class(user: Any, school_class: SchoolClass) -> bool:
    """Whether the class is among the user's visible classes."""
    if sees_classes_of(user, school_class.unit):
        return True
    return led_classes(user).filter(pk=school_class.pk).exists()


def visible_pupils(user: Any) -> QuerySet[Pupil]:
    """The pupils of the user's schools and of the classes that the user leads.

    A pupil belongs to the school of today's class; who sits nowhere today, to the school of the
    next class, and after the last one only its keepers still see the record.
    """
    scope = scope_of(user)
    if scope.teacher is None:
        return Pupil.objects.none()
    return Pupil.objects.filter(
        sits_in(led_classes(user))
        | sits_under(scope.paths(*PUPIL_READERS))
        | sat_last_under(scope.paths(*PUPIL_KEEPERS))
    )


def kept_pupils(user: Any) -> QuerySet[Pupil]:
    """The pupils whom the user writes: those who belong to the schools whose pupils the user keeps,
    as `visible_pupils` says."""
    paths = scope_of(user).paths(*PUPIL_KEEPERS)
    return Pupil.objects.filter(sits_under(paths) | sat_last_under(paths))


def sits_in(classes: QuerySet[SchoolClass]) -> Q:
    """A condition on pupils: in one of these classes today."""
    seats = ClassMembership.objects.on(clock.today()).filter(school_class__in=classes.values("pk"))
    return Q(pk__in=seats.values("pupil"))


def sits_under(paths: Iterable[str]) -> Q:
    """A condition on pupils: in a class under one of the paths today, or, sitting nowhere, next."""
    chosen = tuple(paths)
    if not chosen:
        return Q(pk__in=[])
    today = clock.today()
    here = paths_q("school_class__unit__path", chosen)
    seats, coming = ClassMembership.objects.on(today), ClassMembership.objects.reaching(today)
    elsewhere = Exists(seats.filter(pupil=OuterRef("pk")))
    return Q(pk__in=seats.filter(here).values("pupil")) | (
        Q(pk__in=coming.filter(here).values("pupil")) & ~Q(elsewhere)
    )


def sat_last_under(paths: Iterable[str]) -> Q:
    """A condition on pupils: in no class today or later, the latest one under one of the paths.

    A seat that was a mistake counts for no day, so it moves no record; it only keeps that of a
    pupil who has sat nowhere else.
    """
    chosen = tuple(paths)
    if not chosen:
        return Q(pk__in=[])
    here = paths_q("school_class__unit__path", chosen)
    seats, lasting = ClassMembership.objects.all(), ClassMembership.objects.lasting()
    ever = lasting.filter(pupil=OuterRef("pupil"))
    last = lasting.filter(here, ~Exists(later_ones(lasting)))
    mistaken = seats.filter(here, ~Exists(ever), ~Exists(later_ones(seats)))
    sitting = ClassMembership.objects.reaching(clock.today()).filter(pupil=OuterRef("pk"))
    kept = Q(pk__in=last.values("pupil")) | Q(pk__in=mistaken.values("pupil"))
    return kept & ~Q(Exists(sitting))


def later_ones(seats: QuerySet[ClassMembership]) -> QuerySet[ClassMembership]:
    """Those of the seats that the pupil of an outer seat took after it."""
    began, recorded = OuterRef("starts_on"), OuterRef("created_at")
    same_day = Q(starts_on=began, created_at__gt=recorded)
    return seats.filter(Q(starts_on__gt=began) | same_day, pupil=OuterRef("pupil"))


def can_view_pupil(user: Any, pupil: Pupil) -> bool:
    """Whether the pupil is among the user's visible pupils."""
    return visible_pupils(user).filter(pk=pupil.pk).exists()


def keeps_pupils(user: Any, unit: Unit) -> bool:
    """Whether the user writes the pupils of this school."""
    return unit.is_school and scope_of(user).covers(unit.path, *PUPIL_KEEPERS)


def reads_contacts(user: Any, pupil: Pupil, unit: Unit) -> bool:
    """Whether the user may ask for the numbers of a visible pupil who belongs to `unit`."""
    if scope_of(user).covers(unit.path, *CONTACT_READERS):
        return True
    return Pupil.objects.filter(sits_in(led_classes(user)), pk=pupil.pk).exists()
