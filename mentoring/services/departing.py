"""A mentor who works for the school no more is nobody's mentor there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import notify
from core import clock, events
from mentoring.events import MentorChanged
from mentoring.models import MentorAssignment
from mentoring.permissions import PUBLISHERS
from mentoring.services.pairing import end_pair
from schools.models import Employment, Post, Pupil


@transaction.atomic
def follow_mentor(*, teacher_id: UUID, since: date) -> None:
    """Pairs end where the mentor works no more from `since` on, as the register has it.

    The heads of each school concerned are told once. Doing it again changes nothing.
    """
    found = MentorAssignment.objects.reaching(since).filter(mentor=teacher_id)
    keys = found.order_by().values("pupil")
    list(Pupil.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    pairs = [pair for pair in found.order_by("pk") if not _works_there(pair, since)]
    for pair in pairs:
        end_pair(pair, since)
        events.publish(
            MentorChanged(
                pupil_id=pair.pupil_id,
                unit_id=pair.unit_id,
                mentor_id=None,
                before_id=pair.mentor_id,
                since=since,
            )
        )
    for school in sorted({pair.unit_id for pair in pairs}):
        _tell_heads(school, teacher_id)


def _works_there(pair: MentorAssignment, since: date) -> bool:
    work = Employment.objects.on(max(since, pair.starts_on))
    return bool(work.filter(teacher=pair.mentor_id, unit=pair.unit_id).exists())


def _tell_heads(unit_id: UUID, teacher_id: UUID) -> None:
    """Tell who can give the pupils another mentor, save the mentor who goes."""
    posts = Post.objects.on(clock.today()).filter(unit=unit_id, role__in=PUBLISHERS)
    users = User.objects.filter(teacher__in=posts.values("teacher"), is_active=True)
    for user in users.exclude(teacher=teacher_id):
        notify(
            user=user,
            kind="mentor_left",
            text=gettext_noop("一位导师离任，原来带的学生需要新的导师，请逐个指定或重新分配。"),
            url=reverse("mentoring:gaps", args=[unit_id]),
        )
