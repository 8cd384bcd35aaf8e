"""Verdicts on many claims at once: the same for a screen, a workbook and a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from certification.models import Certificate
from certification.rules import names, numbers, verdicts
from core import clock

CHUNK = 500
EVERYWHERE = ("/",)
_FACTS = ("number_key", "holder_name", "course_title", "credit_hours", "issued_on", "unit__path")


@dataclass(frozen=True)
class Claim:
    """One row of somebody's list: what it says about a certificate, as text."""

    row: int
    number: str
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The verdict on a claim; `field` is what differs, `notes` are codes of oddities."""

    row: int
    verdict: verdicts.Verdict
    field: str = ""
    notes: tuple[str, ...] = ()


def findings(claims: Iterable[Claim], *, paths: Sequence[str] = EVERYWHERE) -> Iterator[Finding]:
    """The verdict on each claim, in order.

    Outside `paths` a contradicted claim is `unknown`, as the public would be told; a right one
    gets its verdict everywhere. Look-ups go in chunks of 500 numbers.
    """
    seen: dict[str, int] = {}
    rest = iter(claims)
    while chunk := list(islice(rest, CHUNK)):
        keys = {claim.row: _key(claim.number) for claim in chunk}
        known = _certificates({key for key in keys.values() if key})
        for claim in chunk:
            key = keys[claim.row]
            yield _judged(claim, known.get(key), key, paths, seen)


def _key(number: str) -> str:
    parsed = numbers.parsed(number)
    return parsed.key if parsed else ""


def _certificates(keys: set[str]) -> dict[str, tuple[verdicts.Stated, str]]:
    rows = (
        Certificate.objects.with_state(clock.today())
        .filter(number_key__in=keys)
        .order_by()
        .values_list(*_FACTS, "state")
    )
    return {
        key: (verdicts.Stated(name, course, hours, issued_on, state), path)
        for key, name, course, hours, issued_on, path, state in rows
    }


def _judged(
    claim: Claim,
    known: tuple[verdicts.Stated, str] | None,
    key: str,
    paths: Sequence[str],
    seen: dict[str, int],
) -> Finding:
    stated, path = known if known else (None, "")
    verdict, differs = verdicts.of_claim(claim.says, stated)
    if verdict == "mismatch" and not any(path.startswith(own) for own in paths):
        verdict, differs = "unknown", "number"
    return Finding(claim.row, verdict, differs, tuple(_notes(claim, key, seen)))


def _notes(claim: Claim, key: str, seen: dict[str, int]) -> Iterator[str]:
    if not claim.number.strip():
        yield "number_missing"
    elif not key:
        yield "number_unreadable"
    elif seen.setdefault(key, claim.row) != claim.row:
        yield "repeated"
    if names.has_private_use(claim.says.get("name", "")):
        yield "private_use_character"
