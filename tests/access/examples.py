"""Example objects for every address with ids.

A room writes ``tests/<room>/access_examples.py``:

    @example("accounts:person", "accounts:issue_slip")
    def an_account(town):
        return [
            Case("own school", {"user_id": town.user("teacher").pk}, {"schooladmin", "county"}),
            Case("another county", {"user_id": town.user("stranger").pk}, {"bureau"}),
        ]

One function may serve several addresses; it makes its objects through the room's services. Each
case names the place, the address's parameters and the roles that may reach that object. To every
other role the object must look exactly like a missing one. At least one case must be out of
somebody's reach, unless the address is open to everybody.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.access.town import Town

NOBODY: frozenset[str] = frozenset()
MISSING_UUID = UUID("00000000-0000-4000-8000-00000000dead")


@dataclass(frozen=True)
class Case:
    """One object: where it lies, the parameters of its address, and who may reach it.

    ``body`` is what a write sends, where an empty one would be refused before the object is read.
    """

    place: str
    kwargs: dict[str, Any]
    open_to: frozenset[str] | set[str]
    missing: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    def missing_kwargs(self) -> dict[str, Any]:
        """Parameters of the same kinds that name nothing; ``missing`` overrides."""
        return {
            name: self.missing.get(name, _nothing(value)) for name, value in self.kwargs.items()
        }


Maker = Callable[[Town], Iterable[Case]]
EXAMPLES: dict[str, Maker] = {}


def example(*names: str) -> Callable[[Maker], Maker]:
    """Register a maker of cases for these URL names."""

    def register(maker: Maker) -> Maker:
        for name in names:
            EXAMPLES[name] = maker
        return maker

    return register


def _nothing(value: Any) -> Any:
    if isinstance(value, UUID):
        return MISSING_UUID
    if isinstance(value, int):
        return 987_654_321
    try:
        UUID(str(value))
    except ValueError:
        return "no-such-thing"
    return str(MISSING_UUID)


for _file in sorted(Path(__file__).parent.parent.glob("*/access_examples.py")):
    importlib.import_module(f"tests.{_file.parent.name}.access_examples")
