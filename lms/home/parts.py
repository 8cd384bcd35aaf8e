"""The pieces of the page: a thing that is due, a figure that opens its rows, a section of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do, with the one button that does it."""

    icon: str
    title: Any
    note: Any = ""
    url: str = ""
    link: Any = ""
    late: bool = False
    testid: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list behind it."""

    name: Any
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A role's part of the page; ``empty`` is said when nothing is due."""

    code: str
    title: Any
    due: tuple[Due, ...] = ()
    figures: tuple[Figure, ...] = ()
    empty: Any = ""
    more_url: str = ""
    more: Any = ""
