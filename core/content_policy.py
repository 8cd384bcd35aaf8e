"""What a browser may load on our pages: one policy for the site, one for the editors' rooms."""

from __future__ import annotations

import copy
from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware

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


def is_preview(request: HttpRequest) -> bool:
    """Whether Wagtail renders a page to show it beside its form, which no address can ask for."""
    return bool(getattr(request, "is_preview", False))


class ContentPolicyMiddleware(CSPMiddleware):
    """Chooses the policy by path; a page with a player adds what it needs (``csp_update``).

    A preview has the strict policy of its page, but the editors' rooms may frame it.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of the policy of one answer; there is no second, reporting policy."""
        if report_only:
            return PolicyParts()
        config = EDITORS if request.path_info.startswith(EDITORS_PREFIX) else SITE
        framing = {"frame-ancestors": [SELF]} if is_preview(request) else {}
        return PolicyParts(
            config=copy.deepcopy(config | framing),
            update=getattr(response, "_csp_update", None),
            nonce=getattr(request, "_csp_nonce", None),
        )


class FrameOptionsMiddleware(XFrameOptionsMiddleware):
    """Says the same to browsers that know no policy: only a preview may be framed, by us."""

    def get_xframe_options_value(self, request: HttpRequest, response: HttpResponse) -> str:
        """SAMEORIGIN for a preview, else what the settings say."""
        if is_preview(request):
            return "SAMEORIGIN"
        return str(super().get_xframe_options_value(request, response))
