"""What the public pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Locale, Page

from core import clock
from courses.selectors.catalogue import Card, CatalogueFilters, cards, catalogue
from media import selectors as recordings
from media.models import RecordingState, RecordingVersion, VersionState
from schools import selectors as schools
from schools.models import HelpLine
from website import rules
from website.models import (
    GuidanceIndexPage,
    GuidanceLessonPage,
    NewsIndexPage,
    NewsPage,
    SiteSettings,
)


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """The site's own words in one language."""

    name: str
    authority: str
    contact: str
    icp_number: str
    police_number: str


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A guidance lesson in a list; ``posters`` is empty while nothing can be played."""

    number: int
    title: str
    lead: str
    url: str
    audience: str
    length: str
    posters: tuple[recordings.Poster, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page in the list of results, with the word for its kind."""

    kind: str
    title: str
    url: str
    lead: str


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call, in the reader's language."""

    number: str
    name: str
    description: str
    hours: str
    is_emergency: bool


_UNNAMED: Final = {"zh": "教师发展与全员导师平台", "en": "Teacher Development and Mentor Platform"}


def site_identity(language: str) -> SiteIdentity:
    """The site's names and filing numbers; one query, a plain name before anyone has set one."""
    row = SiteSettings.objects.filter(site__is_default_site=True).first()
    english = language == "en"
    if row is None:
        return SiteIdentity(_UNNAMED["en" if english else "zh"], "", "", "", "")
    if english:
        return SiteIdentity(
            row.name_en, row.authority_en, row.contact_en, row.icp_number, row.police_number
        )
    return SiteIdentity(row.name, row.authority, row.contact, row.icp_number, row.police_number)


def _live_in(model: Any, language: str) -> Any:
    return model.objects.live().public().filter(locale__language_code=language)


def newest_news(language: str, limit: int) -> Sequence[NewsPage]:
    """The newest published news of a language."""
    return list(_live_in(NewsPage, language).order_by("-dated_on", "-pk")[:limit])


def news_of(index: NewsIndexPage) -> QuerySet[NewsPage]:
    """The published news of one index, newest first."""
    news: QuerySet[NewsPage] = NewsPage.objects.live().public().child_of(index)
    return news.order_by("-dated_on", "-pk")


def guidance_lessons(language: str) -> list[LessonCard]:
    """The published guidance lessons of a language in the editor's order."""
    shown = RecordingVersion.objects.filter(state=VersionState.PUBLISHED)
    pages = (
        _live_in(GuidanceLessonPage, language)
        .defer_streamfields()
        .select_related("recording")
        .prefetch_related(Prefetch("recording__versions", shown, to_attr="shown"))
        .order_by("path")
    )
    return [_card(number, page) for number, page in enumerate(pages, 1)]


def _card(number: int, page: GuidanceLessonPage) -> LessonCard:
    version = _shown_version(page)
    return LessonCard(
        number=number,
        title=page.title,
        lead=page.lead,
        url=page.url or "",
        audience=page.get_audience_display(),
        length=rules.clock_of(version.duration_ms) if version else "",
        posters=recordings.open_posters_of(version) if version else (),
    )


def _shown_version(page: GuidanceLessonPage) -> RecordingVersion | None:
    recording = page.recording
    if recording is None or recording.state != RecordingState.PUBLISHED:
        return None
    shown: list[RecordingVersion] = recording.shown
    return shown[0] if shown else None


def guidance_playback(page: GuidanceLessonPage) -> recordings.Playback | None:
    """What the player of a guidance lesson needs; None while its recording is not published."""
    if page.recording is None:
        return None
    version = recordings.current_version(page.recording)
    return recordings.open_playback_of(version) if version else None


def next_lesson(page: GuidanceLessonPage) -> GuidanceLessonPage | None:
    """The lesson that follows in the editor's order."""
    following: Any = GuidanceLessonPage.objects.live().public().sibling_of(page)
    lesson: GuidanceLessonPage | None = (
        following.filter(path__gt=page.path).order_by("path").first()
    )
    return lesson


def help_lines(language: str, on: date | None = None) -> list[Line]:
    """The help lines that answer on a day, in the reader's language; emergencies first."""
    rows = schools.help_lines(on or clock.today())
    english = language == "en"
    return [_line(row, english) for row in rows.order_by("-is_emergency", "position", "number")]


def _line(row: HelpLine, english: bool) -> Line:
    name, description, hours = row.name, row.description, row.hours
    if english:
        name, description = row.name_en or name, row.description_en or description
        hours = row.hours_en or hours
    return Line(row.number, name, description, hours, is_emergency=row.is_emergency)


def pages_found(query: str, language: str) -> Any:
    """Published pages of a language that contain the query: in the title first, then the newest."""
    pages = Page.objects.live().public().filter(locale=locale_of(language))
    return pages.search(query)


def services_found(query: str, language: str) -> list[Found]:
    """What is no page of the editor and yet sought by these words: the help lines come first."""
    found = []
    lines = help_lines(language) if query else []
    if query and rules.seeks_help(query, (line.number for line in lines)):
        numbers = " · ".join(f"{line.name} {line.number}" for line in lines)
        lead = numbers or gettext("有生命危险时，请立即拨打 110 或 120。")
        found.append(Found(gettext("服务"), gettext("求助热线"), reverse("website:help"), lead))
    if rules.seeks_verification(query):
        lead = gettext("用验证码，或用证书编号加持证人姓名，查验信阳市教师培训证书的真伪和状态。")
        address = reverse("certification:verify")
        found.append(Found(gettext("服务"), gettext("证书查验"), address, lead))
    return found


def found_in(results: Iterable[Page]) -> list[Found]:
    """What a list of results shows of each page, in the order of the results."""
    keys = [page.pk for page in results]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=keys).specific()}
    return [_found(pages[key]) for key in keys if key in pages]


def _found(page: Any) -> Found:
    lead = page.search_description or getattr(page, "lead", "")
    return Found(str(page._meta.verbose_name), page.title, page.url or "", lead)


def public_pages() -> QuerySet[Page]:
    """Every page that anybody may read, in the order of the tree."""
    pages: QuerySet[Page] = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    return pages


def guidance_index(language: str) -> GuidanceIndexPage | None:
    """The guidance section of a language."""
    page: GuidanceIndexPage | None = _live_in(GuidanceIndexPage, language).first()
    return page


def locale_of(language: str) -> Locale:
    """The content language of the editor. Raises Locale.DoesNotExist for others than ours."""
    return Locale.objects.get(language_code=language)


def open_courses(language: str, limit: int = 3) -> Sequence[Card]:
    """Courses in which a seat can be taken today, the newest first."""
    courses = catalogue(CatalogueFilters(open=True)).order_by("-created_at", "code")
    return cards(courses[:limit], language)
