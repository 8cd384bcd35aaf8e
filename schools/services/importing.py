"""A roster comes in by two stages: read and judged first, written after a person confirms."""

from __future__ import annotations

import base64
import hashlib
from pathlib import PurePath
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, jobs
from core.errors import DomainError, Missing
from core.workbooks import WorkbookRefused
from schools.models import ImportSecret, RosterImport, Unit
from schools.permissions import can_view_import, keeps_roster
from schools.rules.names import visible_text
from schools.services.examining import without_absences

MAX_BYTES = 10 * 1024 * 1024
READ, APPLY = "schools.read_roster", "schools.apply_roster"
State = RosterImport.State
RUNNING = (State.READING, State.APPLYING)


class Readable(Protocol):
    """An open file, uploaded or local."""

    def read(self, size: int, /) -> bytes: ...


class NotConfirmable(DomainError):
    """The import is not waiting for a confirmation."""

    code = "import_not_confirmable"
    message = _("这次导入不在等待确认的状态，请刷新页面查看。")


class NotPartial(DomainError):
    """Only a file that was refused as too small can be taken as a supplement."""

    code = "import_not_partial"
    message = _("这次导入不能改为补充名单，请刷新页面查看。")


@transaction.atomic
def upload_roster(
    *, actor: Any, unit: Unit, file: Readable, name: str, partial: bool = False
) -> RosterImport:
    """An import that a job will read; the same open file again gives the same import.

    Raises Missing when the actor does not keep the unit's roster, WorkbookRefused when the
    file is empty or too large.
    """
    if not keeps_roster(actor, unit):
        raise Missing
    content = file.read(MAX_BYTES + 1)
    if not content or len(content) > MAX_BYTES:
        raise WorkbookRefused("too_large" if content else "empty_file")
    values = {
        "unit": unit,
        "uploaded_by": actor,
        "sha256": hashlib.sha256(content).hexdigest(),
        "is_partial": partial,
    }
    file_name = visible_text(PurePath(name.replace("\\", "/")).name)[:200] or "roster"
    try:
        with transaction.atomic():
            sealed = base64.b64encode(content).decode()
            roster = RosterImport.objects.create(content=sealed, file_name=file_name, **values)
    except IntegrityError:
        roster = RosterImport.objects.get(
            **values, state__in=[State.READING, State.PREVIEWED, State.APPLYING]
        )
        if roster.state == State.READING and roster.reading_job_id:
            jobs.restart(roster.reading_job_id)
        return roster
    job = jobs.enqueue(
        READ, actor=actor, key=f"{READ}:{roster.pk}", payload={"roster": str(roster.pk)}
    )
    RosterImport.objects.filter(pk=roster.pk).update(reading_job_id=job.pk)
    roster.reading_job_id = job.pk
    audit.record(actor, "roster.uploaded", roster, unit_path=unit.path)
    return roster


@transaction.atomic
def take_as_partial(*, actor: Any, roster: RosterImport) -> RosterImport:
    """Offer a file that was refused as much smaller for confirmation, as a supplement."""
    require_view(actor, roster)
    waiting = RosterImport.objects.filter(
        pk=roster.pk, state=State.REFUSED, refusal_code="much_smaller"
    )
    notes = without_absences(roster.notes)
    told = {"refusal_code": "", "refusal": "", "notes": notes}
    if not waiting.update(state=State.PREVIEWED, is_partial=True, **told):
        raise NotPartial
    audit.record(actor, "roster.taken_as_partial", roster, unit_path=roster.unit.path)
    roster.refresh_from_db()
    return roster


def require_view(actor: Any, roster: RosterImport) -> None:
    """Raise Missing when the import is out of the actor's reach."""
    if not can_view_import(actor, roster):
        raise Missing


@transaction.atomic
def confirm_roster(*, actor: Any, roster: RosterImport) -> RosterImport:
    """Let a job write the previewed roster, once; confirming again is harmless.

    Raises Missing out of reach, NotConfirmable when there is nothing to confirm.
    """
    require_view(actor, roster)
    taken = RosterImport.objects.filter(pk=roster.pk, state=State.PREVIEWED).update(
        state=State.APPLYING, confirmed_at=clock.now()
    )
    roster.refresh_from_db()
    if not taken:
        return confirmed_before(roster)
    job = jobs.enqueue(
        APPLY,
        actor=actor,
        key=f"{APPLY}:{roster.pk}",
        payload={"roster": str(roster.pk), "actor": str(actor.pk)},
    )
    RosterImport.objects.filter(pk=roster.pk).update(applying_job_id=job.pk)
    roster.applying_job_id = job.pk
    audit.record(actor, "roster.confirmed", roster, unit_path=roster.unit.path)
    return roster


def confirmed_before(roster: RosterImport) -> RosterImport:
    """The import that was confirmed already, its job woken if it had failed."""
    if roster.state not in (State.APPLYING, State.DONE):
        raise NotConfirmable
    if roster.state == State.APPLYING and roster.applying_job_id:
        jobs.restart(roster.applying_job_id)
    return roster


def cancel_roster(*, actor: Any, roster: RosterImport) -> RosterImport:
    """Drop an import, also while it is read or written; cancelling again is harmless.

    What was written of it is taken back; an import that is done stays done. The job is stopped
    first and by itself, because the worker holds the import's row while it writes.
    """
    require_view(actor, roster)
    for job_id in (roster.reading_job_id, roster.applying_job_id):
        if job_id is not None and roster.state in RUNNING:
            jobs.cancel(job_id)
    with transaction.atomic():
        stopped = RosterImport.objects.filter(
            pk=roster.pk, state__in=[*RUNNING, State.PREVIEWED, State.REFUSED]
        ).update(state=State.CANCELLED, content=None)
        if stopped:
            ImportSecret.objects.filter(roster=roster).delete()
            audit.record(actor, "roster.cancelled", roster, unit_path=roster.unit.path)
    roster.refresh_from_db()
    return roster
