"""Posts are given and ended for a day, never edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events, trace
from core.errors import DomainError, Invalid, Missing
from schools.events import PostEnded, PostGiven
from schools.models import ClassTeacher, Post, Role, Teacher, Unit
from schools.permissions import ROLES_OF_KIND, can_change_post, can_view_teacher
from schools.rules.days import span_of_a_change
from schools.selectors.chunks import chunks
from schools.services.days import require_between
from schools.services.holding import hold_schools

ONE_DAY = timedelta(days=1)
STILL_USED = _(
    "这位教师在%(used)s还以职务在本单位办理过事项，记录要能说明当时的权限。"
    "结束日期不能早于%(first)s。"
)
WITHOUT_A_POST = ("mentor",)
"""By what right pupils are seen without holding a post."""
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


class PrincipalStands(DomainError):
    """The school has a principal on that day; a second one is given by who has been told so."""

    code = "principal_stands"
    message = _(
        "%(unit)s已有校长%(name)s。通常先结束原校长的职务；确需两人同时担任，请勾选确认后再任命。"
    )


class PostNotExtended(DomainError):
    """A post that has an end is not made longer; what follows is a new post."""

    code = "post_not_extended"
    message = _("这个职务已定于 %(day)s 结束，结束日期只能提前。需要延长时，请从那天起另行任命。")


class PostEndedBefore(DomainError):
    """The post had ended before that day."""

    code = "post_ended"
    message = _("这个职务此前已经结束，请刷新页面查看。")


@transaction.atomic
def give_post(
    *,
    actor: Any,
    teacher: Teacher,
    role: str,
    unit: Unit,
    starts_on: date | None = None,
    confirmed: bool = False,
) -> Post:
    """The teacher holds the post from `starts_on` (today) on; the right comes with that day.

    `actor` None is the system's operator. Raises Missing when the actor may not give it,
    PostHeld when it is held already, AuditorElsewhere for auditors who administer,
    PrincipalStands for a second principal unless that is `confirmed`, Invalid for a day more than
    a year away.
    """
    day = starts_on or clock.today()
    require_change(actor, teacher=teacher, role=role, unit=unit)
    if actor is not None:
        require_between("starts_on", day, *span_of_a_change(clock.today(), ()))
    if role == Role.PRINCIPAL:
        hold_schools([unit])
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    require_separation(teacher, role, day)
    if role == Role.PRINCIPAL and actor is not None and not confirmed:
        require_no_principal(teacher, unit, day)
    post = Post(teacher=teacher, role=role, unit=unit, starts_on=day)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise PostHeld from error
    announce_given(actor, [post])
    return post


def require_no_principal(teacher: Teacher, unit: Unit, day: date) -> None:
    """Raise PrincipalStands while somebody else heads the school on `day` or later.

    The caller holds the school, so that two who appoint at once count one after the other.
    """
    others = Post.objects.reaching(day).filter(role=Role.PRINCIPAL, unit=unit)
    other = others.exclude(teacher=teacher).select_related("teacher").order_by("starts_on").first()
    if other is not None:
        raise PrincipalStands(unit=unit.name, name=other.teacher.name)


def announce_given(actor: Any, posts: Sequence[Post]) -> None:
    """Leave the trace of each new post and publish it."""
    audit.record_all(actor, [act("post.given", post, post.starts_on) for post in posts])
    events.publish_all(
        PostGiven(post.pk, post.teacher_id, post.unit_id, post.role) for post in posts
    )


def announce_ended(actor: Any, posts: Sequence[Post]) -> None:
    """Leave the trace of each post's end and publish it."""
    ends = [(post, post.ends_on) for post in posts if post.ends_on is not None]
    audit.record_all(actor, [act("post.ended", post, day) for post, day in ends])
    events.publish_all(
        PostEnded(post.pk, post.teacher_id, post.unit_id, post.role, day) for post, day in ends
    )


def act(verb: str, post: Post, day: date) -> audit.Act:
    """What the trace says of a post."""
    detail = {"role": post.role, "day": day.isoformat()}
    return audit.Act(verb, post, post.unit.path, detail)


def end_posts_of(actor: Any, teachers: Collection[UUID], day: date) -> None:
    """Whatever these people hold on `day` or later ends: what runs on that day, what was planned
    for later before it begins; what has ended keeps its end. Each end leaves its trace and is
    published."""
    for part in chunks(teachers):
        open_posts = Post.objects.reaching(max(day, clock.today())).filter(teacher__in=part)
        held = list(
            open_posts.select_related("unit").order_by("pk").select_for_update(of=("self",))
        )
        for post in held:
            post.ends_on = max(day, post.starts_on)
        Post.objects.bulk_update(held, ["ends_on"], batch_size=500)
        announce_ended(actor, held)


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
    """Keep auditing apart from administration on every day from `day` on.

    The system's own administrator, a superuser, counts as an administration.
    """
    others = ADMINISTRATIONS if role == Role.AUDITOR else frozenset()
    if role in ADMINISTRATIONS:
        others = frozenset({Role.AUDITOR})
    if Post.objects.reaching(day).filter(teacher=teacher, role__in=others).exists():
        raise AuditorElsewhere
    if role == Role.AUDITOR and teacher.user is not None and teacher.user.is_superuser:
        raise AuditorElsewhere


@transaction.atomic
def end_post(*, actor: Any, post: Post, ends_on: date | None = None) -> Post:
    """The post ends; `ends_on` (today) is the first day without it. Repeating is harmless.

    A post that has not begun is called off by its first day. Raises Missing when the actor may
    not end it, PostEndedBefore when it ended earlier, PostNotExtended for a later end, Invalid for
    a day before the post began or was last used, or more than a year away.
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
    if actor is not None:
        require_unused_from(held, day)
    if held.ends_on is not None and held.ends_on < day:
        raise PostNotExtended(day=date_format(held.ends_on))
    held.ends_on = day
    held.save(update_fields=["ends_on"])
    announce_ended(actor, [held])
    return held


def require_unused_from(post: Post, day: date) -> None:
    """Raise Invalid for an end out of bounds, or before the last day on which the holder acted in
    the unit or took over a class there: the record must say by what right that was done."""
    today = clock.today()
    require_between("ends_on", day, *span_of_a_change(today, [post.starts_on]))
    used = last_use(post, day)
    if used is not None and day <= used and day < today:
        told = {"used": date_format(used), "first": date_format(min(used + ONE_DAY, today))}
        raise Invalid(fields={"ends_on": STILL_USED % told})


def last_use(post: Post, since: date) -> date | None:
    """The last day from `since` on, up to today, on which the holder of a post acted in its unit
    or was given a class of it."""
    today, user = clock.today(), post.teacher.user_id
    path = post.unit.path
    acted = (
        trace.last_day_of(user, under=path, since=since, without=WITHOUT_A_POST) if user else None
    )
    classes = ClassTeacher.objects.filter(
        teacher=post.teacher_id,
        school_class__unit=post.unit_id,
        starts_on__gte=since,
        starts_on__lte=today,
    )
    led = classes.order_by("-starts_on").values_list("starts_on", flat=True).first()
    leads = led if post.role == Role.CLASS_TEACHER else None
    return max((found for found in (acted, leads) if found is not None), default=None)
