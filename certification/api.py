"""Credits, certificates and verification over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query

from certification import selectors, services
from certification.models import Certificate, CreditPosting, PostingKind, PostingReason
from certification.schemas import (
    CategoryOut,
    CertificateOut,
    CertificatePage,
    CreditsOut,
    PostingOut,
    RevocationIn,
    RevocationOut,
    VerificationOut,
)
from certification.services.issuing import AlreadyEnded
from certification.services.revoking import ReasonClassUnknown
from certification.services.verifying import Verification
from core.api import AskedPage, Router, idempotent, page_of
from core.errors import Invalid
from core.http import client_address
from core.openapi import refusals
from core.reasons import ReasonMissing
from core.throttle import Throttled

router = Router(tags=["credits and certificates"])


@router.get("/credits", response=CreditsOut, url_name="credits")
def credit_account(request: HttpRequest) -> CreditsOut:
    """The signed-in teacher's credit account: total, categories, every posting."""
    account = selectors.ledger_for(request.user)
    return CreditsOut(
        total=str(account.balance.total),
        categories=[
            CategoryOut(
                category=part.category,
                counted_hours=str(part.counted_hours),
                uncounted_hours=str(part.uncounted_hours),
            )
            for part in account.balance.categories
        ],
        postings=[_posting(row) for row in account.postings],
    )


def _posting(row: CreditPosting) -> PostingOut:
    return PostingOut(
        id=row.pk,
        kind=PostingKind(row.kind),
        reason=PostingReason(row.reason),
        reason_text=str(row.get_reason_display()),
        category=row.category.code,
        course=row.course_code,
        title=row.title,
        raw_hours=str(row.raw_hours),
        counted_hours=str(row.counted_hours),
        occurred_on=row.occurred_on,
        posted_at=row.posted_at,
        rule_version=row.rule_version,
        reverses=row.reverses_id,
    )


@router.get("/certificates", response=CertificatePage, url_name="certificates")
def certificates(request: HttpRequest, asked: Query[AskedPage]) -> dict[str, Any]:
    """The caller's own certificates and those of units under the caller's posts, newest first."""
    rows = services.open_visible(actor=request.user).select_related("document")
    rows = rows.defer("document__content").order_by("-issued_on", "pk")
    return page_of(rows, request, asked, _row)


def _row(certificate: Certificate) -> CertificateOut:
    paper = getattr(certificate, "document", None)
    return CertificateOut(
        id=certificate.pk,
        number=certificate.number,
        code=certificate.code,
        state=certificate.state,
        name=certificate.holder_name,
        course=certificate.course_title,
        credit_hours=str(certificate.credit_hours),
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        pdf=reverse("certification:document", args=[certificate.pk]) if paper else None,
        sha256=paper.sha256 if paper else None,
    )


@router.post(
    "/certificates/{uuid:certificate_id}/revocation",
    response=RevocationOut,
    url_name="revocation",
    openapi_extra=refusals(ReasonMissing, ReasonClassUnknown, AlreadyEnded),
)
@idempotent
def revocation(request: HttpRequest, certificate_id: UUID, body: RevocationIn) -> RevocationOut:
    """Withdraw a certificate for a reason; its credit is reversed once."""
    found = selectors.get_certificate_to_manage(viewer=request.user, certificate_id=certificate_id)
    event = services.revoke_certificate(
        actor=request.user,
        certificate=found,
        reason=body.reason,
        reason_class=body.reason_class,
    )
    return RevocationOut(id=found.pk, state="revoked", revoked_at=event.at)


@router.get(
    "/verify",
    response=VerificationOut,
    auth=None,
    url_name="verify",
    openapi_extra=refusals(Invalid, Throttled),
)
def verify(
    request: HttpRequest, code: str = "", number: str = "", name: str = ""
) -> VerificationOut:
    """What a certificate is worth: by code, or by number and full name together."""
    address = client_address(request)
    if code:
        return _verification(services.verify_by_code(code=code, address=address))
    if not number or not name:
        raise Invalid
    return _verification(services.verify_by_number(number=number, name=name, address=address))


def _verification(answer: Verification) -> VerificationOut:
    found = answer.certificate
    return VerificationOut(
        verdict=answer.verdict,
        masked_name=answer.masked_name,
        course=found.course_title if found else "",
        credit_hours=str(found.credit_hours) if found else "",
        issued_on=found.issued_on if found and found.was_issued else None,
        expires_on=found.expires_on if found and found.was_issued else None,
    )
