"""How hours, days and states of certificates are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate, EventKind
from certification.models.certificates import STATE_LABELS
from certification.printing.sheet import hours_text

register = template.Library()
EVENT_WORDS = {
    EventKind.REQUESTED: _("已编号"),
    EventKind.HELD: _("暂缓签发"),
    EventKind.RETRIED: _("要求重新生成"),
    EventKind.ISSUED: _("已签发"),
    EventKind.SUPERSEDED: _("已换发"),
    EventKind.REVOKED: _("已撤销"),
}


@register.filter
def hours(value: Decimal) -> str:
    """Hours without needless zeros."""
    return hours_text(Decimal(value))


@register.filter
def civil(day: date) -> str:
    """A civil date in the reader's language: 2026年11月23日, 23 November 2026."""
    return date_format(day, "DATE_FORMAT")


@register.filter
def state_word(state: str) -> str:
    """The word of a certificate's state."""
    return str(STATE_LABELS.get(state, state))


@register.filter
def event_word(kind: str) -> str:
    """What happened to a certificate, as its history tells it."""
    return str(EVENT_WORDS[EventKind(kind)])


@register.filter
def has_paper(certificate: Certificate) -> bool:
    """Whether the paper is stored."""
    return hasattr(certificate, "document")


@register.filter
def called_by(completion: UUID | None, titles: Mapping[UUID, str]) -> str:
    """The title of a completed course in the reader's language; empty where none is known."""
    return titles.get(completion, "") if completion else ""


@register.filter
def item(texts: Mapping[UUID, str], key: UUID) -> str:
    """The text under the key; empty where there is none."""
    return texts.get(key, "")


@register.filter
def of(values: Mapping[UUID, UUID], key: UUID | None) -> UUID | None:
    """The value under the key, if there is one."""
    return values.get(key) if key else None
