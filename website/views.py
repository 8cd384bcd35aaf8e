"""Views of the public website that are not pages of the editor."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from core.errors import Missing
from website import rules
from website.samples import samples

YEAR_SECONDS: Final = 365 * 24 * 3600


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the reader's language and returns to the same page in it.

    Public pages are the same for everybody and so carry no token; the only thing a stranger's
    form could do here is change the language, and browsers that say "cross-site" are refused.
    """
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES) or _comes_from_elsewhere(request):
        raise Missing
    answer = HttpResponseRedirect(rules.address_after_switch(_safe_next(request), code))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return answer


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site"


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed and target.startswith("/") else "/"


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the product on one page, for those who build it."""
    return render(request, "website/styleguide.html", samples())
