"""The public pages: home, guidance, news, standing pages and the catalogue, with English beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from accounts.models import User
from core import clock
from courses.models import Course, CourseIndexPage, CoursePage
from demo.rules import library
from demo.services.films import order_film
from website.models import (
    GuidanceIndexPage,
    GuidanceLessonPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    SiteSettings,
    StandardPage,
)

Words = Mapping[str, Any]


@transaction.atomic
def build_site(*, editor: User) -> None:
    """Every public page that is missing; what an editor has changed since stays."""
    home = _home(editor)
    _settings()
    guidance = _page(
        editor,
        home,
        GuidanceIndexPage(title="心理健康指导课", slug="guidance", lead=GUIDANCE_LEAD),
        english={"title": "Lessons on mental health", "lead": GUIDANCE_LEAD_ENGLISH},
    )
    for script in library.guidance():
        _lesson(editor, guidance, script)
    news = _page(
        editor,
        home,
        NewsIndexPage(title="新闻", slug="news", lead="培训与心理健康工作的新消息。"),
        english={"title": "News", "lead": "What is new in training and pupils' mental health."},
    )
    for item in library.site()["news"]:
        _page(
            editor,
            news,
            NewsPage(
                title=item["title"],
                slug=item["slug"],
                dated_on=item.get("on") or clock.today() - timedelta(item["days_ago"]),
                lead=item["summary"],
                body=_body(item["body"]),
            ),
            english={
                "title": item["english_title"],
                "lead": "",
                "body": _body(item["english_body"]),
            },
        )
    for page in library.site()["pages"]:
        _page(
            editor,
            home,
            StandardPage(title=page["title"], slug=page["slug"], body=_body(page["body"])),
            english={"title": page["english_title"], "body": _body(page["english_body"])},
        )
    _page(
        editor,
        home,
        CourseIndexPage(title="培训课程", slug="courses", intro=CATALOGUE_INTRO),
        english={"title": "Courses", "intro": CATALOGUE_INTRO_ENGLISH},
    )


GUIDANCE_LEAD = "写给学生和家长的七节短课，每节一分多钟，有字幕和全文，不用登录。"
GUIDANCE_LEAD_ENGLISH = (
    "Seven short lessons for pupils and parents, with captions and full text; no account needed."
)
CATALOGUE_INTRO = "<p>面向全市教师的继续教育课程，学完自动记学时，发可查验的电子证书。</p>"
CATALOGUE_INTRO_ENGLISH = (
    "<p>Continuing education for teachers. Hours are credited by themselves, and every course ends"
    " in a certificate that anyone can verify. The courses are taught in Chinese.</p>"
)


def _home(editor: User) -> HomePage:
    words = library.site()["home"]
    home: HomePage | None = HomePage.objects.filter(locale__language_code="zh-hans").first()
    if home is not None:
        return home
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    home = HomePage(
        title=words["title"],
        slug="xinyang",
        heading=words["title"],
        lead=words["lead"],
        locale=Locale.objects.get(language_code="zh-hans"),
    )
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    site.root_page = home
    site.save()
    if welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
    Locale.objects.get_or_create(language_code="en")
    english = {"title": words["english_title"], "heading": words["english_title"]}
    _translate(editor, home, {**english, "lead": words["english_lead"]})
    return home


def _settings() -> None:
    site = Site.objects.get(is_default_site=True)
    words = library.site()
    SiteSettings.objects.get_or_create(
        site=site,
        defaults={
            "name": words["home"]["title"],
            "name_en": words["home"]["english_title"],
            "authority": words["identity"]["authority"],
            "authority_en": words["identity"]["authority_en"],
            "contact": words["identity"]["contact"],
            "contact_en": words["identity"]["contact_en"],
        },
    )


def _lesson(editor: User, parent: Page, script: library.Script) -> None:
    if GuidanceLessonPage.objects.child_of(parent).filter(slug=script.key).exists():
        return
    page = GuidanceLessonPage(
        title=script.title,
        slug=script.key,
        lead=script.summary,
        recording=order_film(actor=editor, script=script),
        body=[("steps", {"title": "这节课讲什么", "steps": [s.title for s in script.slides]})],
    )
    english = {"title": script.english_title, "lead": script.english_summary, "body": []}
    _page(editor, parent, page, english=english)


def _page(editor: User, parent: Page, page: Any, english: Words | None = None) -> Any:
    """The page below ``parent``; one that is there already stays as it is."""
    existing = type(page).objects.child_of(parent).filter(slug=page.slug).first()
    if existing is not None:
        return existing
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    if english is not None:
        _translate(editor, page, english)
    return page


def _translate(editor: User, page: Any, words: Words) -> None:
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in words.items():
        setattr(english, name, value)
    english.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)


def _body(text: str) -> list[tuple[str, Any]]:
    return [
        ("heading", words) if kind == "heading" else ("text", RichText(f"<p>{escape(words)}</p>"))
        for kind, words in library.paragraphs(text)
    ]


@transaction.atomic
def build_course_page(*, editor: User, course: Course, text: library.CourseText) -> None:
    """The public page of a course, below the catalogue."""
    index = CourseIndexPage.objects.get(slug="courses", locale__language_code="zh-hans")
    _page(
        editor,
        index,
        CoursePage(
            title=text.title,
            slug=text.slug,
            course=course,
            search_description=text.summary,
            body=_sections(text),
        ),
        english={
            "title": text.english_title,
            "search_description": text.english_summary,
            "body": _english_sections(text),
        },
    )


def _sections(text: library.CourseText) -> Sequence[tuple[str, Any]]:
    return [
        ("aims", list(text.aims)),
        ("audience", RichText(f"<p>{escape(text.audience)}</p>")),
        ("syllabus", _chapters(text.syllabus, "：")),
        ("lecturers", [_lecturer(person, "") for person in text.lecturers]),
    ]


def _english_sections(text: library.CourseText) -> Sequence[tuple[str, Any]]:
    return [
        ("aims", list(text.english_aims)),
        ("audience", RichText(f"<p>{escape(text.english_audience)}</p>")),
        ("syllabus", _chapters(text.english_syllabus, ": ")),
        ("lecturers", [_lecturer(person, "english_") for person in text.lecturers]),
    ]


def _chapters(lines: Sequence[str], colon: str) -> list[Words]:
    chapters: list[Words] = []
    for line in lines:
        title, _, words = line.partition(colon)
        chapters.append({"title": words or title, "text": title if words else ""})
    return chapters


def _lecturer(person: Mapping[str, str], language: str) -> Words:
    words = {
        "name": person[f"{language}name"],
        "title": person[f"{language}post"],
        "text": person[f"{language}about"],
    }
    return {**words, "photo": None}
