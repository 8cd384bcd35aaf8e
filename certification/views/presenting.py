"""What the pages of one certificate show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext as _

from certification import selectors
from certification.forms import ReissueForm, RevocationForm
from certification.models import Certificate, CertificateEvent, EventKind, RevocationClass
from certification.models.certificates import STATE_LABELS
from certification.permissions import manages_certificate
from courses.selectors.outcomes import categories_of, titles_of
from schools.permissions import scope_of
from schools.selectors import county_of

ENDED = frozenset({"revoked", "superseded"})


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
        **course_words(certificate),
        "history": history,
        "held_for": _held_for(history),
        "paper": selectors.paper_facts(certificate),
        "is_being_made": certificate.state == "pending" and selectors.is_being_made(certificate),
        "is_own": own is not None and own.pk == certificate.teacher_id,
        "manages": manages,
        "name_changed": manages and certificate.holder_name != certificate.teacher.name,
        "ended": certificate.state in ENDED,
        "revocation": next((e for e in history if e.kind == EventKind.REVOKED), None),
        "county": county_of(certificate.unit),
        "succession": succession(certificate, list(selectors.chain_of(viewer, certificate))),
        "revocation_form": revocation or RevocationForm(),
        "reissue_form": reissue or ReissueForm(),
    }


def revocation_context(viewer: Any, certificate: Certificate, form: Form) -> dict[str, Any]:
    """What a revocation would undo, before it is carried out."""
    reason_class = RevocationClass(form.cleaned_data["reason_class"])
    chain = selectors.chain_of(viewer, certificate).exclude(pk=certificate.pk)
    return {
        "certificate": certificate,
        "form": form,
        "reason_class": reason_class.label,
        "at_stake": selectors.hours_counted_by(certificate),
        "also": [row for row in chain if row.state not in ENDED],
        **course_words(certificate),
    }


def course_words(certificate: Certificate) -> dict[str, str]:
    """The course and its credit category in the reader's language, where it is known."""
    completion = certificate.completion_id
    return {
        "course": titles_of([completion]).get(completion, certificate.course_title),
        "category": categories_of([completion]).get(completion, certificate.category_name),
    }


@dataclass(frozen=True, slots=True)
class Succession:
    """One thing to say of a certificate among those of the same completion, and the other one."""

    kind: str
    text: str
    other: Certificate


def succession(certificate: Certificate, chain: Sequence[Certificate]) -> list[Succession]:
    """Which certificate of a completion counts now, as the page of one of them says it."""
    said: list[Succession] = []
    before = next((row for row in chain if row.pk == certificate.supersedes_id), None)
    after = _successors(certificate, chain)
    valid = next((row for row in after if row.state == "valid"), None)
    if before is not None:
        said.append(_said_of_former(certificate, before))
    if certificate.state == "superseded" and valid is not None:
        text = _("这张证书已换发，现在有效的是 %(number)s。") % {"number": valid.number}
        said.append(Succession("info", text, valid))
    elif certificate.state == "superseded" and after:
        words = {"number": after[-1].number, "state": STATE_LABELS[after[-1].state]}
        text = (
            _("这张证书已换发；换发后的 %(number)s 现为“%(state)s”，目前没有有效的证书。") % words
        )
        said.append(Succession("warning", text, after[-1]))
    elif certificate.state in {"valid", "expired"} and after:
        said.append(Succession("info", _said_while_coming(certificate), after[-1]))
    return said


def _successors(certificate: Certificate, chain: Sequence[Certificate]) -> list[Certificate]:
    next_of = {row.supersedes_id: row for row in chain if row.supersedes_id}
    found: list[Certificate] = []
    last = certificate
    while last.pk in next_of:
        last = next_of[last.pk]
        found.append(last)
    return found


def _said_of_former(certificate: Certificate, before: Certificate) -> Succession:
    if certificate.state == "pending" and before.state == "valid":
        text = _("本证书用来换发 %(number)s；签发之前，现在有效的仍是 %(number)s。")
    else:
        text = _("本证书换发自 %(number)s。")
    return Succession("info", text % {"number": before.number}, before)


def _said_while_coming(certificate: Certificate) -> str:
    if certificate.state == "expired":
        return _("新证书正在签发；这张证书已过期。")
    return _("新证书正在签发；签发之前，现在有效的仍是这张证书。")


def waiting_for(certificates: Iterable[Certificate]) -> dict[UUID, str]:
    """What each of these, numbered and not issued, waits for."""
    rows = list(certificates)
    held = selectors.holds_of(rows)
    soon = _("文件正在生成")
    return {row.pk: (held[row.pk] or _unexplained()) if row.pk in held else soon for row in rows}


def _unexplained() -> str:
    return _("生成证书文件时出错，证书尚未签发。")


def _held_for(history: Iterable[CertificateEvent]) -> str:
    """Why the paper is not there: the last reason given, or that something went wrong."""
    reasons = [event.reason for event in history if event.kind == EventKind.HELD]
    return reasons[-1] if reasons else _unexplained()
