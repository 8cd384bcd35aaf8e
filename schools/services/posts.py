"""Posts are given and ended for a day, never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Invalid, Missing
from schools.events import PostEnded, PostGiven
from schools.models import Post, Role, Teacher, Unit
from schools.permissions import ROLES_OF_KIND, can_change_post, can_view_teacher

ADMINISTRATIONS = frozenset(
    {
        Role.SCHOOL_ADMIN,
        Role.REGISTRAR,
        Role.COUNTY_OFFICER,
        Role.BUREAU_OFFICER,
        Role.EDITOR,
    }
)


class PostHeld(DomainError):
    """The person holds this post already on that day."""

    code = "post_held"
    message = _("这位教师在这段时间已有这个职务，不必重复任命。")


class AuditorElsewhere(DomainError):
    """Who audits administers nothing, and the other way round.

    Source: docs/features/access.md, rule 3.
    """

    code = "auditor_administers_nothing"
    message = _("审计员不能同时担任管理职务，请先结束另一职务。")


class PostEndedBefore(DomainError):
    """The post had ended before that day."""

    code = "post_ended"
    message = _("这个职务此前已经结束，请刷新页面查看。")


@transaction.atomic
def give_post(
    *, actor: Any, teacher: Teacher, role: str, unit: Unit, starts_on: date | None = None
) -> Post:
    """The teacher holds the post from `starts_on` (today) on; the right comes with that day.

    `actor` None is the system's operator. Raises Missing when the actor may not give it,
    PostHeld when it is held already, AuditorElsewhere for auditors who administer.
    """
    day = starts_on or clock.today()
    require_change(actor, teacher=teacher, role=role, unit=unit)
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    require_separation(teacher, role, day)
    try:
        with transaction.atomic():
            post: Post = Post.objects.create(teacher=teacher, role=role, unit=unit, starts_on=day)
    except IntegrityError as error:
        raise PostHeld from error
    audit.record(actor, "post.given", post, unit_path=unit.path, role=role, day=day.isoformat())
    events.publish(PostGiven(post.pk, teacher.pk, unit.pk, role))
    return post


def require_change(actor: Any, *, teacher: Teacher, role: str, unit: Unit) -> None:
    """Raise Missing when the actor may not decide on this post, Invalid when no unit has it."""
    if role not in ROLES_OF_KIND[unit.kind]:
        raise Invalid(fields={"role": _("这个单位没有这个职务，请重新选择。")})
    if actor is None:
        return
    if not can_view_teacher(actor, teacher):
        raise Missing
    if not can_change_post(actor, teacher=teacher, role=role, unit=unit):
        raise Missing


def require_separation(teacher: Teacher, role: str, day: date) -> None:
    """Keep auditing apart from administration."""
    others = ADMINISTRATIONS if role == Role.AUDITOR else frozenset()
    if role in ADMINISTRATIONS:
        others = frozenset({Role.AUDITOR})
    if Post.objects.on(day).filter(teacher=teacher, role__in=others).exists():
        raise AuditorElsewhere


@transaction.atomic
def end_post(*, actor: Any, post: Post, ends_on: date | None = None) -> Post:
    """The post ends; `ends_on` (today) is the first day without it. Repeating is harmless.

    Raises Missing when the actor may not end it, PostEndedBefore when it ended earlier.
    """
    day = ends_on or clock.today()
    require_change(actor, teacher=post.teacher, role=post.role, unit=post.unit)
    if day < post.starts_on:
        raise Invalid(fields={"ends_on": _("结束日期不能早于开始日期。")})
    held: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if held.ends_on == day:
        return held
    if held.ends_on is not None and held.ends_on <= clock.today():
        raise PostEndedBefore
    held.ends_on = day
    held.save(update_fields=["ends_on"])
    audit.record(
        actor, "post.ended", held, unit_path=held.unit.path, role=held.role, day=day.isoformat()
    )
    events.publish(PostEnded(held.pk, held.teacher_id, held.unit_id, held.role, day))
    return held
