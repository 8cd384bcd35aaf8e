"""One source, one decode, every rendition aligned, proved before it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from media import pictures, production
from media.ffmpeg import binary, commands
from media.ffmpeg.runner import CommandError, Limits, run
from media.rules.ladder import Plan, rungs_for, tile_size
from media.rules.playlists import faults_in, master_entries, parse_media_playlist


def plan_of(source: Path, language: str = "zh") -> Plan:
    facts = production.probe(source)
    return production.plan_for(
        facts, source_sha256=source.name, encoder=binary.version(), language=language
    )


def produced(source: Path, staging: Path) -> tuple[Plan, production.Product]:
    plan = plan_of(source)
    product = production.produce(
        plan, source, staging, on_progress=lambda percent: None, on_tick=lambda: None
    )
    return plan, product


def size_of(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


def durations(staging: Path, name: str) -> tuple[int, ...]:
    return parse_media_playlist((staging / f"{name}.m3u8").read_text()).durations_ms


def test_a_lesson_becomes_three_aligned_renditions_with_sound_and_pictures(tmp_path, clips):
    seen: list[int] = []
    source, staging = clips("wide.mp4"), tmp_path / "staging"
    plan = plan_of(source)

    product = production.produce(
        plan, source, staging, on_progress=seen.append, on_tick=lambda: None
    )

    assert product == production.Product(plan.address, 6000)
    assert [rung.name for rung in plan.rungs] == ["360p", "540p", "720p"]
    for name in ("360p", "540p", "720p"):
        assert durations(staging, name) == (4000, 2000)
    assert master_entries((staging / "master.m3u8").read_text()) == {
        "360p.m3u8",
        "540p.m3u8",
        "720p.m3u8",
        "audio.m3u8",
    }
    assert seen == sorted(seen)
    assert seen[-1] == 98
    assert size_of(staging / "poster_1280.webp") == (1280, 720)
    assert size_of(staging / "poster_320.jpg") == (320, 180)
    assert size_of(staging / "sprite_001.jpg") == (1600, 900)
    assert (staging / "storyboard.vtt").read_text() == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:04.000\nsprite_001.jpg#xywh=0,0,160,90\n\n"
        "00:00:04.000 --> 00:00:06.000\nsprite_001.jpg#xywh=160,0,160,90\n"
    )


def test_the_manifest_names_every_file_and_the_same_plan_gives_the_same_bytes(tmp_path, clips):
    produced(clips("small.mp4"), tmp_path / "one")
    produced(clips("small.mp4"), tmp_path / "two")

    first, second = (
        json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("one", "two")
    )
    names = {path.name for path in (tmp_path / "one").iterdir()} - {"manifest.json"}
    assert first == second
    assert set(first["files"]) == names
    assert production.finished(tmp_path / "one") == production.Product(first["address"], 5000)


@pytest.mark.parametrize(
    ("name", "rungs", "last"),
    [
        ("portrait.mp4", ["360p"], 1000),
        ("odd.mkv", ["360p"], 1000),
        ("changing-rate.mp4", ["240p"], 920),
        ("small.mp4", ["240p"], 1000),
    ],
)
def test_every_shape_is_cut_at_four_seconds(name, rungs, last, tmp_path, clips):
    plan, _product = produced(clips(name), tmp_path / "staging")

    assert [rung.name for rung in plan.rungs] == rungs
    assert durations(tmp_path / "staging", rungs[0]) == (4000, last)


def test_a_portrait_poster_stands_upright(tmp_path, clips):
    produced(clips("portrait.mp4"), tmp_path / "staging")

    assert size_of(tmp_path / "staging" / "poster_320.jpg") == (320, 569)


def test_narrow_pixels_are_widened(tmp_path, clips):
    produced(clips("narrow-pixels.mp4"), tmp_path / "staging")

    assert size_of(tmp_path / "staging" / "poster_1280.jpg") == (360, 406)


def test_sound_alone_becomes_an_audio_lesson_without_pictures(tmp_path, clips):
    plan, product = produced(clips("voice.m4a"), tmp_path / "staging")

    assert plan.rungs == ()
    assert 6000 <= product.duration_ms <= 6100
    assert not list((tmp_path / "staging").glob("poster*"))


def test_a_source_that_ends_early_is_refused_by_what_was_decoded(tmp_path, clips):
    plan = plan_of(clips("lesson.mp4"))
    content = clips("lesson.mp4").read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(content[: len(content) // 2])

    with pytest.raises(production.RefusedSourceError) as refused:
        production.produce(
            plan, cut, tmp_path / "staging", on_progress=lambda n: None, on_tick=lambda: None
        )

    assert refused.value.refusal.code == "truncated"
    assert refused.value.refusal.expected_seconds == 6


def test_a_neighbours_content_never_reaches_an_output(tmp_path, clips):
    script = tmp_path / "source.bin"
    script.write_text(f"ffconcat version 1.0\nfile '{clips('lesson.mp4')}'\n")
    staging = tmp_path / "staging"
    staging.mkdir()

    with pytest.raises(CommandError) as error:
        run(
            commands.transcode(plan_of(clips("lesson.mp4")), script, staging),
            limits=Limits(wall_seconds=20, cpu_seconds=20),
        )

    assert error.value.reason == "exit"
    assert list(staging.iterdir()) == []


def test_an_output_over_the_file_limit_is_named_as_such(tmp_path, clips):
    tmp_path.joinpath("staging").mkdir()

    with pytest.raises(CommandError) as error:
        run(
            commands.transcode(
                plan_of(clips("small.mp4")), clips("small.mp4"), tmp_path / "staging"
            ),
            limits=Limits(wall_seconds=20, cpu_seconds=20, file_bytes=2000),
        )

    assert error.value.reason == "file_limit"


def test_a_command_that_runs_too_long_is_ended(tmp_path):
    endless = [binary.path(), "-v", "error", "-f", "lavfi", "-i", "testsrc2", "-f", "null", "-"]

    with pytest.raises(CommandError) as error:
        run(endless, limits=Limits(wall_seconds=1, cpu_seconds=30))

    assert error.value.reason == "timeout"


def test_the_second_of_two_equal_directories_is_dropped(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(name)

    production.move_into_place(tmp_path / "one", tmp_path / "public" / "address")
    production.move_into_place(tmp_path / "two", tmp_path / "public" / "address")

    assert (tmp_path / "public" / "address" / "manifest.json").read_text() == "one"
    assert not (tmp_path / "two").exists()


def test_the_proof_finds_what_is_missing_or_out_of_step(tmp_path, clips):
    plan, _product = produced(clips("lesson.mp4"), tmp_path / "staging")
    staging = tmp_path / "staging"
    master = (staging / "master.m3u8").read_text()
    whole = {
        name: parse_media_playlist((staging / f"{name}.m3u8").read_text())
        for name in plan.playlist_names
    }
    short = parse_media_playlist("#EXTM3U\n#EXTINF:3.5,\na.m4s\n#EXTINF:1,\nb.m4s\n")

    assert faults_in(plan, master, whole, 6000) == []
    assert faults_in(plan, master, whole, 5000) == ["renditions last 6000 ms, decoded 5000 ms"]
    assert faults_in(plan, master, {**whole, "360p": short}, 4500) == [
        "360p: no end mark or init file",
        "360p: a segment is not four seconds long",
    ]
    assert faults_in(plan, master.replace("360p.m3u8", "999p.m3u8"), whole, 6000) == [
        "master names ['999p.m3u8', 'audio.m3u8'], expected ['360p.m3u8', 'audio.m3u8']"
    ]


def test_a_segment_without_a_key_frame_fails_the_proof(tmp_path, clips, monkeypatch):
    monkeypatch.setattr(production, "starts_with_idr", lambda segment: False)

    with pytest.raises(production.FaultyOutputError, match="does not start with a key frame"):
        produced(clips("small.mp4"), tmp_path / "staging")


@pytest.mark.parametrize(
    ("width", "height", "names"),
    [
        (1920, 1080, ["360p", "540p", "720p"]),
        (1080, 1920, ["360p", "540p", "720p"]),
        (960, 540, ["360p", "540p"]),
        (854, 480, ["360p"]),
        (400, 300, ["300p"]),
        (101, 75, ["74p"]),
    ],
)
def test_nothing_is_scaled_up(width, height, names):
    assert [rung.name for rung in rungs_for(width, height)] == names


def test_storyboard_pictures_keep_the_shape_of_the_lesson():
    assert tile_size(1920, 1080) == (160, 90)
    assert tile_size(1080, 1920) == (90, 160)
    assert tile_size(4096, 64) == (160, 2)


def test_a_picture_with_too_many_pixels_is_not_decoded(tmp_path):
    bomb = tmp_path / "bomb.png"
    Image.new("1", (6000, 6000)).save(bomb)

    with pytest.raises(pictures.ImageBombError):
        pictures.write_posters(bomb, tmp_path)
