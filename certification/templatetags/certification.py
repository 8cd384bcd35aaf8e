"""How hours, days and states of certificates are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import template
from django.utils.translation import get_language

from certification.models import Certificate
from certification.models.certificates import STATE_LABELS
from certification.printing.sheet import hours_text
from certification.rules import dates

register = template.Library()


@register.filter
def hours(value: Decimal) -> str:
    """Hours without needless zeros."""
    return hours_text(Decimal(value))


@register.filter
def civil(day: date) -> str:
    """A civil date in the reader's way: 2026年11月23日, elsewhere ISO."""
    return dates.plain(day) if (get_language() or "zh").startswith("zh") else day.isoformat()


@register.filter
def state_word(state: str) -> str:
    """The word of a certificate's state."""
    return str(STATE_LABELS.get(state, state))


@register.filter
def has_paper(certificate: Certificate) -> bool:
    """Whether the paper is stored."""
    return hasattr(certificate, "document")


@register.filter
def called_by(completion: UUID | None, titles: Mapping[UUID, str]) -> str:
    """The title of a completed course in the reader's language; empty where none is known."""
    return titles.get(completion, "") if completion else ""


@register.filter
def of(values: Mapping[UUID, UUID], key: UUID | None) -> UUID | None:
    """The value under the key, if there is one."""
    return values.get(key) if key else None
