"""What everybody may read, and what nobody sees before its time."""

from datetime import timedelta
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people import a_teacher
from website.models import NewsPage, StandardPage

Pages = dict[str, Any]
CHINESE = ["/", "/guidance/", "/guidance/life/", "/help/", "/news/", "/courses/", "/privacy/"]
ENGLISH = ["/en/", "/en/guidance/life/", "/en/help/", "/en/news/", "/en/courses/", "/en/about/"]
MOST_QUERIES = {
    "/": 22,
    "/guidance/": 16,
    "/guidance/life/": 20,
    "/help/": 5,
    "/news/": 16,
    "/privacy/": 12,
}


def test_everybody_may_read_in_the_language_of_the_address(client: Client, site: Pages):
    for language, paths in (("zh-Hans", CHINESE), ("en", ENGLISH)):
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert f'<html lang="{language}">' in answer.content.decode(), path


def test_a_public_page_asks_the_database_little(client: Client, site: Pages):
    asked: dict[str, int] = {}
    for path in MOST_QUERIES:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path, query_params={"v": "2"})
        asked[path] = len(queries)
    assert {path: n for path, n in asked.items() if n > MOST_QUERIES[path]} == {}


def test_the_list_of_lessons_costs_the_same_for_three_and_for_one(client: Client, site: Pages):
    client.get("/guidance/")
    with CaptureQueriesContext(connection) as three:
        client.get("/guidance/?v=3")
    site["life"].unpublish()
    site["emotions"].unpublish()
    with CaptureQueriesContext(connection) as one:
        client.get("/guidance/?v=1")
    assert len(three) == len(one)


def test_the_filing_numbers_and_the_rules_stand_on_every_page(client: Client, site: Pages):
    page = client.get("/help/").content.decode()
    assert "豫ICP备00000000号-1" in page
    assert "豫公网安备 00000000000000号" in page
    assert 'href="/privacy/"' in page
    assert 'href="/children/"' in page


def test_a_draft_is_seen_by_nobody(client: Client, site: Pages):
    draft = StandardPage(title="草稿", slug="draft", live=False)
    site["home"].add_child(instance=draft)
    draft.save_revision()
    assert client.get("/draft/").status_code == 404
    assert client.get("/search/?q=草稿").context["results"].paginator.count == 0


def test_a_withdrawn_page_is_gone_at_once(client: Client, site: Pages, committed: Any):
    assert client.get("/privacy/").status_code == 200
    with committed(execute=True):
        site["privacy"].unpublish()
    assert client.get("/privacy/").status_code == 404


def test_a_page_shows_when_its_time_has_come(client: Client, site: Pages):
    page = NewsPage(title="明天的新闻", slug="tomorrow", live=False)
    site["autumn-training"].get_parent().add_child(instance=page)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert client.get("/news/tomorrow/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        call_command("publish_scheduled")
        assert client.get("/news/tomorrow/").status_code == 200


def test_a_page_ends_when_its_time_is_over(client: Client, site: Pages):
    page = site["privacy"]
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled")
    assert client.get("/privacy/").status_code == 404


def test_the_minute_hand_publishes_what_is_scheduled(settings: Any):
    from core import tasks

    entry = settings.CELERY_BEAT_SCHEDULE["publish-scheduled"]
    assert entry == {"task": tasks.publish_scheduled.name, "schedule": 60.0}


def test_an_edit_is_not_public_before_it_is_published(client: Client, site: Pages, committed: Any):
    page = site["privacy"]
    page.title = "新的隐私说明"
    page.save_revision()
    assert "新的隐私说明" not in client.get("/privacy/").content.decode()
    with committed(execute=True):
        page.get_latest_revision().publish()
    assert "新的隐私说明" in client.get("/privacy/").content.decode()


def test_a_signed_in_teacher_reads_the_same_page_as_everybody(site: Pages):
    teacher = a_teacher("陈丽娟")
    known = Client()
    known.force_login(teacher.user)
    for path in ("/", "/guidance/life/", "/help/", "/news/"):
        hers = known.get(path).content
        assert hers == Client().get(path).content
        assert "陈丽娟" not in hers.decode()


def test_a_search_finds_a_part_of_a_word_in_the_language_of_the_page(client: Client, site: Pages):
    found = client.get("/search/?q=情绪").context["results"]
    assert [page.title for page in found] == ["情绪：认识它，安顿它"]
    assert client.get("/en/search/?q=情绪").context["results"].paginator.count == 0


def test_no_query_breaks_the_search(client: Client, site: Pages):
    for query in ("", "%00", "%22", "%F0%A0%AE%B7", "x" * 500):
        assert client.get(f"/search/?q={query}").status_code == 200, query


def test_a_help_line_shows_only_in_its_time(client: Client, site: Pages, at: Any):
    from schools.models import HelpLine

    at("2026-11-23T08:00:00+08:00")
    HelpLine.objects.create(number="12345", name="明年的热线", starts_on="2027-01-01")
    HelpLine.objects.create(
        number="16111", name="去年的热线", starts_on="2025-01-01", ends_on="2026-01-01"
    )
    page = client.get("/help/").content.decode()
    assert "明年的热线" not in page
    assert "去年的热线" not in page
    assert "12356" in page


def test_pages_and_texts_laid_out_twice_stay_as_the_editor_left_them(site: Pages):
    from tests.website.building import build_site

    site["privacy"].title = "编辑改过的标题"
    site["privacy"].save_revision().publish()
    count = StandardPage.objects.count()
    assert build_site()["privacy"].title == "编辑改过的标题"
    assert StandardPage.objects.count() == count


def test_both_languages_of_a_page_are_translations_of_each_other(site: Pages):
    english = site["privacy"].get_translations().get()
    assert english.locale.language_code == "en"
    assert english.url == "/en/privacy/"
