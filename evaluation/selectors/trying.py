"""What another version of the scheme would make of the same figures; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Missing
from evaluation.models import Scheme, Sheet
from evaluation.rules.quality import judge
from evaluation.selectors.terms import SheetShown, Standing, sheets_of


@dataclass(frozen=True, slots=True)
class Tried:
    """A mentor's sheet, and the same figures judged by the other version."""

    sheet: Sheet
    other: Sheet

    @property
    def differs(self) -> bool:
        """Whether band or preference would be another."""
        return (self.sheet.band, self.sheet.preferred) != (self.other.band, self.other.preferred)


def other_schemes(standing: Standing) -> list[Scheme]:
    """Versions of the scheme that are not in force in the term."""
    return list(Scheme.objects.exclude(pk=standing.scheme.pk))


def get_other_scheme(standing: Standing, version: str) -> Scheme:
    """One of them, the newest unless it is named. Raises Missing."""
    found = [one for one in other_schemes(standing) if version in ("", str(one.version))]
    if not found:
        raise Missing
    return found[-1]


def tried(standing: Standing, scheme: Scheme) -> list[Tried]:
    """Every mentor's sheet of a term under another version, those that differ first."""
    sheets = sheets_of(standing.evaluation) if standing.evaluation else []
    rows = [_tried(shown, scheme) for shown in sheets if shown.sheet.mentor]
    return sorted(rows, key=lambda row: not row.differs)


def _tried(shown: SheetShown, scheme: Scheme) -> Tried:
    shares = {code: (line.numerator, line.denominator) for code, line in shown.figures.items()}
    verdict = judge(shares, scheme.measure, qualified=shown.sheet.qualified)
    other = Sheet(
        quality=verdict.quality,
        band=verdict.band.value if verdict.band else "",
        qualified=verdict.qualified,
        preferred=verdict.preferred,
    )
    return Tried(shown.sheet, other)
