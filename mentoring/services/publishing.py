"""Making a computed assignment effective, all of it in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Missing
from core.reasons import required
from mentoring.events import MentorsAssigned
from mentoring.models import AssignmentRun, MentorAssignment, ProposedPair, RunState
from mentoring.permissions import publishes_in
from mentoring.rules.dossier import instance_sha256
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.instances import instance_of
from mentoring.services.pairing import lapse_handovers
from mentoring.services.proposing import PAIRS_AT_ONCE, effective_on
from schools.models import Unit


class NotPublishable(DomainError):
    """Only a preview with an optimum can be published."""

    code = "not_publishable"
    message = _("这份方案还没有算出可用的结果，不能发布。请补足名额后重新计算。")


class RegisterChanged(DomainError):
    """Classes, teachers or needs are no longer those that the assignment was computed from."""

    code = "register_changed"
    message = _("计算之后名册有变动，这份方案已经过时。请重新计算后再发布。")


@transaction.atomic
def publish_assignment(*, actor: Any, run: AssignmentRun, reason: str) -> AssignmentRun:
    """The previewed assignment holds from today, or from the first day of its term.

    Pairs that stay are not touched; every other present pair of these pupils ends on that day.
    The school's earlier assignment of the term is superseded. Publishing the same run again
    changes nothing. `actor` None is the system's operator. Raises Missing without the right,
    ReasonMissing, NotPublishable, RegisterChanged.
    """
    if actor is not None and not publishes_in(actor, run.unit):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    _hold_school(run.unit_id)
    row = AssignmentRun.objects.select_related("unit", "term").get(pk=run.pk)
    if row.state == RunState.PUBLISHED:
        return row
    if row.state != RunState.PREVIEWED:
        raise NotPublishable
    since = effective_on(row.term)
    if instance_sha256(instance_of(row.unit, row.term, since)) != row.instance_sha256:
        raise RegisterChanged
    rivals = AssignmentRun.objects.filter(unit=row.unit, term=row.term, state=RunState.PUBLISHED)
    rivals.update(state=RunState.SUPERSEDED)
    row.state, row.reason = RunState.PUBLISHED, why
    row.published_by, row.published_at = actor, clock.now()
    row.save(update_fields=["state", "reason", "published_by", "published_at"])
    ended, begun = _exchange(row, since)
    audit.record(actor, "mentoring.publish", row, unit=row.unit, ended=ended, begun=begun)
    events.publish(
        MentorsAssigned(run_id=row.pk, unit_id=row.unit_id, term_id=row.term_id, since=since)
    )
    return row


def _hold_school(unit_id: UUID) -> None:
    """One publication at a time in a school."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)


def _exchange(run: AssignmentRun, since: date) -> tuple[int, int]:
    """End the pairs that do not stay and begin the new ones; how many of each."""
    wanted: dict[UUID, UUID] = dict(
        ProposedPair.objects.filter(run=run).values_list("pupil_id", "mentor_id")
    )
    staying, leaving = set(), []
    standing = MentorAssignment.objects.reaching(since).filter(pupil__in=wanted)
    for pair in standing.order_by("pk").select_for_update(of=("self",)):
        stays = wanted[pair.pupil_id] == pair.mentor_id and pair.starts_on <= since
        if stays and pair.ends_on is None:
            staying.add(pair.pupil_id)
        else:
            pair.ends_on = max(since, pair.starts_on)
            leaving.append(pair)
    MentorAssignment.objects.bulk_update(leaving, ["ends_on"], batch_size=PAIRS_AT_ONCE)
    lapse_handovers(pair.pk for pair in leaving)
    begun = [
        MentorAssignment(pupil_id=pupil, mentor_id=mentor, unit=run.unit, run=run, starts_on=since)
        for pupil, mentor in wanted.items()
        if pupil not in staying
    ]
    MentorAssignment.objects.bulk_create(begun, batch_size=PAIRS_AT_ONCE)
    return len(leaving), len(begun)
