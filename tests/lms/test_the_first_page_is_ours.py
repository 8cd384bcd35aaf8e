"""Whoever opens the address too early reads a page of ours, never an error or a stranger's page."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from django.test import Client

from lms.waiting import Handler, Server


@pytest.fixture
def waiting() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/", "/healthz", "/courses/"])
def test_every_address_says_that_the_platform_is_being_prepared(waiting: str, path: str):
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(waiting + path, timeout=5)
    with answered.value as answer:
        page = answer.read().decode()
        assert (answer.code, answer.headers["Retry-After"]) == (503, "3")
    assert "正在准备数据库" in page
    assert 'http-equiv="refresh"' in page


@pytest.mark.django_db
def test_a_site_without_a_home_page_shows_our_own_words(client: Client):
    page = client.get("/").content.decode()
    assert "首页发布后就会显示在这里" in page
    assert "Wagtail" not in page
