"""Who is in distress, or holds a certificate in the hand, finds the service before any page."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from schools.models import HelpLine
from website import rules
from website.models import StandardPage

Pages = dict[str, Any]
pytestmark = pytest.mark.django_db


def addresses(client: Client, path: str, query: str) -> list[str]:
    return [found.url for found in client.get(path, {"q": query}).context["found"]]


@pytest.mark.parametrize(
    "query", ["求助热线", "热线", "12356", "110", "123", "１２３５５", "我不想活了"]
)
def test_the_help_lines_come_first(client: Client, site: Pages, query: str):
    assert addresses(client, "/search/", query)[0] == "/help/"


@pytest.mark.parametrize("query", ["help line", "Hotline", "12356", "suicide"])
def test_the_english_help_lines_come_first_in_english(client: Client, site: Pages, query: str):
    assert addresses(client, "/en/search/", query)[0] == "/en/help/"
    assert addresses(client, "/en/search/", "certificate") == ["/verify/"]


@pytest.mark.parametrize("query", ["证书", "查验", "证书真伪"])
def test_verification_comes_first_for_certificates(client: Client, site: Pages, query: str):
    assert addresses(client, "/search/", query)[0] == "/verify/"


def test_the_numbers_stand_in_the_result_and_are_counted(client: Client, site: Pages):
    page = client.get("/search/?q=求助热线").content.decode()
    assert "公安报警 110 · 医疗急救 120 · 全国统一心理援助热线 12356" in page
    assert "找到 1 个页面" in page
    assert "没有找到" not in page


def test_a_number_of_the_bureau_is_found_and_one_out_of_service_is_not(
    client: Client, site: Pages, at: Any
):
    HelpLine.objects.create(
        number="0376-6611120", name="信阳心理热线", starts_on="2026-03-01", ends_on="2026-06-01"
    )
    at("2026-05-31T12:00:00+08:00")
    assert addresses(client, "/search/", "6611120") == []
    assert addresses(client, "/search/", "03766611120") == ["/help/"]
    at("2026-06-01T00:00:00+08:00")
    assert addresses(client, "/search/", "0376-6611120") == []


def test_other_words_find_pages_alone(client: Client, site: Pages):
    assert addresses(client, "/search/", "情绪") == ["/guidance/emotions/"]
    assert addresses(client, "/search/", "") == []


@pytest.mark.parametrize("query", ["11", "2026", "12", ""])
def test_a_year_or_two_digits_are_no_help_line(query: str):
    assert not rules.seeks_help(query, ["110", "12356"])


@pytest.mark.parametrize(
    "query", ["120学时", "第120期", "110号文件", "豫教〔2026〕110号", "120 hours", "电话费120元"]
)
def test_a_number_of_something_else_is_no_help_line(query: str):
    assert not rules.seeks_help(query, ["110", "12356"])


@pytest.mark.parametrize(
    "query", ["打120", "怎么拨打 110", "12356 电话", "电话：0376-6611120", "call 110 now", "110?"]
)
def test_a_number_beside_a_word_for_calling_is_a_help_line(query: str):
    assert rules.seeks_help(query, ["12356", "0376-6611120"])


def test_the_help_lines_stand_on_the_first_page_of_results_alone(client: Client, site: Pages):
    for number in range(21):
        told = StandardPage(title=f"求助方式{number}", slug=f"ways-{number}")
        site["home"].add_child(instance=told)
    call_command("update_index", verbosity=0)
    first, second = (client.get("/search/", {"q": "求助", "page": page}).context for page in (1, 2))
    assert (first["found"][0].url, len(first["found"])) == ("/help/", 21)
    assert "/help/" not in [found.url for found in second["found"]]
    assert first["count"] == second["count"] == 22
