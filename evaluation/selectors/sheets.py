"""A school's term as sheets: computed from the facts, and read back as the document they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from certification.selectors import qualified_mentors
from evaluation.models import Scheme, SheetLine, TermEvaluation
from evaluation.rules.evidence import Line, Page, pages
from evaluation.rules.facts import Facts
from evaluation.rules.indicators import compute
from evaluation.rules.quality import WHOLE, Verdict, judge, share_of
from evaluation.selectors.facts import facts_of_term
from mentoring.selectors.records import mentors_of_term
from schools.models import Term, Unit

FORMAT = 1


def line_document(line: Line | SheetLine) -> dict[str, Any]:
    """One number with its rows as plain JSON values, computed or kept."""
    names = ("code", "version", "numerator", "denominator", "pupils", "rows", "excluded")
    return {name: getattr(line, name) for name in names}


@dataclass(frozen=True, slots=True)
class Judged:
    """A page of figures, and what they come to; the school's own page is not judged."""

    page: Page
    verdict: Verdict

    @property
    def document(self) -> dict[str, Any]:
        """The sheet as plain JSON values."""
        return {
            "mentor": self.page.mentor,
            "quality": self.verdict.quality,
            "band": self.verdict.band.value if self.verdict.band else "",
            "qualified": self.verdict.qualified,
            "preferred": self.verdict.preferred,
            "lines": [line_document(line) for line in self.page.lines],
        }


@dataclass(frozen=True, slots=True)
class Computed:
    """The sheets of a school's term, as of a day and under a scheme."""

    facts: Facts
    sheets: list[Judged]

    @property
    def as_of(self) -> date:
        """The first day that does not count yet."""
        return self.facts.end


def scheme_for(term: Term, version: int | None = None) -> Scheme:
    """The version asked for, or the one in force when the term begins.

    Raises Scheme.DoesNotExist.
    """
    if version is not None:
        return Scheme.objects.get(version=version)
    found = Scheme.objects.filter(starts_on__lte=term.starts_on)
    scheme = found.order_by("starts_on", "version").last()
    if scheme is None:
        raise Scheme.DoesNotExist
    return scheme


def sheets_of_term(unit: Unit, term: Term, scheme: Scheme) -> Computed:
    """Compute the sheets of everybody who mentored in the school in the term, up to today.

    Eleven queries, whatever the school's size.
    """
    facts = facts_of_term(unit, term)
    mentors = {str(mentor) for mentor in mentors_of_term(unit, term)}
    return judged(facts, mentors, _qualified(facts), scheme)


def judged(facts: Facts, mentors: set[str], qualified: set[str], scheme: Scheme) -> Computed:
    """The sheets of these mentors under a scheme, from facts at hand."""
    return Computed(
        facts,
        [
            Judged(page, _verdict(page, scheme, page.mentor in qualified))
            for page in pages(facts, compute(facts), mentors)
        ],
    )


def rejudged(computed: Computed, scheme: Scheme) -> Computed:
    """The same figures under another scheme."""
    return Computed(
        computed.facts,
        [
            Judged(row.page, _verdict(row.page, scheme, row.verdict.qualified))
            for row in computed.sheets
        ],
    )


def document_of(computed: Computed, unit: Unit, term: Term, scheme: Scheme) -> dict[str, Any]:
    """The document that a digest is taken over."""
    sheets = [row.document for row in computed.sheets]
    return _document(unit.code, term.code, scheme.version, computed.as_of, sheets)


def kept_document(evaluation: TermEvaluation) -> dict[str, Any]:
    """The same document, read back from the rows that were kept."""
    sheets = evaluation.sheets.prefetch_related("lines")
    rows = [
        {
            "mentor": str(sheet.mentor_id) if sheet.mentor_id else None,
            "quality": sheet.quality,
            "band": sheet.band,
            "qualified": sheet.qualified,
            "preferred": sheet.preferred,
            "lines": [line_document(line) for line in sheet.lines.all()],
        }
        for sheet in sheets
    ]
    rows.sort(key=lambda row: row["mentor"] or "")
    unit, term = evaluation.unit.code, evaluation.term.code
    return _document(unit, term, evaluation.scheme.version, evaluation.as_of, rows)


def line_in(document: dict[str, Any], mentor: str, code: str) -> dict[str, Any] | None:
    """One number of a mentor's sheet in a document; None where it has none."""
    lines = [
        line
        for sheet in document["sheets"]
        if sheet["mentor"] == mentor
        for line in sheet["lines"]
        if line["code"] == code
    ]
    return next(iter(lines), None)


def _document(
    unit: str, term: str, scheme: int, as_of: date | None, sheets: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "school": unit,
        "term": term,
        "scheme": scheme,
        "as_of": as_of.isoformat() if as_of else None,
        "sheets": sheets,
    }


def _qualified(facts: Facts) -> set[str]:
    """Who holds a valid qualification on the last day that counts."""
    last = max(facts.end - timedelta(days=1), facts.term.start)
    return {str(teacher) for teacher in qualified_mentors(last)}


def _verdict(page: Page, scheme: Scheme, qualified: bool) -> Verdict:
    if page.mentor is None:
        return Verdict(None, None, False, False)
    return judge(page.shares, scheme.measure, qualified=qualified)


def mentor_key(sheet: Judged) -> UUID | None:
    """The mentor of a sheet as the register knows them."""
    return UUID(sheet.page.mentor) if sheet.page.mentor else None


def standing(unit: Unit, term: Term, scheme: Scheme) -> TermEvaluation | None:
    """What has been evaluated of a school's term under a scheme."""
    rows = TermEvaluation.objects.filter(unit=unit, term=term, scheme=scheme)
    return rows.select_related("unit", "term", "scheme").first()


def figures_of(document: dict[str, Any]) -> dict[str, Any]:
    """A document's figures without the rows behind them."""
    return {
        "school": document["school"],
        "term": document["term"],
        "scheme": document["scheme"],
        "as_of": document["as_of"],
        "sheets": [
            {
                "teacher": sheet["mentor"],
                "quality": sheet["quality"],
                "band": sheet["band"],
                "qualified": sheet["qualified"],
                "preferred": sheet["preferred"],
                "indicators": [_figure(line) for line in sheet["lines"]],
            }
            for sheet in document["sheets"]
        ],
    }


def differences_by_mentor(before: Computed, after: Computed) -> list[dict[str, Any]]:
    """Whose quality, band or preference another scheme changes: from what, to what."""
    return [
        {"teacher": one.page.mentor, "before": _outcome(one), "after": _outcome(other)}
        for one, other in zip(before.sheets, after.sheets, strict=True)
        if one.verdict != other.verdict
    ]


def _outcome(sheet: Judged) -> dict[str, Any]:
    document = sheet.document
    return {name: document[name] for name in ("quality", "band", "preferred")}


def _figure(line: dict[str, Any]) -> dict[str, Any]:
    numerator, denominator = line["numerator"], line["denominator"]
    return {
        "code": line["code"],
        "version": line["version"],
        "value": share_of(numerator, denominator) / WHOLE if denominator else None,
        "numerator": numerator,
        "denominator": denominator,
    }
