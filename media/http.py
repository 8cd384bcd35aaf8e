"""What a page with a player needs from HTTP."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update

PLAYER_SOURCES = {"media-src": ["'self'", "blob:"]}


def with_player_csp(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view or `Page.serve` whose page may play recordings: adds `media-src 'self' blob:`."""
    decorated: Callable[..., Any] = csp_update(PLAYER_SOURCES)(view)
    return decorated
