"""Verdicts on many claims at once: the same for a screen, a workbook and a command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from uuid import UUID

from certification.models import Certificate, CertificateEvent, EventKind
from certification.rules import codes, names, numbers, verdicts
from core import clock

CHUNK = 500
EVERYWHERE = ("/",)
_FACTS = (
    "pk", "number_key", "code", "holder_name", "course_title", "credit_hours", "issued_on",
    "expires_on", "unit__path",
)  # fmt: skip
_ENDED = {"revoked": EventKind.REVOKED, "superseded": EventKind.SUPERSEDED}


@dataclass(frozen=True)
class Claim:
    """One row of somebody's list: what it says about a certificate, as text."""

    row: int
    number: str
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """Since when a certificate counts no more: its last day, or when it was withdrawn.

    `cause` is the public reason of a revocation, `successor` a number that staff above it may know.
    """

    on: dt.date
    cause: str = ""
    successor: str = ""


@dataclass(frozen=True)
class Finding:
    """The verdict on a claim; `field` is what differs, `notes` are codes of oddities.

    `repeats` is the first row that means the same certificate, `end` why a right claim is not
    valid.
    """

    row: int
    verdict: verdicts.Verdict
    field: str = ""
    notes: tuple[str, ...] = ()
    repeats: int | None = None
    end: End | None = None

    @property
    def outcome(self) -> str:
        """The verdict as people are told it: nothing was looked up for `incomplete`."""
        return "incomplete" if "number_missing" in self.notes else self.verdict


@dataclass(frozen=True)
class _Known:
    """A certificate that a claim may mean."""

    number_key: str
    code: str
    path: str
    stated: verdicts.Stated
    end: End | None


def findings(claims: Iterable[Claim], *, paths: Sequence[str] = EVERYWHERE) -> Iterator[Finding]:
    """The verdict on each claim, in order; a claim is known by its number, else by its code.

    Outside `paths` a contradicted claim is `unknown`, as the public would be told; a right one
    gets its verdict everywhere. Look-ups go in chunks of 500 claims.
    """
    seen: dict[str, int] = {}
    rest = iter(claims)
    while chunk := list(islice(rest, CHUNK)):
        keys = [
            (_key(claim.number), codes.normalise(claim.says.get("code", ""))) for claim in chunk
        ]
        by_number = _certificates("number_key", {key for key, _code in keys})
        by_code = _certificates("code", {code for _key, code in keys if codes.is_code(code)})
        for claim, (key, code) in zip(chunk, keys, strict=True):
            yield _judged(claim, key, code, by_number.get(key) or by_code.get(code), paths, seen)


def _key(number: str) -> str:
    parsed = numbers.parsed(number)
    return parsed.key if parsed else ""


def _certificates(by: str, values: set[str]) -> dict[str, _Known]:
    wanted = values - {""}
    if not wanted:
        return {}
    rows = (
        Certificate.objects.with_state(clock.today())
        .filter(**{f"{by}__in": wanted})
        .order_by()
        .values_list(*_FACTS, "state")
    )
    found = list(rows)
    ends = _ends({row[0]: _ENDED[row[-1]] for row in found if row[-1] in _ENDED})
    known = [
        _Known(
            key,
            code,
            path,
            verdicts.Stated(name, course, hours, issued_on, state),
            End(expires_on) if state == "expired" else ends.get(pk),
        )
        for pk, key, code, name, course, hours, issued_on, expires_on, path, state in found
    ]
    return {getattr(one, by): one for one in known}


def _ends(wanted: Mapping[UUID, EventKind]) -> dict[UUID, End]:
    """Certificate → how it was withdrawn; asks nothing where none was."""
    if not wanted:
        return {}
    rows = CertificateEvent.objects.filter(certificate__in=wanted, kind__in=_ENDED.values())
    return {
        row.certificate_id: End(
            clock.civil_date(row.at),
            str(row.get_reason_class_display()),
            row.reason if row.kind == EventKind.SUPERSEDED else "",
        )
        for row in rows
        if row.kind == wanted[row.certificate_id]
    }


def _judged(
    claim: Claim,
    key: str,
    code: str,
    known: _Known | None,
    paths: Sequence[str],
    seen: dict[str, int],
) -> Finding:
    verdict, differs = _verdict(claim, key, code, known)
    is_near = known is not None and any(known.path.startswith(own) for own in paths)
    if verdict == "mismatch" and known and not is_near:
        verdict, differs = "unknown", "number" if claim.number.strip() else "code"
    means = known.number_key if known else key or code
    first = seen.setdefault(means, claim.row) if means else claim.row
    repeats = first if first != claim.row else None
    end = known.end if known and verdict == known.stated.state else None
    if end is not None and not is_near:
        end = replace(end, successor="")
    notes = tuple(_notes(claim, key, code, repeats is not None))
    return Finding(claim.row, verdict, differs, notes, repeats, end)


def _verdict(
    claim: Claim, key: str, code: str, known: _Known | None
) -> tuple[verdicts.Verdict, str]:
    if known is None:
        return "unknown", "code" if code and not claim.number.strip() else "number"
    if claim.number.strip() and key != known.number_key:
        return "mismatch", "number"
    verdict, differs = verdicts.of_claim(claim.says, known.stated)
    if code and code != known.code and not differs:
        return "mismatch", "code"
    return verdict, differs


def _notes(claim: Claim, key: str, code: str, repeated: bool) -> Iterator[str]:
    if not claim.says.get("name", "").strip():
        yield "name_missing"
    if not claim.number.strip() and not code:
        yield "number_missing"
    elif claim.number.strip() and not key:
        yield "number_unreadable"
    if code and not codes.is_code(code):
        yield "code_unreadable"
    if repeated:
        yield "repeated"
    if names.has_private_use(claim.says.get("name", "")):
        yield "private_use_character"
