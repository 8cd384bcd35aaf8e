"""Values of a documented JSON file: each is what it should be, or the place of the fault is told.

Pure functions, so that rules may use them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Malformed(ValueError):
    """A file is not in its documented form; the text names the place."""


def an_object(value: Any, where: str) -> Mapping[str, Any]:
    """The value as an object. Raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(where)
    return value


def a_list(value: Any, where: str) -> list[Any]:
    """The value as a list. Raises Malformed."""
    if not isinstance(value, list):
        raise Malformed(where)
    return value


def rows(data: Mapping[str, Any], name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The objects of a list, each with its place. Raises Malformed."""
    for index, row in enumerate(a_list(data.get(name), name)):
        where = f"{name}[{index}]"
        yield an_object(row, where), where


def text(value: Any, where: str) -> str:
    """Printable text that is not blank. Raises Malformed."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Malformed(where)
    return value


def flag(value: Any, where: str) -> bool:
    """True or false. Raises Malformed."""
    if not isinstance(value, bool):
        raise Malformed(where)
    return value


def whole(value: Any, where: str, least: int | None = None, most: int | None = None) -> int:
    """A whole number from `least` to `most`, both included. Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(where)
    if (least is not None and value < least) or (most is not None and value > most):
        raise Malformed(where)
    return value
