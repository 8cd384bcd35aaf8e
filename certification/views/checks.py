"""The registrar's bulk checks: upload, progress, result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from certification import selectors, services
from certification.forms import CheckForm
from certification.models import CertificateCheck
from certification.services.checking import open_result
from certification.services.claim_tables import VERDICT_WORDS
from core.models import JobState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        check = services.check_workbook(
            actor=request.user,
            file=upload.file,
            file_name=upload.name,
            purpose=form.cleaned_data["purpose"],
            token=form.cleaned_data["token"],
        )
        return redirect("certification:check", check_id=check.pk)
    context = {"form": form, "rows": _rows(request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "certification/checks.html", context, status=status)


@require_safe
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    found = selectors.get_check_for(viewer=request.user, check_id=check_id)
    template = "certification/check.html"
    if getattr(request, "htmx", False):
        template += "#progress"
    return render(request, template, _context(found))


def _rows(viewer: Any) -> list[dict[str, Any]]:
    """The viewer's checks with how far each is and, where it is done, the rows by verdict."""
    checks = list(selectors.checks_of(viewer)[:50])
    jobs = selectors.jobs_of(checks)
    rows = []
    for check in checks:
        job = jobs.get(check.job_id) if check.job_id else None
        state = JobState(job.state) if job else JobState.FAILED
        rows.append(
            {
                "check": check,
                "state": state.value,
                "state_text": state.label,
                "verdicts": _verdicts(check),
            }
        )
    return rows


def _verdicts(check: CertificateCheck) -> list[dict[str, Any]]:
    return [
        {"verdict": verdict, "text": VERDICT_WORDS[verdict], "rows": rows}
        for verdict, rows in check.counts.items()
    ]


def _context(check: CertificateCheck) -> dict[str, Any]:
    return {
        "check": check,
        "job": selectors.job_of(check),
        "verdicts": _verdicts(check),
        "rows": sum(check.counts.values()),
    }


@require_safe
def result(request: HttpRequest, check_id: UUID) -> HttpResponse:
    found = selectors.get_check_for(viewer=request.user, check_id=check_id)
    content = open_result(actor=request.user, check=found)
    response = HttpResponse(content, content_type=XLSX)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{stem}-查验结果.xlsx") or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response
