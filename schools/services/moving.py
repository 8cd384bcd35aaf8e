"""People move and leave; what has ended stays as it is on record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Missing
from schools.events import TeacherMoved
from schools.models import Employment, Post, Teacher, Unit
from schools.permissions import ROSTER_KEEPERS, keeps_roster, scope_of
from schools.rules.days import span_of_a_change
from schools.selectors.chunks import chunks
from schools.services.classes import end_class_work_of
from schools.services.days import require_between
from schools.services.posts import end_posts_of


class PostFromAbove(DomainError):
    """The person holds a post that the actor could not end."""

    code = "post_from_above"
    message = _("这位教师还担任上级单位的职务，请先由上级结束该职务，再办理调动。")


class WorksThere(DomainError):
    """The person works for that unit already, since another day."""

    code = "works_there"
    message = _("这位教师从%(day)s起就在%(unit)s任职，没有改动。")


@transaction.atomic
def move_teacher(
    *, actor: Any, teacher: Teacher, unit: Unit | None, on: date | None = None
) -> tuple[Employment | None, bool]:
    """From `on` (today) the teacher works for `unit`, or for none; whether that is new.

    What runs ends that day, posts and work in classes too; what was planned for later is called
    off; what had ended stays. Raises Missing for the actor himself and unless the actor keeps all
    units concerned, PostFromAbove while the person holds a post beyond them, WorksThere for
    another day than the one on record, Invalid for a day before the present work or posts began
    or more than a year away. The very same again changes nothing.
    """
    today = clock.today()
    day = on or today
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    open_work = Employment.objects.reaching(max(day, today)).filter(teacher=teacher)
    before = list(open_work.select_related("unit").order_by("starts_on"))
    require_reach(
        actor, teacher, [*(work.unit for work in before), *([unit] if unit else [])], today
    )
    current: Employment | None = next((work for work in before if work.starts_on <= day), None)
    if unit is None and not before:
        return None, False
    if current is not None and unit is not None and current.unit_id == unit.pk:
        require_said(actor, current, on)
        return current, False
    require_between("on", day, *span_of_a_change(today, begun_days(teacher, today)))
    end_employments([teacher.pk], day)
    end_posts_of(actor, [teacher.pk], day)
    end_class_work_of(actor, [teacher.pk], day)
    moved = None
    if unit is not None:
        moved = Employment.objects.create(teacher=teacher, unit=unit, starts_on=day)
    path = unit.path if unit else (before[0].unit.path if before else "")
    verb = "teacher.moved" if unit else "teacher.left"
    audit.record(actor, verb, teacher, unit_path=path, day=day.isoformat())
    events.publish(TeacherMoved(teacher.pk, unit.pk if unit else None, day))
    return moved, True


def require_said(actor: Any, current: Employment, on: date | None) -> None:
    """Raise WorksThere when a person names another day than the one on record."""
    if actor is not None and on is not None and on != current.starts_on:
        raise WorksThere(unit=current.unit.name, day=date_format(current.starts_on))


def begun_days(teacher: Teacher, today: date) -> list[date]:
    """The days before which a change may not reach: work and posts begun, former work ended."""
    work = Employment.objects.filter(teacher=teacher, starts_on__lte=today)
    running, ended = Q(ends_on__isnull=True) | Q(ends_on__gt=today), Q(ends_on__lte=today)
    posts = Post.objects.on(today).filter(teacher=teacher)
    return [
        *work.filter(running).values_list("starts_on", flat=True),
        *work.filter(ended).values_list("ends_on", flat=True),
        *posts.values_list("starts_on", flat=True),
    ]


def require_reach(actor: Any, teacher: Teacher, units: Collection[Unit], day: date) -> None:
    """Raise unless the actor keeps these units and could end every post of the person."""
    if actor is None:
        return
    if scope_of(actor).teacher == teacher:
        raise Missing
    if not all(keeps_roster(actor, unit) for unit in units):
        raise Missing
    scope = scope_of(actor)
    posts = Post.objects.reaching(day).filter(teacher=teacher).select_related("unit")
    if not all(scope.covers(post.unit.path, *ROSTER_KEEPERS) for post in posts):
        raise PostFromAbove


def end_employments(teachers: Collection[UUID], day: date) -> None:
    """These people work for nobody from `day` on; work planned for later is called off, work
    that has ended keeps its end."""
    for part in chunks(teachers):
        open_work = Employment.objects.reaching(max(day, clock.today())).filter(teacher__in=part)
        rows = list(open_work.order_by("pk").select_for_update(of=("self",)))
        for row in rows:
            row.ends_on = max(day, row.starts_on)
        Employment.objects.bulk_update(rows, ["ends_on"], batch_size=500)
