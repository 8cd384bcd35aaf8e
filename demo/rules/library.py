"""The written content of the demo bureau, read from its TOML files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

LISTS = ("aims", "english_aims", "syllabus", "english_syllabus", "lecturers")
CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture of a lesson: a title, two to four short lines, and what is said over it.

    ``pause_ms`` is the silence kept after each sentence, for exercises (empty: none).
    """

    title: str
    lines: tuple[str, ...]
    say: tuple[str, ...]
    pause_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """When one sentence is heard, in milliseconds from the start, and over which slide."""

    slide: int
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Script:
    """A recorded lesson before it is a film."""

    key: str
    title: str
    english_title: str
    audience: str
    summary: str
    english_summary: str
    slides: tuple[Slide, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for slide in self.slides for sentence in slide.say)

    @property
    def transcript(self) -> str:
        """One paragraph for each slide, in the spoken words."""
        return "\n\n".join("".join(slide.say) for slide in self.slides)

    @property
    def text_sha256(self) -> str:
        return sha256("\n".join(self.sentences).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Speech:
    """The committed sound of a script; its sentences carry the script's text."""

    file: Path
    text_sha256: str
    duration_ms: int
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz; ``right`` counts options from 0."""

    kind: str
    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """One lesson of a course: a recording with check questions on its transcript, a reading or a
    quiz.
    """

    kind: str
    title: str
    recording: str = ""
    body: str = ""
    minutes: int = 0
    draw: int = 0
    pass_percent: int = 0
    attempts: int = 0
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseText:
    """A course as its editors wrote it."""

    code: str
    slug: str
    title: str
    english_title: str
    summary: str
    english_summary: str
    category: str
    credit_hours: Decimal
    stage: str
    audience: str
    english_audience: str
    aims: tuple[str, ...]
    english_aims: tuple[str, ...]
    syllabus: tuple[str, ...]
    english_syllabus: tuple[str, ...]
    lecturers: tuple[Mapping[str, str], ...]
    lessons: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """School years with their terms, holidays, and weekends that are working days.

    Ends are the day after the last.
    """

    years: tuple[Mapping[str, Any], ...]
    holidays: tuple[Mapping[str, Any], ...]
    workdays: tuple[date, ...]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _slide(raw: Mapping[str, Any]) -> Slide:
    pauses = tuple(raw.get("pause_ms", ()))
    return Slide(raw["title"], tuple(raw["lines"]), tuple(raw["say"]), pauses)


def _script(path: Path) -> Script:
    raw = _read(path)
    slides = tuple(_slide(slide) for slide in raw["slides"])
    return Script(**{**raw, "slides": slides})


def _question(raw: Mapping[str, Any]) -> Question:
    options, right = tuple(raw["options"]), tuple(raw["right"])
    return Question(raw["kind"], raw["text"], options, right, raw["why"])


def _part(raw: Mapping[str, Any]) -> Part:
    questions = tuple(_question(question) for question in raw.get("questions", ()))
    values = {**raw, "questions": questions}
    if "body" in values:
        values["body"] = values["body"].strip()
    return Part(**values)


def _course(path: Path) -> CourseText:
    raw = _read(path)
    lists = {name: tuple(raw[name]) for name in LISTS}
    lessons = tuple(_part(part) for part in raw["lessons"])
    hours = Decimal(raw["credit_hours"])
    return CourseText(**{**raw, **lists, "lessons": lessons, "credit_hours": hours})


@cache
def guidance() -> tuple[Script, ...]:
    """The seven lessons for pupils and parents, in their order."""
    return tuple(_script(path) for path in sorted(CONTENT.glob("guidance/*.toml")))


@cache
def recordings() -> Mapping[str, Script]:
    """The recorded lessons of the courses, by key, with the short one for trying out."""
    scripts = (_script(path) for path in sorted(CONTENT.glob("recordings/*.toml")))
    return {script.key: script for script in scripts}


@cache
def courses() -> tuple[CourseText, ...]:
    """The six courses, in the order of the catalogue."""
    return tuple(_course(path) for path in sorted(CONTENT.glob("courses/*.toml")))


@cache
def site() -> Mapping[str, Any]:
    """Home page, the authority, news and standing pages."""
    return _read(CONTENT / "site.toml")


@cache
def calendar() -> SchoolCalendar:
    raw = _read(CONTENT / "calendar.toml")
    return SchoolCalendar(tuple(raw["years"]), tuple(raw["holidays"]), tuple(raw["workdays"]))


def script(key: str) -> Script:
    """The script with this key. Raises KeyError."""
    return {**{lesson.key: lesson for lesson in guidance()}, **recordings()}[key]


def speech(script: Script) -> Speech:
    """The sound of a script. Raises ValueError when it was spoken from other words."""
    note = json.loads((CONTENT / "audio" / f"{script.key}.json").read_text(encoding="utf-8"))
    if note["text_sha256"] != script.text_sha256:
        raise ValueError(f"{script.key}: the speech does not belong to the text; speak it again")
    spoken = tuple(
        Spoken(text=text, **timing)
        for text, timing in zip(script.sentences, note["sentences"], strict=True)
    )
    sound = CONTENT / "audio" / f"{script.key}.opus"
    return Speech(sound, note["text_sha256"], note["duration_ms"], spoken)


def paragraphs(body: str) -> tuple[tuple[str, str], ...]:
    """A body as (kind, text) pairs, kind being ``heading`` or ``paragraph``."""
    blocks = (block.strip() for block in body.split("\n\n"))
    pairs = []
    for block in filter(None, blocks):
        heading, _, rest = block.partition("\n")
        if heading.startswith("## "):
            pairs.append(("heading", heading[3:]))
            block = rest.strip()
        if block:
            pairs.append(("paragraph", block.replace("\n", "")))
    return tuple(pairs)
