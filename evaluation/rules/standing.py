"""How far a school's term is: from figures that grow to figures that are kept for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TermStage(StrEnum):
    """Where a school's term stands on its way to being frozen."""

    NONE = "none"
    COMPUTING = "computing"
    FAILED = "failed"
    GROWING = "growing"
    STALE = "stale"
    NOBODY_MENTORED = "nobody_mentored"
    TO_ANNOUNCE = "to_announce"
    ANNOUNCE_AGAIN = "announce_again"
    ON_NOTICE = "on_notice"
    TO_ANSWER = "to_answer"
    TO_FREEZE = "to_freeze"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a school's term.

    `computed`: sheets stand; `at_work`: a job makes them now; `failed`: the last one gave up;
    `is_stale`: facts have changed since; `as_of`: the first day that does not count;
    `notice_until`: when the notice of these very figures ends; `others_announced`: other figures
    were on notice before; `unanswered`: an objection waits for the school's answer;
    `nobody_mentored`: there is no mentor's sheet among them.
    """

    computed: bool = False
    at_work: bool = False
    failed: bool = False
    is_stale: bool = False
    as_of: date | None = None
    notice_until: date | None = None
    others_announced: bool = False
    unanswered: bool = False
    frozen: bool = False
    nobody_mentored: bool = False


def stage_of(progress: Progress, ends_on: date, today: date) -> TermStage:
    """The stage on a civil date of a term that ends before `ends_on`."""
    if progress.frozen:
        return TermStage.FROZEN
    if progress.at_work:
        return TermStage.COMPUTING
    if progress.failed:
        return TermStage.FAILED
    if not progress.computed:
        return TermStage.NONE
    if today < ends_on:
        return TermStage.GROWING
    if progress.is_stale or progress.as_of != ends_on:
        return TermStage.STALE
    return _on_the_way_out(progress, today)


def _on_the_way_out(progress: Progress, today: date) -> TermStage:
    """The stage of whole figures of a term that is over."""
    if progress.nobody_mentored:
        return TermStage.NOBODY_MENTORED
    if progress.notice_until is None:
        return TermStage.ANNOUNCE_AGAIN if progress.others_announced else TermStage.TO_ANNOUNCE
    if today < progress.notice_until:
        return TermStage.ON_NOTICE
    return TermStage.TO_ANSWER if progress.unanswered else TermStage.TO_FREEZE
