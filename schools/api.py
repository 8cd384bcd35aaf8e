"""Roster imports over the API: upload, look, confirm."""

from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form
from ninja.files import UploadedFile

from core.api import Router, idempotent
from core.openapi import refusals
from core.workbooks.reading import REASONS, WorkbookRefused
from schools import services
from schools.models import RosterImport
from schools.schemas import ImportOut, ImportStateOut, RejectionOut
from schools.selectors import imports as reads
from schools.selectors.staff import kept_unit
from schools.services.importing import NotConfirmable

router = Router(tags=["imports"])


@router.post(
    "",
    response={202: ImportOut},
    url_name="imports",
    openapi_extra=refusals(
        codes=tuple((WorkbookRefused.status, f"workbook_{reason}") for reason in REASONS)
    ),
)
@idempotent
def upload(
    request: HttpRequest,
    file: File[UploadedFile],
    unit: Form[str],
    partial: Form[bool] = False,
) -> tuple[int, ImportOut]:
    """Upload a roster for a unit (id or code); a job reads it and makes the preview."""
    roster = services.upload_roster(
        actor=request.user,
        unit=kept_unit(request.user, unit),
        file=file,
        name=file.name or "",
        partial=partial,
    )
    return 202, ImportOut(id=roster.pk, job=roster.reading_job_id)


@router.get("/{uuid:roster_id}", response=ImportStateOut, url_name="import")
def state(request: HttpRequest, roster_id: UUID) -> ImportStateOut:
    """An import with its counts and, unless it is being read or written, every rejection."""
    roster = services.open_import(actor=request.user, roster_id=roster_id)
    return ImportStateOut(
        id=roster.pk,
        job=roster.applying_job_id or roster.reading_job_id,
        unit=roster.unit.code,
        state=RosterImport.State(roster.state),
        refusal_code=roster.refusal_code,
        refusal=roster.refusal,
        rows=roster.row_count,
        created=roster.created_count,
        updated=roster.updated_count,
        unchanged=roster.unchanged_count,
        rejected=[RejectionOut(**item) for item in reads.rejections_shown(roster)],
        notes=reads.notes_of(roster),
    )


@router.post(
    "/{uuid:roster_id}/confirmation",
    response={202: ImportOut},
    url_name="import_confirmation",
    openapi_extra=refusals(NotConfirmable),
)
@idempotent
def confirm(request: HttpRequest, roster_id: UUID) -> tuple[int, ImportOut]:
    """Let a job write the previewed roster; confirming again is harmless."""
    roster = reads.get_import_for(request.user, roster_id)
    roster = services.confirm_roster(actor=request.user, roster=roster)
    return 202, ImportOut(id=roster.pk, job=roster.applying_job_id)
