"""Tags and filters of the frame that every page shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.forms import BaseForm, PasswordInput
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.permissions import MenuEntry, menu_of
from accounts.selectors import unread_notices
from website import rules, selectors
from website.models import GuidanceLessonPage, NewsIndexPage

register = template.Library()
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class PersonInTheHead:
    """Who is signed in, as the head of a page behind the door shows it."""

    name: str
    unread: int
    entries: tuple[MenuEntry, ...]
    token: str


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the main navigation; ``current`` is a value of aria-current or empty."""

    label: str
    url: str
    current: str


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request is not None else "/"


def _current(path: str, url: str, home: str) -> str:
    if path == url:
        return "page"
    return "true" if url != home and path.startswith(url) else ""


@register.simple_tag
def site_identity() -> selectors.SiteIdentity:
    """The site's name, authority and filing numbers in the reader's language."""
    return selectors.site_identity(get_language() or "zh-hans")


@register.simple_tag
def public_url(path: str) -> str:
    """The address of a public page in the reader's language."""
    return rules.address_in(get_language() or "zh-hans", path)


@register.simple_tag(takes_context=True)
def person_behind_the_door(context: Context) -> PersonInTheHead | None:
    """Who reads this page; None on a public page, which is the same for everybody."""
    request: HttpRequest | None = context.get("request")
    if request is None or not getattr(request, "behind_the_door", False):
        return None
    user = request.user
    if not isinstance(user, User):
        return None
    return PersonInTheHead(user.name, unread_notices(user), menu_of(user), get_token(request))


@register.simple_tag(takes_context=True)
def site_navigation(context: Context) -> list[NavigationItem]:
    """The main navigation, with the entry of the shown page marked."""
    entries = [
        (gettext("首页"), public_url("")),
        (pgettext("menu", "课程"), public_url("courses/")),
        (gettext("家长与学生指导"), public_url("guidance/")),
        (gettext("求助热线"), public_url("help/")),
        (gettext("证书查验"), "/verify/"),
        (gettext("新闻"), public_url("news/")),
    ]
    path, home = _path(context), public_url("")
    return [NavigationItem(label, url, _current(path, url, home)) for label, url in entries]


@register.simple_tag(takes_context=True)
def current_path(context: Context) -> str:
    """The path of the shown page, to come back to it."""
    return _path(context)


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """The query string of another page of the same list."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return f"?page={number}"
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: ListPage[Any]) -> Sequence[int]:
    """The page numbers to offer; 0 stands for a gap."""
    return rules.numbers_around(page.number, page.paginator.num_pages)


@register.simple_tag(takes_context=True)
def editors_bar(context: Context) -> SafeString | str:
    """Wagtail's bar for editors who have been in the content administration; else nothing.

    For anybody else Wagtail would write a profile, and reading a page writes nothing.
    """
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not UserProfile.objects.filter(user=user).exists():
        return ""
    bar: SafeString = mark_safe(wagtailuserbar(context))  # noqa: S308
    return bar


@register.filter
def state_icon(state: str) -> str:
    """The icon of a state."""
    return rules.icon_of_state(str(state))


@register.filter
def state_tone(state: str) -> str:
    """The tone of a state."""
    return rules.tone_of_state(str(state))


@register.filter
def asks_password(form: BaseForm) -> bool:
    """Whether a form has a password among its fields, which no page gives back."""
    return any(isinstance(field.widget, PasswordInput) for field in form.fields.values())


@register.filter
def html_language(code: str) -> str:
    """A language code as HTML wants it: zh-Hans, en."""
    return "zh-Hans" if not code or code.lower().startswith("zh") else code


@register.simple_tag
def guidance_lessons() -> list[selectors.LessonCard]:
    """The guidance lessons of the reader's language."""
    return selectors.guidance_lessons(get_language() or "zh-hans")


@register.simple_tag
def guidance_playback(page: GuidanceLessonPage) -> Any:
    """What the player of a lesson needs, or None."""
    return selectors.guidance_playback(page)


@register.simple_tag
def next_lesson(page: GuidanceLessonPage) -> GuidanceLessonPage | None:
    """The lesson that follows."""
    return selectors.next_lesson(page)


@register.simple_tag
def newest_news(limit: int) -> Sequence[Any]:
    """The newest news of the reader's language."""
    return selectors.newest_news(get_language() or "zh-hans", limit)


@register.simple_tag(takes_context=True)
def news_list(context: Context, index: NewsIndexPage) -> ListPage[Any]:
    """One page of the news of an index."""
    request: HttpRequest | None = context.get("request")
    number = request.GET.get("page") if request is not None else None
    return Paginator(selectors.news_of(index), 12).get_page(number)


@register.simple_tag
def help_lines() -> Sequence[Any]:
    """The help lines that answer today."""
    return selectors.help_lines(get_language() or "zh-hans")


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [part.strip() for part in text.splitlines() if part.strip()]


@register.simple_tag
def page_crumbs(page: Any) -> list[Any]:
    """The pages between the home page and this one."""
    return [above for above in page.get_ancestors().live() if above.depth > HOME_DEPTH]


@register.simple_tag
def day(value: date) -> str:
    """A civil date in words: 2026年11月23日, 23 November 2026."""
    return date_format(value, "DATE_FORMAT")


@register.simple_tag
def open_courses() -> Sequence[Any]:
    """The courses whose enrolment is open, for the home page."""
    return selectors.open_courses(get_language() or "zh-hans")
