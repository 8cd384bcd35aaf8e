"""Verdicts on many claims at once: the same for a screen, a workbook and a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from certification.models import Certificate
from certification.rules import codes, names, numbers, verdicts
from core import clock

CHUNK = 500
EVERYWHERE = ("/",)
_FACTS = (
    "number_key", "code", "holder_name", "course_title", "credit_hours", "issued_on", "unit__path",
)  # fmt: skip


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


@dataclass(frozen=True)
class _Known:
    """A certificate that a claim may mean."""

    number_key: str
    code: str
    path: str
    stated: verdicts.Stated


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
    known = [
        _Known(key, code, path, verdicts.Stated(name, course, hours, issued_on, state))
        for key, code, name, course, hours, issued_on, path, state in rows
    ]
    return {getattr(one, by): one for one in known}


def _judged(
    claim: Claim,
    key: str,
    code: str,
    known: _Known | None,
    paths: Sequence[str],
    seen: dict[str, int],
) -> Finding:
    verdict, differs = _verdict(claim, key, code, known)
    if verdict == "mismatch" and known and not any(known.path.startswith(own) for own in paths):
        verdict, differs = "unknown", "number" if claim.number.strip() else "code"
    means = known.number_key if known else key or code
    repeated = bool(means) and seen.setdefault(means, claim.row) != claim.row
    return Finding(claim.row, verdict, differs, tuple(_notes(claim, key, code, repeated)))


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
