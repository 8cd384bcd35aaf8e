"""The credit account explains itself: why so many hours, and which rows make each number."""

from __future__ import annotations

import re

import pytest

from certification.services import post_course_credit
from tests.certification.making import a_certificate, a_completion, a_course, a_run, an_issuer
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def wang(deliver, client):
    """王小明 finished one course twice (12.5 and 0 hours) and another one (3 hours)."""
    an_issuer()
    teacher = a_teacher("王小明")
    a_certificate(teacher)
    post_course_credit(completion_id=a_completion(teacher, a_run(code="PSY-101-AGAIN")).pk)
    home = a_course("HOM-1", "家校沟通的艺术", "3.00")
    post_course_credit(completion_id=a_completion(teacher, a_run(home, "HOM-1-2026")).pk)
    deliver()
    client.force_login(teacher.user)
    return teacher


def rows(page: str) -> list[tuple[str, str]]:
    """Raw and counted hours of each posting on the page."""
    table = page.partition('data-testid="postings"')[2].partition("</table>")[0]
    cells = re.findall(r'data-label="(?:应得|计入)">([^<]+)<', table)
    return sorted(zip(cells[::2], cells[1::2], strict=True))


def test_the_page_says_why_it_is_so_many_hours(wang, client):
    page = client.get("/credits/").content.decode()
    assert "为什么是 15.5 学时" in page
    assert "同一门课程只计一次：再次结业也入账，但计入 0 学时。" in page
    assert rows(page) == [("12.5", "0"), ("12.5", "12.5"), ("3", "3")]


@pytest.mark.parametrize(
    ("query", "behind"),
    [
        ("part=counted", [("12.5", "12.5"), ("3", "3")]),
        ("category=专业科目&part=counted", [("12.5", "12.5"), ("3", "3")]),
        ("category=专业科目&part=uncounted", [("12.5", "0")]),
        ("category=公需科目&part=counted", []),
    ],
)
def test_every_number_opens_the_rows_it_is_the_sum_of(wang, client, query, behind):
    answer = client.get(f"/credits/?{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert rows(page) == behind
    assert 'data-testid="credit-total">15.5<' in page, "the total stays the whole"


def test_an_impossible_category_shows_the_whole_account(wang, client):
    page = client.get("/credits/?category=%00&part=x").content.decode()
    assert len(rows(page)) == 3


def test_the_numbers_are_links_to_their_rows(wang, client):
    page = client.get("/credits/").content.decode()
    assert 'href="?part=counted#postings"' in page
    for part in ("counted", "uncounted"):
        target = f"?category=%E4%B8%93%E4%B8%9A%E7%A7%91%E7%9B%AE&amp;part={part}#postings"
        assert f'href="{target}"' in page


def test_a_row_leads_to_its_certificate(wang, client):
    page = client.get("/credits/").content.decode()
    first = wang.certificates.get(run_code="PSY-101-2026")
    assert f'<a href="/certificates/{first.pk}/">青少年心理健康教育</a>' in page


def test_the_menu_of_a_person_leads_to_courses_hours_and_certificates(wang, client):
    page = client.get("/certificates/").content.decode()
    menu = page.partition('class="account-menu"')[2].partition("</details>")[0]
    assert re.findall(r'href="(/(?:learn|credits|certificates)/)"', menu) == [
        "/learn/",
        "/credits/",
        "/certificates/",
    ]
