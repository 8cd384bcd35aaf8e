"""Building the public site: its tree, its texts, its lessons; harmless to repeat.

What an editor has written since stays: an existing page is returned as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final

from django.db import transaction
from wagtail.models import Locale, Page, Site

from core import audit, page_cache
from courses.models import CourseIndexPage
from media.models import Recording
from website import rules
from website.models import (
    ContentPage,
    GuidanceIndexPage,
    GuidanceLessonPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    SiteSettings,
    StandardPage,
)

CHINESE: Final = "zh-hans"
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class PageText:
    """A page in one language; ``body`` is plain text, see ``rules.body_of_text``."""

    title: str
    lead: str = ""
    body: str = ""


_SECTIONS: Final[tuple[tuple[type[Page], str, PageText, PageText], ...]] = (
    (
        GuidanceIndexPage,
        "guidance",
        PageText("家长与学生指导", "每节一两分钟，有字幕和全文。不用登录，谁都可以看。"),
        PageText(
            "Guidance for families and pupils",
            "One or two minutes each, with captions and full text. No sign-in needed.",
        ),
    ),
    (NewsIndexPage, "news", PageText("新闻"), PageText("News")),
    (
        CourseIndexPage,
        "courses",
        PageText("教师培训课程", "修完并通过测验，学时自动入账，证书随时可查。"),
        PageText(
            "Courses for teachers",
            "Pass the quiz, and the hours are credited and the certificate can be verified.",
        ),
    ),
)


@transaction.atomic
def lay_out_site(
    *, actor: Any, chinese: PageText, english: PageText, hostname: str = "localhost", port: int = 80
) -> dict[str, HomePage]:
    """The home page of each language with its sections, and the site that shows them."""
    homes: dict[str, HomePage] = {}
    root = Page.objects.get(depth=1)
    for code, text in ((CHINESE, chinese), (ENGLISH, english)):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        source = homes.get(CHINESE)
        homes[code] = _placed(actor, HomePage, root, f"site-{code}", locale, text, source=source)
    _show(homes[CHINESE], hostname, port)
    for model, slug, chinese_text, english_text in _SECTIONS:
        _in_both(actor, model, homes, slug, chinese_text, english_text)
    return homes


@transaction.atomic
def name_site(*, actor: Any, **words: str) -> SiteSettings:
    """Sets the names, the authority and the filing numbers of the site."""
    site = Site.objects.get(is_default_site=True)
    row: SiteSettings
    row, _made = SiteSettings.objects.update_or_create(site=site, defaults=words)
    audit.record(actor, "website.named", row)
    transaction.on_commit(page_cache.raise_version)
    return row


@transaction.atomic
def publish_standard_page(
    *, actor: Any, slug: str, chinese: PageText, english: PageText
) -> StandardPage:
    """A page of text below the home page, in both languages."""
    page: StandardPage = _in_both(actor, StandardPage, _homes(), slug, chinese, english)
    return page


@transaction.atomic
def publish_news(
    *, actor: Any, slug: str, dated_on: date, chinese: PageText, english: PageText
) -> NewsPage:
    """A piece of news in both languages."""
    parents = _sections(NewsIndexPage)
    page: NewsPage = _in_both(actor, NewsPage, parents, slug, chinese, english, dated_on=dated_on)
    return page


@transaction.atomic
def publish_guidance_lesson(
    *,
    actor: Any,
    slug: str,
    recording: Recording | None,
    chinese: PageText,
    english: PageText,
    audience: str = GuidanceLessonPage.Audience.EVERYONE,
) -> GuidanceLessonPage:
    """A guidance lesson in both languages; it plays as soon as its recording is published."""
    parents = _sections(GuidanceIndexPage)
    fields: dict[str, Any] = {"recording": recording, "audience": audience}
    page: GuidanceLessonPage = _in_both(
        actor, GuidanceLessonPage, parents, slug, chinese, english, **fields
    )
    return page


def refresh_public_pages(**_signal: Any) -> None:
    """Makes the kept public pages stale once the change is committed; harmless to repeat."""
    transaction.on_commit(page_cache.raise_version)


def _homes() -> dict[str, Any]:
    return {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}


def _sections(model: type[ContentPage]) -> dict[str, Any]:
    return {page.locale.language_code: page for page in model.objects.select_related("locale")}


def _in_both(
    actor: Any,
    model: type[Any],
    parents: Mapping[str, Any],
    slug: str,
    chinese: PageText,
    english: PageText,
    **fields: Any,
) -> Any:
    first = None
    for code, text in ((CHINESE, chinese), (ENGLISH, english)):
        parent = parents[code]
        page = _placed(actor, model, parent, slug, parent.locale, text, source=first, **fields)
        first = first or page
    return first


def _placed(
    actor: Any,
    model: type[Any],
    parent: Any,
    slug: str,
    locale: Locale,
    text: PageText,
    *,
    source: Any = None,
    **fields: Any,
) -> Any:
    parent.refresh_from_db()
    known = model.objects.child_of(parent).filter(slug=slug).first()
    if known is not None:
        return known
    page = model(title=text.title, slug=slug, locale=locale, **fields)
    _fill(page, text)
    if source is not None:
        page.translation_key = source.translation_key
    parent.add_child(instance=page)
    page.save_revision(user=actor).publish(user=actor)
    audit.record(actor, "website.page_published", page)
    return page


def _fill(page: Any, text: PageText) -> None:
    if isinstance(page, CourseIndexPage):
        page.intro = f"<p>{escape(text.lead, quote=False)}</p>"
        return
    page.lead = text.lead
    page.body = page.body.stream_block.to_python(rules.body_of_text(text.body))


def _show(home: HomePage, hostname: str, port: int) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname=hostname, port=port, root_page=home, is_default_site=True)
        return
    if site.root_page_id == home.pk:
        return
    former = site.root_page
    site.root_page = home
    site.save()
    if former.specific_class is Page:
        former.delete()
