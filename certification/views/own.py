"""One's own credits and certificates, and the page of any certificate that one may see."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from certification import selectors, services
from certification.rules import verdicts
from certification.views.presenting import certificate_context
from courses.selectors.outcomes import titles_of

ROWS = 50


@require_safe
def credit_account(request: HttpRequest) -> HttpResponse:
    category = request.GET.get("category", "").replace("\0", "")
    account = selectors.ledger_for(request.user, category)
    part = request.GET.get("part", "")
    rows = selectors.rows_behind(account, part)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "balance": account.balance,
        "page": page,
        "category": category,
        "part": part,
        "certificates": selectors.certificates_behind(request.user, page.object_list),
        "titles": titles_of(row.completion_id for row in page.object_list),
    }
    return render(request, "certification/credits.html", context)


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    own = selectors.my_certificates(request.user, state)
    page = Paginator(own, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state if state in verdicts.VERDICTS else "",
        "titles": titles_of(row.completion_id for row in page.object_list),
    }
    return render(request, "certification/certificates.html", context)


@require_safe
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = services.open_certificate(actor=request.user, certificate_id=certificate_id)
    return render(
        request, "certification/certificate.html", certificate_context(request.user, found)
    )


@require_safe
def document(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    paper = services.open_document(actor=request.user, certificate_id=certificate_id)
    response = HttpResponse(bytes(paper.content), content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{paper.certificate.number}.pdf") or "attachment"
    )
    response["ETag"] = f'"{paper.sha256}"'
    response["Cache-Control"] = "private, no-store"
    return response
