"""Who is in distress, or holds a certificate in the hand, finds the service before any page."""

from typing import Any

import pytest
from django.test import Client

from schools.models import HelpLine
from website import rules

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
