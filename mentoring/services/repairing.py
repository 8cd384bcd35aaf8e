"""Taking one of the ways out of a shortage: what it needs is granted, and all is computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Missing
from core.reasons import required
from mentoring.models import AssignmentRun, MentorLimit, RunState, Supervision
from mentoring.permissions import publishes_in
from mentoring.rules.dossier import instance_sha256
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.instances import instance_of
from mentoring.services.needs import keep_limit
from mentoring.services.proposing import effective_on, propose_assignment
from mentoring.services.publishing import RegisterChanged
from schools.models import Post, Role, Teacher, Unit


class NotRepairable(DomainError):
    """The way out is not there, or leaves pupils without a mentor."""

    code = "not_repairable"
    message = _("这项调整不能直接采用：仍有学生没有导师。请先联系县区安排外校导师。")


class NobodySupervises(DomainError):
    """The school has no psychology teacher who could supervise."""

    code = "nobody_supervises"
    message = _("本校目前没有心理教师，不能安排督导。请先任命心理教师，或改用别的调整。")


@transaction.atomic
def accept_repair(*, actor: Any, run: AssignmentRun, repair: int, reason: str) -> AssignmentRun:
    """Grant what the way out number `repair` (from 0) needs until the term ends; compute anew.

    Mentors get their extra places, pupils their supervision by the psychology teacher. Of two
    clicks the second finds what the first began. Raises Missing without the right, ReasonMissing,
    NotRepairable, NobodySupervises, RegisterChanged.
    """
    if not publishes_in(actor, run.unit):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    Unit.objects.select_for_update(of=("self",)).get(pk=run.unit_id)
    run = AssignmentRun.objects.select_related("unit", "term").get(pk=run.pk)
    if run.state == RunState.REPAIRED:
        return _newest_after(run)
    way = _way_out(run, repair)
    since = effective_on(run.term)
    if instance_sha256(instance_of(run.unit, run.term, since)) != run.instance_sha256:
        raise RegisterChanged
    run.state = RunState.REPAIRED
    run.save(update_fields=["state"])
    for limit in _limits(run, way["extra_places"], why, since):
        keep_limit(limit, actor=actor, unit=run.unit)
    _supervise(run, map(UUID, way["supervised"]), why, since)
    audit.record(
        actor,
        "mentoring.repair",
        run,
        unit=run.unit,
        mentors=len(way["extra_places"]),
        supervised=len(way["supervised"]),
    )
    return propose_assignment(actor=actor, unit=run.unit, term=run.term)


def _newest_after(run: AssignmentRun) -> AssignmentRun:
    later = AssignmentRun.objects.filter(unit=run.unit, term=run.term).exclude(pk=run.pk)
    newest: AssignmentRun = later.latest("created_at")
    return newest


def _way_out(run: AssignmentRun, repair: int) -> Mapping[str, Any]:
    ways = run.shortage.get("repairs", ()) if run.state == RunState.INFEASIBLE else ()
    if not 0 <= repair < len(ways) or ways[repair]["without"]:
        raise NotRepairable
    way: Mapping[str, Any] = ways[repair]
    return way


def _limits(
    run: AssignmentRun, extra_places: Mapping[str, int], why: str, since: date
) -> list[MentorLimit]:
    """The caps that the run was computed with, and the extra places on top."""
    offers = {offer["id"]: offer for offer in run.instance["mentors"]}
    return [
        MentorLimit(
            teacher_id=UUID(mentor),
            soft_cap=offers[mentor]["soft_cap"],
            hard_cap=offers[mentor]["hard_cap"] + extra,
            reason=why,
            starts_on=since,
            ends_on=run.term.ends_on,
        )
        for mentor, extra in sorted(extra_places.items())
    ]


def _supervise(run: AssignmentRun, pupils: Iterable[UUID], why: str, since: date) -> None:
    wanted = list(pupils)
    if not wanted:
        return
    posts = Post.objects.on(since).filter(unit=run.unit, role=Role.PSYCHOLOGY_TEACHER)
    supervisor = Teacher.objects.filter(posts__in=posts).order_by("staff_number").first()
    if supervisor is None:
        raise NobodySupervises
    for row in Supervision.objects.reaching(since).filter(pupil__in=wanted):
        row.ends_on = max(since, row.starts_on)
        row.save(update_fields=["ends_on"])
    Supervision.objects.bulk_create(
        Supervision(
            pupil_id=pupil,
            supervisor=supervisor,
            reason=why,
            starts_on=since,
            ends_on=run.term.ends_on,
        )
        for pupil in wanted
    )
