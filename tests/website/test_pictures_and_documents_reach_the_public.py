"""What an editor puts on a page reaches its reader: a figure, a document, a Chinese title."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from core.page_forms import address_of
from tests.people import a_bureau, a_teacher
from website.models import NewsIndexPage, NewsPage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new size to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def cover() -> Image:
    return Image.objects.create(title="封面", file=get_test_image_file(size=(1280, 720)))


def show(page: Page, **values) -> Page:
    """Publish the page with these values."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def content_of(answer) -> bytes:
    """What is sent; its file is closed, and the database of the test stays open."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


def pictures_in(answer) -> list[str]:
    return re.findall(r"/files/images/[^\s\"]+", answer.content.decode())


def test_a_figure_is_made_in_its_sizes_and_given_to_everybody(site, cover):
    page = show(
        site["about"],
        body=[("figure", {"image": cover, "caption": "校园"})],
    )
    reader = Client()
    addresses = pictures_in(reader.get(page.url))
    assert len(set(addresses)) == 4, "two widths in two formats"
    for address in addresses:
        answer = reader.get(address)
        assert (answer.status_code, answer["Content-Type"][:6]) == (200, "image/")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert content_of(answer)
    assert reader.get("/files/images/..%2Foriginal_images%2Ftest.png").status_code == 404
    assert reader.get("/files/images/nothing.jpg").status_code == 404
    assert reader.get(f"/files/{cover.file.name}").status_code == 404


def test_a_document_is_downloaded_and_never_shown_in_the_page(site):
    document = Document.objects.create(
        title="办法", file=ContentFile(b"%PDF-1.4 text", name="rules.pdf")
    )
    page = show(site["about"], body=[("download", {"document": document})])
    reader = Client()
    assert document.url in reader.get(page.url).content.decode()
    answer = reader.get(document.url)
    assert (answer.status_code, content_of(answer)) == (200, b"%PDF-1.4 text")
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_chinese_title_is_enough_for_a_new_page(site):
    editor = a_teacher("周编辑", school=a_bureau(), posts=["editor"]).user
    editor.groups.add(Group.objects.get(name="审核编辑"))
    browser = Client()
    browser.force_login(editor)
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    body = {
        "title": "全市心理健康教育工作会召开",
        "slug": "",
        "lead": "",
        "dated_on": "2026-11-20",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    address = f"/cms/pages/add/website/newspage/{parent.pk}/"
    for _time in range(2):
        browser.post(address, body)
    slugs = NewsPage.objects.child_of(parent).filter(title=body["title"]).values_list("slug")
    wanted = "quan-shi-xin-li-jian-kang-jiao-yu-gong-zuo-hui-zhao-kai"
    assert sorted(slug for (slug,) in slugs) == [wanted, f"{wanted}-1"]
    browser.post(address, body | {"slug": "工作会"})
    assert NewsPage.objects.child_of(parent).filter(slug="gong-zuo-hui").exists()


@pytest.mark.parametrize(
    ("title", "address"),
    [("信阳 2026 年", "xin-yang-2026-nian"), ("！？", "page"), ("Open day", "open-day")],
)
def test_an_address_is_made_of_pinyin(title, address):
    assert address_of(title) == address
