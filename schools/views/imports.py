"""The import wizard: upload, watch, look, confirm, mend."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import Missing
from core.workbooks import WorkbookRefused
from schools import services
from schools.forms import UploadForm
from schools.models import RosterImport, Unit
from schools.selectors import imports as reads
from schools.selectors.staff import kept_unit
from schools.views.register import PAGE_ROWS, download

VERDICTS = ("updated", "rejected", "created", "unchanged")
"""The first of these that has rows is opened: what changes people on record is seen first."""
LATEST = 20


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponseBase:
    """Upload a roster, and the latest imports."""
    chosen = wanted_unit(request)
    if request.method == "GET":
        return upload_page(request, UploadForm(viewer=request.user, unit=chosen))
    form = UploadForm(request.POST, request.FILES, viewer=request.user, unit=chosen)
    if not form.is_valid():
        return upload_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        roster = services.upload_roster(
            actor=request.user,
            unit=form.cleaned_data["unit"],
            file=file,
            name=file.name,
            partial=form.cleaned_data["partial"],
        )
    except WorkbookRefused as error:
        form.add_error("file", str(error))
        return upload_page(request, form, status=422)
    return redirect("schools:import", roster_id=roster.pk)


def wanted_unit(request: HttpRequest) -> Unit | None:
    """The unit named in the address or the form, if its roster is the viewer's to keep."""
    key = request.POST.get("unit") or request.GET.get("unit") or ""
    if not key:
        return None
    try:
        return kept_unit(request.user, key)
    except Missing:
        return None


def upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    """The first step."""
    latest = reads.imports_for(request.user)[:LATEST]
    context = {"form": form, "imports": latest}
    return render(request, "schools/imports.html", context, status=status)


@require_GET
def roster_import(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """One import: its progress, its preview, or what came of it."""
    roster = services.open_import(actor=request.user, roster_id=roster_id)
    if getattr(request, "htmx", False):
        return render(request, "schools/import.html#body", context_of(request, roster))
    return render(request, "schools/import.html", context_of(request, roster))


def context_of(request: HttpRequest, roster: RosterImport) -> dict[str, Any]:
    """What the page of an import shows."""
    counts = {verdict: getattr(roster, f"{verdict}_count") for verdict in VERDICTS}
    verdict = request.GET.get("verdict", "")
    if verdict not in VERDICTS:
        verdict = next((name for name in VERDICTS if counts[name]), "created")
    page = Paginator(reads.lines_of(roster, verdict), PAGE_ROWS).get_page(request.GET.get("page"))
    return {
        "roster": roster,
        "job": reads.job_of(roster),
        "counts": counts,
        "verdict": verdict,
        "page": page,
        "lines": [reads.shown(line) for line in page],
        "notes": reads.notes_of(roster),
    }


@require_POST
def confirm(request: HttpRequest, roster_id: UUID) -> HttpResponseBase:
    """Let the previewed roster be written."""
    roster = reads.get_import_for(request.user, roster_id)
    services.confirm_roster(actor=request.user, roster=roster)
    return redirect("schools:import", roster_id=roster_id)


@require_POST
def cancel(request: HttpRequest, roster_id: UUID) -> HttpResponseBase:
    """Drop an import that is not done."""
    roster = reads.get_import_for(request.user, roster_id)
    if services.cancel_roster(actor=request.user, roster=roster).state == "cancelled":
        messages.success(request, _("已放弃这次导入，没有做任何改动。"))
    else:
        messages.error(request, _("这次导入已经完成，不能再放弃。"))
        return redirect("schools:import", roster_id=roster_id)
    return redirect("schools:imports")


@require_POST
def take_as_partial(request: HttpRequest, roster_id: UUID) -> HttpResponseBase:
    """Go on with a file that names only some of the people."""
    roster = reads.get_import_for(request.user, roster_id)
    services.take_as_partial(actor=request.user, roster=roster)
    return redirect("schools:import", roster_id=roster_id)


@require_GET
def errors(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """The rejected rows with their reasons, to be mended and uploaded again."""
    content = services.download_errors(actor=request.user, roster_id=roster_id)
    return download(content, _("退回的行.xlsx"))


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty roster workbook."""
    return download(reads.template_workbook(), _("名册模板.xlsx"))
