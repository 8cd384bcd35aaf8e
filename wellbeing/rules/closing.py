"""How a signal that somebody took on ends, and when one pair of eyes is not enough.

Source: SM-1 of the bureau's scheme, decision 0099.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from wellbeing.rules.escalation import ORANGE, RED, YELLOW

UNFOUNDED, OBSERVE, CASE, MERGED = "unfounded", "observe", "case", "merged"
OWNERS: Final = (UNFOUNDED, OBSERVE, CASE)
"""What the owner finds; a signal is merged by joining it to another."""
SOURCES_FOR_A_SECOND: Final = 2
MOST_URGENT_FIRST: Final = (RED, ORANGE, YELLOW)


def needs_second_reader(urgencies: Iterable[str], sources: Collection[object]) -> bool:
    """Whether “unfounded” takes a second person: red, or told by two people or more.

    `urgencies` and `sources` are those of the signal and of all that were joined to it.
    """
    return RED in urgencies or len(set(sources)) >= SOURCES_FOR_A_SECOND


def may_become_part(
    urgency: str, of_urgency: str, kept_from: Collection[str], of_kept_from: Collection[str]
) -> bool:
    """Whether a report may become part of another: it is no more urgent, so that whoever has the
    urgent one before them keeps it, and whom it must not reach has the other not before them.
    """
    rank = MOST_URGENT_FIRST.index
    return rank(urgency) >= rank(of_urgency) and set(kept_from) <= set(of_kept_from)
