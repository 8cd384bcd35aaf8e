"""All addresses that the platform answers, read from Django's own resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern: its full name, its route as written, and the parameters in it."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Any

    @property
    def sample_path(self) -> str:
        """A path that begins as the address begins; enough to find a rule by prefix."""
        return "/" + self.route.split("<")[0].split("(")[0].replace("^", "").replace("\\", "")


def addresses() -> list[Address]:
    """Every pattern of the root resolver, includes unfolded, in order of resolution."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, namespaces: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        written = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        route = prefix + written.removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            name = ":".join((*namespaces, pattern.name or ""))
            yield Address(
                name=name,
                route=route,
                parameters=tuple(a or b for a, b in _PARAMETER.findall(route)),
                view=pattern.callback,
            )
