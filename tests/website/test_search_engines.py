"""Search engines are shown the public pages and kept from what belongs to people."""

from xml.etree import ElementTree

import pytest

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.mark.parametrize("path", ["/home/", "/learn/", "/certificates/", "/cms/", "/verify/*/"])
def test_what_belongs_to_people_is_closed_to_search_engines(client, db, path):
    told = client.get("/robots.txt").content.decode().splitlines()
    assert told[0] == "User-agent: *"
    assert f"Disallow: {path}" in told
    assert told[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_map_names_the_live_pages_of_both_languages(site, client):
    site["life"].unpublish()
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    shown = [one.text for one in ElementTree.fromstring(answer.content).iter(LOC)]
    for path in ("/", "/en/", "/guidance/puberty/", "/en/guidance/puberty/", "/help/", "/verify/"):
        assert f"http://testserver{path}" in shown, path
    assert "http://testserver/guidance/life/" not in shown
