"""Units and people as their keepers look at them; every read takes the viewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from core import clock
from core.errors import Missing
from schools.models import Employment, Post, Teacher, Unit, UnitKind
from schools.permissions import (
    ROSTER_KEEPERS,
    SCHOOL_KEEPERS,
    can_correct_unit,
    can_view_teacher,
    can_view_unit,
    keeps_roster,
    paths_q,
    scope_of,
    visible_teachers,
    visible_units,
    works_under,
)
from schools.rules.names import clean_name, narrow, visible_text
from schools.rules.roster import clean_code


def units_for(viewer: Any, query: str = "") -> QuerySet[Unit]:
    """The viewer's units in the order of the tree, with `staff_count` of today.

    `query` is part of a name, or the beginning of a code.
    """
    today = Employment.objects.on(clock.today()).filter(unit=OuterRef("pk")).order_by()
    staff = today.values("unit").annotate(number=Count("pk")).values("number")
    units = visible_units(viewer).select_related("parent").annotate(staff_count=Subquery(staff))
    text = narrow(visible_text(query))[:60].strip()
    if text:
        units = units.filter(Q(name__icontains=text) | Q(code__startswith=clean_code(text)))
    return units.order_by("path")


def get_unit_for(viewer: Any, unit_id: UUID) -> Unit:
    """A unit whose staff the viewer reads. Raises Missing."""
    unit = Unit.objects.select_related("parent").filter(pk=unit_id).first()
    if unit is None or not can_view_unit(viewer, unit):
        raise Missing
    return unit


def parent_unit(viewer: Any, unit_id: UUID) -> Unit:
    """A county or the bureau under which the viewer adds units. Raises Missing."""
    unit = Unit.objects.filter(pk=unit_id).exclude(kind=UnitKind.SCHOOL).first()
    if unit is None or not scope_of(viewer).covers(unit.path, *SCHOOL_KEEPERS):
        raise Missing
    return unit


def correctable_unit(viewer: Any, unit_id: UUID) -> Unit:
    """A unit whose facts the viewer corrects. Raises Missing."""
    unit = Unit.objects.select_related("parent").filter(pk=unit_id).first()
    if unit is None or not can_correct_unit(viewer, unit):
        raise Missing
    return unit


def unit_called(units: QuerySet[Unit], key: str | UUID) -> Unit | None:
    """The one of these units with this id or code."""
    try:
        found = Q(pk=key if isinstance(key, UUID) else UUID(key))
    except ValueError:
        found = Q(code=clean_code(str(key)))
    return units.filter(found).first()


def kept_unit(viewer: Any, key: str) -> Unit:
    """A unit by id or code whose roster the viewer keeps. Raises Missing."""
    unit = unit_called(Unit.objects.all(), key)
    if unit is None or not keeps_roster(viewer, unit):
        raise Missing
    return unit


def place_named(viewer: Any, text: str) -> Unit | None:
    """The unit with this code or exact name whose roster the viewer keeps, if there is just one."""
    words = "".join(narrow(visible_text(text)).split())[:100]
    reach = Unit.objects.filter(paths_q("path", scope_of(viewer).paths(*ROSTER_KEEPERS)))
    found = list(reach.filter(Q(code=clean_code(words)) | Q(name=words))[:2])
    return found[0] if len(found) == 1 else None


def roster_roots(viewer: Any) -> QuerySet[Unit]:
    """The topmost units whose rosters the viewer keeps."""
    return Unit.objects.filter(path__in=scope_of(viewer).paths(*ROSTER_KEEPERS)).order_by("path")


def staff_of(viewer: Any, unit: Unit, query: str = "") -> QuerySet[Teacher]:
    """People who work in the unit itself today, by pinyin, each with `current_posts`.

    `query` is part of a name, or the beginning of pinyin, initials, staff number or phone.
    """
    current = Post.objects.on(clock.today()).select_related("unit").order_by("role")
    here = Employment.objects.on(clock.today()).filter(unit=unit, teacher=OuterRef("pk"))
    staff = visible_teachers(viewer).filter(Exists(here)).filter(person_q(query))
    return staff.prefetch_related(Prefetch("posts", current, to_attr="current_posts")).order_by(
        "pinyin", "staff_number"
    )


def coming_to(viewer: Any, unit: Unit) -> QuerySet[Employment]:
    """Work in the unit that begins after today, of people whom the viewer may see, by day."""
    later = Employment.objects.reaching(clock.today()).filter(unit=unit)
    later = later.filter(starts_on__gt=clock.today(), teacher__in=visible_teachers(viewer))
    return later.select_related("teacher").order_by("starts_on", "teacher__pinyin")


def person_q(query: str) -> Q:
    """A condition on teachers from what somebody typed to find one; nothing typed matches all."""
    name = clean_name(query)[:60]
    if not name:
        return Q()
    letters = "".join(name.lower().split())
    return (
        Q(name__contains=name)
        | Q(pinyin__startswith=letters)
        | Q(initials__startswith=letters)
        | Q(staff_number__startswith=clean_code(query)[:20] or "-")
        | Q(phone=letters)
    )


def get_teacher_for(viewer: Any, teacher_id: UUID) -> Teacher:
    """A person whom the viewer may see. Raises Missing."""
    teacher = Teacher.objects.filter(pk=teacher_id).select_related("user").first()
    if teacher is None or not can_view_teacher(viewer, teacher):
        raise Missing
    return teacher


def get_post_for(viewer: Any, post_id: UUID) -> Post:
    """A post of a person whom the viewer may see. Raises Missing."""
    found = Post.objects.filter(pk=post_id).select_related("teacher", "unit")
    post: Post | None = found.first()
    if post is None or not can_view_teacher(viewer, post.teacher):
        raise Missing
    return post


def posts_of(teacher: Teacher) -> QuerySet[Post]:
    """All posts of a person, open ones first."""
    return teacher.posts.select_related("unit").order_by("ends_on", "-starts_on", "role")


def employments_of(teacher: Teacher) -> QuerySet[Employment]:
    """Where a person has worked, latest first."""
    return teacher.employments.select_related("unit").order_by("-starts_on")


def without_account(viewer: Any, unit: Unit) -> QuerySet[Teacher]:
    """People of the unit who have no sign-in and hold no post beyond the viewer's reach, today or
    later."""
    paths = scope_of(viewer).paths(*ROSTER_KEEPERS)
    beyond = Post.objects.reaching(clock.today()).filter(
        ~paths_q("unit__path", paths), teacher=OuterRef("pk")
    )
    here = Employment.objects.on(clock.today()).filter(unit=unit, teacher=OuterRef("pk"))
    people = Teacher.objects.filter(works_under(paths), Exists(here), user=None)
    return people.exclude(Exists(beyond)).order_by("pinyin", "staff_number")


def children_of(viewer: Any, unit: Unit) -> QuerySet[Unit]:
    """The units directly below, for a county or the bureau."""
    if unit.kind == UnitKind.SCHOOL:
        return Unit.objects.none()
    return units_for(viewer).filter(parent=unit)
