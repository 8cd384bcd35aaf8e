"""What the objects of the access log are called: identity only, never content.

Each room names its own objects, and only for an auditor; pupils only for who knows them by name.
What no room names shows its kind alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from accounts.selectors import account_names, accounts_called
from certification.selectors import certificate_names
from core.trace import Thing
from courses.selectors.names import learning_names
from evaluation.selectors.names import evaluation_names
from media.selectors import recording_names
from mentoring.selectors.names import mentoring_names
from schools.selectors.names import own_pupil_names, register_called, register_names

ROOMS: Final[tuple[Callable[[Any, Mapping[str, Collection[str]]], dict[Thing, str]], ...]] = (
    account_names,
    register_names,
    own_pupil_names,
    recording_names,
    learning_names,
    certificate_names,
    mentoring_names,
    evaluation_names,
)


def names_of(viewer: Any, things: Iterable[Thing]) -> dict[Thing, str]:
    """Names of kinds and ids, in one query for each kind; what is gone has none."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, thing_id in things:
        by_kind[kind].add(thing_id)
    return {thing: name for room in ROOMS for thing, name in room(viewer, by_kind).items()}


def things_called(viewer: Any, words: str) -> set[Thing]:
    """The people, accounts and units with exactly this name, number or code."""
    return accounts_called(viewer, words) | register_called(viewer, words)
