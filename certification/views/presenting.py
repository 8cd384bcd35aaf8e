"""What the pages of one certificate show."""

from __future__ import annotations

from typing import Any

from django.forms import Form

from certification import selectors
from certification.forms import ReissueForm, RevocationForm
from certification.models import Certificate
from certification.models.certificates import STATE_LABELS
from certification.permissions import manages_certificate
from certification.rules import names
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
    return {
        "certificate": certificate,
        "state_text": STATE_LABELS[certificate.state],
        "history": list(selectors.history_of(certificate)),
        "paper": selectors.paper_facts(certificate),
        "is_own": own is not None and own.pk == certificate.teacher_id,
        "manages": manages,
        "name_changed": manages
        and not names.matches(certificate.holder_name, certificate.teacher.name),
        "ended": certificate.state in {"revoked", "superseded"},
        "successor": selectors.successor_for(viewer, certificate),
        "revocation_form": revocation or RevocationForm(),
        "reissue_form": reissue or ReissueForm(),
    }
