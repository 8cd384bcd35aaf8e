"""Setting up who issues certificates, and under which number, title and seal."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate, CertificateTemplate, CertificateType, Issuer
from certification.printing import seal as seals
from certification.printing import typesetter
from certification.rules import numbers
from core import audit
from core.errors import Invalid
from schools.models import Unit

TRAINING = "training"


class NotASeal(Invalid):
    code = "seal_invalid"
    message = _("印章必须是带透明通道的 PNG 图片，边长 200 至 2000 像素，不超过 1 MB。")


class IssuerFactsWrong(Invalid):
    code = "issuer_invalid"
    message = _(
        "请填写落款名称、证书名称（各不超过 60 字）和编号字头（不超过 40 字）；"
        "编号字头不能与其他机构现用或用过的相同，括号和全角半角不算区别；"
        "编号 1 至 12 位，有效期至少一年。"
    )


@transaction.atomic
def establish_issuer(
    *,
    actor: Any,
    unit: Unit,
    name: str,
    number_prefix: str,
    title: str = "培训结业证书",
    seal: bytes | None = None,
    seal_text: str = "",
    number_width: int = 6,
    validity_years: int | None = None,
) -> CertificateTemplate:
    """Let `unit` issue certificates of training; repeating with the same facts changes nothing.

    Another title, name or seal makes the next template version; issued certificates keep theirs.
    Without a seal of its own one is drawn with `seal_text` (or the name) along the rim.
    Raises IssuerFactsWrong, or NotASeal for a picture that cannot be printed.
    """
    _refuse_wrong_facts(unit, (name, title, number_prefix), number_width, validity_years)
    picture = seal if seal is not None else seals.drawn_seal(seal_text or name)
    if not seals.is_seal(picture):
        raise NotASeal
    kind = _kind(actor, unit, name, number_prefix, number_width, validity_years)
    digest = hashlib.sha256(typesetter.source()).hexdigest()
    latest = kind.templates.order_by("-version").first()
    facts = {"title": title, "issuer_name": name, "source_sha256": digest}
    if (
        latest
        and bytes(latest.seal) == picture
        and all(getattr(latest, field) == value for field, value in facts.items())
    ):
        return latest
    template = CertificateTemplate.objects.create(
        type=kind, version=latest.version + 1 if latest else 1, seal=picture, **facts
    )
    audit.record(
        actor,
        "certificate.template",
        template,
        unit_path=unit.path,
        version=template.version,
        seal=hashlib.sha256(picture).hexdigest(),
    )
    return template


def _refuse_wrong_facts(
    unit: Unit, texts: tuple[str, str, str], width: int, validity_years: int | None
) -> None:
    *names, prefix = texts
    if (
        not all(name.strip() and name.isprintable() and len(name) <= 60 for name in names)
        or not numbers.is_prefix(prefix)
        or not 1 <= width <= 12
        or not (validity_years is None or validity_years >= 1)
        or _is_taken(prefix, unit)
    ):
        raise IssuerFactsWrong


def _is_taken(prefix: str, unit: Unit) -> bool:
    """Whether another office numbers, or has numbered, under a prefix that reads the same."""
    wanted = numbers.plain(prefix)
    others = CertificateType.objects.exclude(issuer__unit=unit)
    if any(numbers.plain(other.number_prefix) == wanted for other in others):
        return True
    return Certificate.objects.filter(
        type__in=others, number_key__startswith=f"{wanted}〔"
    ).exists()


def _kind(
    actor: Any, unit: Unit, name: str, prefix: str, width: int, validity_years: int | None
) -> CertificateType:
    """The kind as it is now wanted; a change of its numbering or validity leaves a trace."""
    issuer, _created = Issuer.objects.update_or_create(unit=unit, defaults={"name": name})
    numbering: dict[str, Any] = {
        "number_prefix": prefix,
        "number_width": width,
        "validity_years": validity_years,
    }
    wanted = {"issuer": issuer, "code": TRAINING, **numbering}
    kind = CertificateType.objects.filter(**wanted).first()
    if kind is None:
        kind, _created = CertificateType.objects.update_or_create(
            issuer=issuer, code=TRAINING, defaults=numbering
        )
        audit.record(actor, "certificate.numbering", kind, unit_path=unit.path, **numbering)
    return kind
