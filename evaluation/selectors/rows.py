"""The rows behind a number: pupil by pupil, the records that count, and why others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from evaluation.models import Sheet, SheetLine
from evaluation.rules.evidence import WORKLOAD
from evaluation.rules.indicators import COVERAGE, COVERED_DAYS, LATE, PRODUCTS
from evaluation.selectors.wording import REASONS, gap_in_words
from mentoring.selectors.records import (
    ContactFact,
    contacts_named,
    kind_in_words,
    outcome_in_words,
    own_pupils_on,
)
from schools.models import Pupil
from schools.permissions import scope_of, visible_pupils


@dataclass(frozen=True, slots=True)
class PupilPart:
    """A pupil's part in a number; `short` says whether something is missing."""

    pupil: UUID
    name: str
    part: str
    note: str
    short: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A contact as a fact, and what became of it in this number."""

    at: datetime
    pupils: str
    kind: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind a number."""

    parts: list[PupilPart]
    counted: list[Record]
    excluded: list[Record]


class _Names:
    """Names of the pupils whom the viewer may know today; others are told apart by a code."""

    def __init__(self, viewer: Any, sheet: Sheet, keys: set[UUID]) -> None:
        own = scope_of(viewer).teacher
        known = set(visible_pupils(viewer).filter(pk__in=keys).values_list("pk", flat=True))
        if own is not None and own.pk == sheet.mentor_id:
            known |= own_pupils_on(own.pk, clock.today()) & keys
        rows = Pupil.objects.filter(pk__in=known).values_list("pk", "name", "pinyin")
        self.names = {key: name for key, name, _pinyin in rows}
        self.order = {key: pinyin for key, _name, pinyin in rows}

    def of(self, pupil: UUID) -> str:
        return self.names.get(pupil) or _("已不在名下的学生（%(code)s）") % {
            "code": pupil.hex[:4].upper()
        }

    def all(self, pupils: Iterable[UUID]) -> str:
        return _("、").join(self.of(pupil) for pupil in pupils)


def rows_behind(viewer: Any, sheet: Sheet, behind: SheetLine, only: str = "") -> Behind:
    """What a number is made of, or one pupil's part in it. Five queries."""
    contacts = contacts_named(UUID(row["id"]) for row in [*behind.rows, *behind.excluded])
    keys = {UUID(row["pupil"]) for row in behind.pupils}
    keys |= {pupil for contact in contacts.values() for pupil in contact.pupils}
    names = _Names(viewer, sheet, keys)
    part_of = _PARTS[behind.code]
    return Behind(
        parts=sorted(
            (
                _part(row, names, part_of(row))
                for row in behind.pupils
                if only in ("", row["pupil"])
            ),
            key=lambda one: (not one.short, names.order.get(one.pupil, "~"), one.note),
        ),
        counted=list(_records(behind.rows, contacts, names, only, _NOTES.get(behind.code))),
        excluded=list(_records(behind.excluded, contacts, names, only, _why)),
    )


def _part(row: dict[str, Any], names: _Names, said: tuple[str, str, bool]) -> PupilPart:
    pupil = UUID(row["pupil"])
    return PupilPart(pupil, names.of(pupil), *said)


def _records(
    rows: Iterable[dict[str, Any]],
    contacts: dict[UUID, ContactFact],
    names: _Names,
    only: str,
    note: Any,
) -> Iterable[Record]:
    """The records of a number, the newest first; of one pupil only where one is named."""
    found = []
    for row in rows:
        contact = contacts[UUID(row["id"])]
        pupils = [UUID(row["pupil"])] if "pupil" in row else contact.pupils
        if not only or only in map(str, pupils):
            found.append((contact, pupils, row))
    found.sort(key=lambda one: (one[0].occurred_at, one[0].id), reverse=True)
    for contact, pupils, row in found:
        yield Record(
            at=contact.occurred_at,
            pupils=names.all(pupils),
            kind=kind_in_words(contact.kind),
            outcome=outcome_in_words(contact.outcome),
            note=note(row) if note else "",
        )


def _why(row: dict[str, Any]) -> str:
    return str(REASONS[row["reason"]])


def _reaches(row: dict[str, Any]) -> str:
    day = date_format(date.fromisoformat(row["effective_on"]))
    if row["half"]:
        return _("从%(day)s起算，没有见到本人，只算半个周期") % {"day": day}
    return _("从%(day)s起算") % {"day": day}


def _does(row: dict[str, Any]) -> str:
    return _("完成一次%(kind)s") % {"kind": kind_in_words(row["kind"])}


def _entered(row: dict[str, Any]) -> str:
    days = row["lag_days"]
    text = ngettext("隔 %(days)d 天记下", "隔 %(days)d 天记下", days) % {"days": days}
    return _("%(text)s，迟记") % {"text": text} if row["late"] else text


_NOTES = {COVERED_DAYS: _reaches, PRODUCTS: _does, LATE: _entered}


def _days_without(row: dict[str, Any]) -> tuple[str, str, bool]:
    first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["last"])
    days = (last - first).days + 1
    text = ngettext("%(days)d 天", "%(days)d 天", days) % {"days": days}
    return text, gap_in_words(first, last), True


def _days_covered(row: dict[str, Any]) -> tuple[str, str, bool]:
    lost = row["counting"] - row["covered"]
    note = ngettext("少 %(days)d 个加权日", "少 %(days)d 个加权日", lost) % {"days": lost}
    return f"{row['covered']} / {row['counting']}", note if lost else "", bool(lost)


def _products_done(row: dict[str, Any]) -> tuple[str, str, bool]:
    missing = _("、").join(kind_in_words(kind) for kind in row["missing"])
    note = _("还差%(missing)s") % {"missing": missing} if missing else ""
    return f"{row['done']} / {row['due']}", note, bool(missing)


def _days_carried(row: dict[str, Any]) -> tuple[str, str, bool]:
    return f"{row['days']}", "", False


_PARTS = {
    COVERAGE: _days_without,
    COVERED_DAYS: _days_covered,
    PRODUCTS: _products_done,
    WORKLOAD: _days_carried,
    LATE: _days_carried,
}
