"""What a browser may load on our pages: one policy for the site, one for the editors' rooms."""

from __future__ import annotations

import copy
from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase

EDITORS_PREFIX: Final = "/cms/"

SITE: Final[dict[str, Any]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "manifest-src": [SELF],
    "img-src": [SELF, "data:"],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
}
EDITORS: Final[dict[str, Any]] = {
    **SITE,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "worker-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class ContentPolicyMiddleware(CSPMiddleware):
    """Chooses the policy by path; a page with a player adds what it needs (``csp_update``)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of the policy of one answer; there is no second, reporting policy."""
        if report_only:
            return PolicyParts()
        config = EDITORS if request.path_info.startswith(EDITORS_PREFIX) else SITE
        return PolicyParts(
            config=copy.deepcopy(config),
            update=getattr(response, "_csp_update", None),
            nonce=getattr(request, "_csp_nonce", None),
        )
