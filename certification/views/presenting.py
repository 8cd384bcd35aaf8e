"""What the pages of one certificate show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from certification import selectors
from certification.forms import ReissueForm, RevocationForm
from certification.models import Certificate, CertificateEvent, EventKind
from certification.models.certificates import STATE_LABELS
from certification.permissions import manages_certificate
from schools.permissions import scope_of


def certificate_context(
    viewer: Any,
    certificate: Certificate,
    *,
    revocation: Form | None = None,
    reissue: Form | None = None,
) -> dict[str, Any]:
    """Facts, state, history and, for those above it, the forms of what can be done."""
    own = scope_of(viewer).teacher
    manages = manages_certificate(viewer, certificate)
    history = list(selectors.history_of(certificate))
    return {
        "certificate": certificate,
        "state_text": STATE_LABELS[certificate.state],
        "history": history,
        "held_for": _held_for(history),
        "paper": selectors.paper_facts(certificate),
        "is_being_made": certificate.state == "pending" and selectors.is_being_made(certificate),
        "is_own": own is not None and own.pk == certificate.teacher_id,
        "manages": manages,
        "name_changed": manages and certificate.holder_name != certificate.teacher.name,
        "ended": certificate.state in {"revoked", "superseded"},
        "successor": selectors.successor_for(viewer, certificate),
        "revocation_form": revocation or RevocationForm(),
        "reissue_form": reissue or ReissueForm(),
    }


def _held_for(history: Iterable[CertificateEvent]) -> str:
    """Why the paper is not there: the last reason given, or that something went wrong."""
    reasons = [event.reason for event in history if event.kind == EventKind.HELD]
    return reasons[-1] if reasons else _("生成证书文件时出错，证书尚未签发。")
