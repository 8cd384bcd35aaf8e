"""The player in a real Chromium, under the site's policy: it plays, speaks Chinese, remembers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from lms import access
from media import production, storage
from media.ffmpeg import binary
from tests.media import stage
from tests.media.conftest import AAC, CAPTIONS, H264, make, picture, sound

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

READY = "element => element.closest('[data-player]').player.video.readyState >= 3"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recordings' folder with one encoded lesson of 20 s and its captions."""
    folder = tmp_path_factory.mktemp("lesson")
    source = make(folder / "source.mp4", *picture("640x360", 20), *sound(20), *H264, *AAC)
    plan = production.plan_for(
        production.probe(source), source_sha256="0", encoder=binary.version(), language="zh"
    )
    root = folder / "uploads" / "recordings"
    production.produce(
        plan, source, root / "staging", on_progress=lambda n: None, on_tick=lambda: None
    )
    production.move_into_place(root / "staging", root / "published" / plan.address)
    captions = root / "published" / ("c" * 32)
    captions.mkdir()
    (captions / "captions.vtt").write_text(CAPTIONS)
    stage.assets.update(video=plan.address, captions=captions.name)
    return root


@pytest.fixture
def server(lesson: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings.ROOT_URLCONF = "tests.media.stage"
    monkeypatch.setattr(storage, "root", lambda: lesson)
    monkeypatch.setitem(access.ACCESS, "stage-player", access.PUBLIC)
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def page(chromium_browser: Browser) -> Iterator[Page]:
    context = chromium_browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("console", lambda line: line.type == "error" and page.faults.append(line.text))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    yield page
    context.close()


def begin(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_test_id("player-start").click()
    page.wait_for_function("() => document.querySelector('[data-player]').player.position() > 500")


def ask(page: Page, expression: str) -> Any:
    find = "const p = document.querySelector('[data-player]').player;"
    return page.evaluate(f"() => {{ {find} return {expression}; }}")


def test_it_plays_with_captions_chinese_names_and_a_clean_console(server, page):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{server}/player/zh-hans/")
    assert not any("vendor/player" in url or ".m3u8" in url for url in loaded)

    begin(page, f"{server}/player/zh-hans/")

    names = page.locator("media-controller").evaluate(
        "root => [...root.querySelectorAll('media-play-button, media-mute-button,"
        " media-captions-button, media-fullscreen-button, media-seek-backward-button')]"
        ".map(button => button.getAttribute('aria-label'))"
    )
    assert names == ["暂停", "快退 10 秒", "静音", "隐藏式辅助字幕", "进入全屏"]
    assert ask(page, "[...p.video.textTracks].find(t => t.kind === 'captions').mode") == "showing"
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks].find(t => t.kind === 'captions')"
        ".activeCues?.[0]?.text === '大家好，我们开始上课。'"
    )
    page.wait_for_function(
        "() => document.querySelector('media-time-range').range"
        ".getAttribute('aria-valuetext').endsWith('20 秒')"
    )
    assert page.faults == []
    box = page.locator("media-play-button").bounding_box()
    assert min(box["width"], box["height"]) >= 24


def test_captions_on_a_phone_are_as_large_as_the_text_around_them(server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page, f"{server}/player/zh-hans/")
    size = page.evaluate(
        "() => getComputedStyle(document.querySelector('video'), '::cue').fontSize"
    )
    assert size == "17px"


@pytest.mark.parametrize("width", [390, 1366])
def test_before_it_plays_the_poster_fills_the_stage_and_the_button_stands_in_its_middle(
    server, page, width
):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{server}/player/zh-hans/")
    stage_box = page.locator("[data-player-stage]").bounding_box()
    picture_box = page.locator("[data-player-video]").bounding_box()
    play = page.locator("[data-player-start] .icon").bounding_box()
    assert picture_box == stage_box
    assert stage_box["width"] / stage_box["height"] == pytest.approx(16 / 9, abs=0.01)
    words = page.locator("[data-player-start] span").bounding_box()
    middle = (play["y"] + words["y"] + words["height"]) / 2
    assert middle == pytest.approx(stage_box["y"] + stage_box["height"] / 2, abs=2)
    assert play["x"] + play["width"] / 2 == pytest.approx(
        stage_box["x"] + stage_box["width"] / 2, abs=1
    )
    begin(page, f"{server}/player/zh-hans/")
    taller = page.locator("[data-player-stage]").bounding_box()
    assert (taller["width"], taller["height"] > stage_box["height"]) == (stage_box["width"], True)


def test_english_pages_get_english_names(server, page):
    begin(page, f"{server}/player/en/")

    assert page.locator("media-play-button").get_attribute("aria-label") == "pause"


def test_it_tells_what_was_really_played_and_keeps_it_over_seeks(server, page):
    begin(page, f"{server}/player/zh-hans/")
    ask(page, "p.seek(12_000)")
    page.wait_for_function(
        "() => document.querySelector('[data-player]').player.position() > 12_600"
    )
    ask(page, "p.pause()")

    first, second = ask(page, "p.played()")
    assert first[0] < 300
    assert 500 <= first[1] < 5000
    assert 11_900 <= second[0] <= 12_100
    assert 12_600 <= second[1] < 16_000
    assert ask(page, "p.duration()") == 20_000


def test_it_goes_on_where_it_was_left(server, page):
    begin(page, f"{server}/player/zh-hans/")
    ask(page, "p.seek(7_000)")
    page.wait_for_function(
        "() => document.querySelector('[data-player]').player.position() > 7_200"
    )
    ask(page, "p.pause()")
    page.wait_for_timeout(300)

    begin(page, f"{server}/player/zh-hans/")
    assert ask(page, "p.position()") >= 7_000
    assert "已从上次的位置继续：0:07" in page.get_by_test_id("player-status").inner_text()

    begin(page, f"{server}/player/zh-hans/?at=3000")
    assert 3_000 <= ask(page, "p.position()") < 7_000


def test_the_keyboard_drives_it_and_no_key_exceeds_the_allowed_speed(server, page):
    begin(page, f"{server}/player/zh-hans/")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('video').paused")
    for _press in range(8):
        page.keyboard.press("Shift+>")
    page.wait_for_timeout(200)

    assert ask(page, "p.video.playbackRate") <= 1.5
    ask(page, "p.video.playbackRate = 4")
    page.wait_for_function("() => document.querySelector('video').playbackRate === 1.5")


def test_an_address_that_ended_is_explained(server, page):
    page.goto(f"{server}/player/zh-hans/")
    page.evaluate(
        "() => { const e = document.querySelector('[data-player]');"
        " e.dataset.playlist = e.dataset.playlist.replace('/4000000000/', '/1000/'); }"
    )
    page.get_by_test_id("player-start").click()

    page.wait_for_function(
        "() => document.querySelector('[data-player-status]').textContent.includes('已过期')"
    )


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing(server, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    begin(page, f"{server}/player/zh-hans/")
    ask(page, "p.pause()")
    page.wait_for_timeout(800)
    script = Path(__file__).parents[1] / "vendor" / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8"))

    found = page.evaluate(
        "async () => (await axe.run('[data-player]')).violations"
        ".map(fault => [fault.id, fault.nodes.map(node => node.html)])"
    )
    assert found == []
