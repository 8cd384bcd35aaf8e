"""Views of the public website that are not pages of the editor."""

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from core.errors import Missing
from core.page_cache import for_everybody
from website import rules, selectors
from website.forms import LanguageForm, SearchForm
from website.samples import samples

YEAR_SECONDS: Final = 365 * 24 * 3600
RESULTS_ON_A_PAGE: Final = 20
NOT_FOR_ENGINES: Final = (
    *("/account/", "/api/", "/certificates/", "/claims/", "/cms/", "/credits/", "/home/"),
    *("/learn/", "/notices/", "/schools/", "/search/", "/sign-in/", "/v/", "/verify/*/"),
)
OUTSIDE_THE_TREE: Final = ("/help/", "/en/help/", "/verify/")


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the reader's language and returns to the same page in it.

    Public pages are the same for everybody and so carry no token: a browser's word that the form
    is ours stands for it; whoever cannot give that word needs the token.
    """
    answer: HttpResponse
    if _is_said_to_be_ours(request):
        answer = _change_language(request)
    else:
        answer = csrf_protect(_change_language)(request)
    return answer


def _change_language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise Missing
    code = form.cleaned_data["language"]
    answer = HttpResponseRedirect(rules.address_after_switch(_safe_next(request, form), code))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return answer


def _is_said_to_be_ours(request: HttpRequest) -> bool:
    """Whether the browser says that our own page sent the form; a page cannot forge these words."""
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _safe_next(request: HttpRequest, form: LanguageForm) -> str:
    target: str = form.cleaned_data["next"]
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed and target.startswith("/") else "/"


@require_safe
@for_everybody
def help_lines(request: HttpRequest) -> HttpResponse:
    """Whom to call, with the hours; the same for everybody."""
    return render(
        request,
        "website/help_lines.html",
        {"lines": selectors.help_lines(get_language() or settings.LANGUAGE_CODE)},
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The help lines or verification, where they may be meant, then pages with what was asked."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    language = get_language() or settings.LANGUAGE_CODE
    pages = selectors.pages_found(query, language)
    page = Paginator(pages, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    first = selectors.services_found(query, language)
    shown = {
        "query": query,
        "results": page,
        "found": [*(first if page.number == 1 else ()), *selectors.found_in(page.object_list)],
        "count": len(first) + page.paginator.count,
    }
    return render(request, "website/search.html", shown)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, and nothing that belongs to a person."""
    told = [
        "User-agent: *",
        *(f"Disallow: {prefix}" for prefix in NOT_FOR_ENGINES),
        f"Sitemap: {request.build_absolute_uri(reverse('website:sitemap'))}",
    ]
    return HttpResponse("\n".join(told) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages of both languages, for search engines."""
    fixed = [request.build_absolute_uri(path) for path in OUTSIDE_THE_TREE]
    pages = [
        (request.build_absolute_uri(page.url), page.last_published_at)
        for page in selectors.public_pages()
        if page.url
    ]
    shown = {"fixed": fixed, "pages": pages}
    return render(request, "website/sitemap.xml", shown, content_type="application/xml")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the product on one page, for those who build it."""
    return render(request, "website/styleguide.html", samples())
