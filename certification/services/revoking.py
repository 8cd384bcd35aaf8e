"""Withdrawing a certificate, and the credit that came with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.services import notify
from certification.events import CertificateRevoked
from certification.models import Certificate, CertificateEvent, EventKind, RevocationClass
from certification.permissions import manages_certificate
from certification.rules import reasons
from certification.services.issuing import AlreadyEnded
from certification.services.posting import reverse_course_credit
from certification.services.telling import course_values
from core import audit, events
from core.actors import actor_id
from core.errors import Invalid, Missing
from core.reasons import required


class ReasonClassUnknown(Invalid):
    code = "reason_class_unknown"
    message = gettext_lazy("请从列出的原因中选择对外公布的原因。")

    def __init__(self) -> None:
        super().__init__(fields={"reason_class": self.message})


@transaction.atomic
def revoke_certificate(
    *,
    actor: Any,
    certificate: Certificate,
    reason: str,
    reason_class: str = RevocationClass.OTHER,
) -> CertificateEvent:
    """Withdraw a certificate for a reason; its credit is reversed exactly once.

    The public sees `reason_class`, staff the whole reason. Repeating gives the first revocation.
    Raises Missing without the right, ReasonMissing, ReasonClassUnknown, AlreadyEnded for a
    superseded certificate.
    """
    if not manages_certificate(actor, certificate):
        raise Missing
    why = required(reason, reasons.REVOKING)
    if reason_class not in RevocationClass.values:
        raise ReasonClassUnknown
    chain = _locked_chain(certificate)
    ended = CertificateEvent.objects.filter(
        certificate=certificate, kind__in=[EventKind.REVOKED, EventKind.SUPERSEDED]
    ).first()
    if ended is not None and ended.kind == EventKind.REVOKED:
        return ended
    if ended is not None:
        raise AlreadyEnded
    revoked = [_revoke(actor, link, why, reason_class) for link in chain]
    reverse_course_credit(actor=actor, completion_id=certificate.completion_id)
    _tell_holder(certificate)
    return revoked[0]


def _locked_chain(certificate: Certificate) -> list[Certificate]:
    """The certificate, then what else the completion still has in force or on its way.

    Old paper and waiting successor end together, whichever of them is named: the credit that
    both stand for is gone.
    """
    locked = _locked_of(certificate.completion_id)
    ended = set(
        CertificateEvent.objects.filter(
            certificate__in=locked, kind__in=[EventKind.REVOKED, EventKind.SUPERSEDED]
        ).values_list("certificate_id", flat=True)
    )
    others = [row for row in locked if row.pk != certificate.pk and row.pk not in ended]
    return [row for row in locked if row.pk == certificate.pk] + others


def _locked_of(completion_id: UUID) -> list[Certificate]:
    """All certificates of a completion under their locks.

    Whoever makes a successor holds the lock of the one before it: a list that was waited for may
    lack that successor, so it is read again until it grows no more.
    """
    rows = Certificate.objects.filter(completion_id=completion_id).order_by("pk")
    held: list[Certificate] = []
    while len(found := list(rows.select_for_update(of=("self",)).select_related("unit"))) > len(
        held
    ):
        held = found
    return held


def _revoke(
    actor: Any, certificate: Certificate, reason: str, reason_class: str
) -> CertificateEvent:
    event = CertificateEvent.objects.create(
        certificate=certificate,
        kind=EventKind.REVOKED,
        actor_id=actor_id(actor),
        actor_name=getattr(actor, "name", ""),
        reason=reason,
        reason_class=reason_class,
    )
    audit.record(
        actor,
        "certificate.revoke",
        certificate,
        unit_path=certificate.unit.path,
        reason_class=reason_class,
    )
    events.publish(
        CertificateRevoked(
            certificate_id=certificate.pk,
            teacher_id=certificate.teacher_id,
            completion_id=certificate.completion_id,
        )
    )
    return event


def _tell_holder(certificate: Certificate) -> None:
    user = certificate.teacher.user
    if user is None:
        return
    notify(
        user=user,
        kind="certificate_revoked",
        text=gettext_noop(
            "您的《%(course)s》结业证书（%(number)s）已被撤销，学时已冲销。"
            "原因和向谁提出异议，请打开查看。"
        ),
        values={**course_values(certificate), "number": certificate.number},
        url=f"/certificates/{certificate.pk}/",
    )
