"""Mentoring's part of the API: assignments, the own pupils, check-ins."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from core import clock, crypto
from core.api import Router, idempotent, key_of, page_of
from core.errors import Missing
from core.openapi import refusals
from core.reasons import ReasonMissing
from core.submissions import submission_key
from mentoring import schemas, services
from mentoring.models import AssignmentRun, RunState
from mentoring.selectors.assignments import get_run_for
from mentoring.selectors.contacts import get_own_contact, pupils_named
from mentoring.selectors.planning import get_planned_school
from mentoring.services.contacting import AlreadyVoid, CheckInWrong, Worry
from mentoring.services.proposing import NoRules, TermOver
from mentoring.services.publishing import NotPublishable, RegisterChanged
from schools.models import Term
from wellbeing.services.signals import SignalWrong

router = Router(tags=["mentoring"])


@router.post(
    "assignment-runs",
    response={202: schemas.AssignmentStartedOut},
    url_name="assignment_runs",
    openapi_extra=refusals(TermOver, NoRules),
)
@idempotent
def propose(request: HttpRequest, body: schemas.RunIn) -> tuple[int, schemas.AssignmentStartedOut]:
    """Let a job compute a school's assignment for a term; nothing becomes effective."""
    unit = get_planned_school(viewer=request.user, key=body.school)
    term = Term.objects.filter(code=body.term).first()
    if term is None:
        raise Missing
    run = services.propose_assignment(actor=request.user, unit=unit, term=term)
    return 202, _started(run)


@router.get(
    "assignment-runs/{uuid:run_id}", response=schemas.AssignmentRunOut, url_name="assignment_run"
)
def show_run(request: HttpRequest, run_id: UUID) -> dict[str, Any]:
    """A computed assignment: its figures and proof, or who lacks what and the ways out."""
    return schemas.run_out(services.open_run(actor=request.user, run_id=run_id))


@router.post(
    "assignment-runs/{uuid:run_id}/publication",
    response=schemas.AssignmentStartedOut,
    url_name="publication",
    openapi_extra=refusals(ReasonMissing, NotPublishable, RegisterChanged),
)
@idempotent
def publish(
    request: HttpRequest, run_id: UUID, body: schemas.PublicationIn
) -> schemas.AssignmentStartedOut:
    """Make a previewed assignment effective."""
    run = get_run_for(viewer=request.user, run_id=run_id)
    return _started(services.publish_assignment(actor=request.user, run=run, reason=body.reason))


@router.get("pupils", response=schemas.PupilPage, url_name="pupils")
def list_pupils(request: HttpRequest, asked: Query[schemas.PupilsAsked]) -> dict[str, Any]:
    """The caller's own pupils, who is due first; with `due` only those due by today."""
    cases = services.open_caseload(actor=request.user)
    if "due" in request.GET and asked.due not in {"0", "false"}:
        cases = [case for case in cases if case.due.on <= clock.today()]
    return page_of(cases, request, asked, schemas.pupil_out)


@router.post(
    "check-ins",
    response={201: schemas.CheckInOut},
    url_name="check_ins",
    openapi_extra=refusals(CheckInWrong, SignalWrong),
)
@idempotent
def log(request: HttpRequest, body: schemas.CheckInIn) -> tuple[int, schemas.CheckInOut]:
    """Record one contact with one or several of the caller's pupils.

    With `worried` the text goes into the locked room only, to those who answer.
    """
    contact = services.log_check_in(
        actor=request.user,
        pupils=pupils_named(body.pupils),
        kind=body.kind,
        outcome=body.outcome,
        occurred_at=_instant(body.occurred_at),
        text=body.text,
        worry=Worry(body.urgency, body.names) if body.worried else None,
        submission_key=submission_key(request.user.pk, services.CHECK_IN, key_of(request)),
    )
    return 201, schemas.CheckInOut(id=contact.pk, recorded_at=contact.recorded_at)


@router.get("draft-key", response=schemas.DraftKeyOut, url_name="draft_key")
def draft_key(request: HttpRequest) -> schemas.DraftKeyOut:
    """The caller's own key for drafts that wait in the browser; the same for the same person."""
    person = str(request.user.pk)
    return schemas.DraftKeyOut(
        owner=crypto.blind_index(person, "draft-owner")[:32],
        key=base64.b64encode(crypto.personal_key(person, "drafts")).decode(),
    )


@router.post(
    "check-ins/{uuid:contact_id}/amendments",
    response={201: schemas.AmendmentOut},
    url_name="amendments",
    openapi_extra=refusals(CheckInWrong, ReasonMissing, AlreadyVoid),
)
@idempotent
def amend(
    request: HttpRequest, contact_id: UUID, body: schemas.AmendmentIn
) -> tuple[int, schemas.AmendmentOut]:
    """Add to the note of an own contact, and say why."""
    row = services.amend_check_in(
        actor=request.user,
        contact=get_own_contact(viewer=request.user, contact_id=contact_id),
        text=body.text,
        reason=body.reason,
        submission_key=submission_key(request.user.pk, f"amendments/{contact_id}", key_of(request)),
    )
    return 201, schemas.AmendmentOut(id=row.pk)


def _started(run: AssignmentRun) -> schemas.AssignmentStartedOut:
    return schemas.AssignmentStartedOut(id=run.pk, job=run.job_id, state=RunState(run.state))


def _instant(given: datetime) -> datetime:
    """An instant; without an offset it is read as civil time in Shanghai."""
    return (
        timezone.make_aware(given, clock.SHANGHAI)
        if timezone.is_naive(given)
        else given.astimezone(UTC)
    )
