"""How addresses, states and page numbers are shown, without Django and without a database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

ENGLISH_PREFIX: Final = "/en/"
_STATES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "circle-check": (
        "good",
        (
            "done",
            "passed",
            "valid",
            "published",
            "issued",
            "posted",
            "completed",
            "made",
            "accepted",
            "ok",
            "excellent",
            "good",
            "upheld",
        ),
    ),
    "circle-dot": (
        "calm",
        (
            "open",
            "active",
            "enrolled",
            "ready",
            "current",
            "present",
            "yellow",
            "standing",
            "fair",
            "growing",
            "on_notice",
        ),
    ),
    "loader": (
        "calm",
        ("running", "processing", "transcoding", "uploading", "sending", "computing"),
    ),
    "clock": (
        "mute",
        (
            "queued",
            "waiting",
            "pending",
            "planned",
            "scheduled",
            "upcoming",
            "new",
            "proposed",
            "offered",
        ),
    ),
    "hourglass": (
        "warn",
        (
            "due",
            "held",
            "draft",
            "attempted",
            "preview",
            "previewed",
            "briefed",
            "expiring",
            "orange",
            "leaving",
            "below",
            "to_announce",
            "announce_again",
            "to_answer",
            "to_freeze",
        ),
    ),
    "triangle-alert": ("bad", ("late", "overdue", "mismatch", "warning", "infeasible", "red")),
    "circle-x": ("bad", ("failed", "refused", "rejected", "revoked", "lost")),
    "ban": ("mute", ("closed", "cancelled", "withdrawn", "full", "ended", "absent")),
    "history": (
        "mute",
        ("superseded", "repaired", "archived", "changed", "updated", "lapsed", "stale"),
    ),
    "timer": ("warn", ("expired",)),
    "lock": ("good", ("frozen",)),
    "circle-question-mark": ("mute", ("unknown", "missing", "incomplete", "nobody_mentored")),
    "plus": ("good", ("created",)),
    "minus": ("mute", ("unchanged", "dismissed")),
}
_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    state: (icon, tone) for icon, (tone, states) in _STATES.items() for state in states
}
_IN_BOTH_TREES: Final = frozenset(
    {
        "",
        "about",
        "children",
        "courses",
        "guidance",
        "help",
        "news",
        "privacy",
        "search",
        "styleguide",
    }
)
_PLAIN: Final = ("circle", "mute")
_SEEKS_HELP: Final = (
    *(
        "求助",
        "热线",
        "救命",
        "救助",
        "援助",
        "报警",
        "警察",
        "急救",
        "自杀",
        "轻生",
        "自残",
        "自伤",
    ),
    *("不想活", "想死", "活不下去", "想不开", "难受", "害怕", "欺负", "霸凌", "家暴", "被打"),
    *("help", "hotline", "suicid", "kill myself", "self-harm", "emergency", "crisis", "bullied"),
    *("bullying", "abuse", "police", "ambulance"),
)
_SEEKS_VERIFICATION: Final = (
    *("证书", "查验", "验证", "真伪", "certificate", "verify", "verification", "genuine"),
)
_EMERGENCIES: Final = ("110", "120")
_SHORTEST_NUMBER: Final = 3
_NUMBER: Final = r"(\d(?:[\d\s()-]*\d)?)"
_CALLED: Final = re.compile(
    rf"(?:打|拨|呼叫|电话|\bcall|\bdial|\bphone)\W*{_NUMBER}|{_NUMBER}\W*(?:电话|phone)"
)


def icon_of_state(state: str) -> str:
    """The icon that stands beside a state's word; a plain circle for a state nobody listed."""
    return _LOOKS.get(state, _PLAIN)[0]


def tone_of_state(state: str) -> str:
    """The tone of a state: good, calm, warn, bad or mute."""
    return _LOOKS.get(state, _PLAIN)[1]


def address_in(language: str, path: str) -> str:
    """The public address of ``path`` (without a leading slash) in a language."""
    prefix = ENGLISH_PREFIX if language == "en" else "/"
    return prefix + path


def is_english_address(path: str) -> bool:
    """Whether an address belongs to the English tree."""
    return path.startswith(ENGLISH_PREFIX) or path == ENGLISH_PREFIX.rstrip("/")


def address_after_switch(path: str, language: str) -> str:
    """The same page in another language: the English prefix is put on or taken off.

    Only addresses that exist in both trees carry a prefix; the others stay as they are.
    """
    bare = path
    if is_english_address(path):
        bare = "/" + path.removeprefix(ENGLISH_PREFIX).lstrip("/\\")
    if path == ENGLISH_PREFIX.rstrip("/"):
        bare = "/"
    first = bare.lstrip("/").split("/", 1)[0].split("?", 1)[0]
    if language != "en" or first not in _IN_BOTH_TREES:
        return bare
    return ENGLISH_PREFIX + bare.lstrip("/")


def seeks_help(query: str, numbers: Iterable[str]) -> bool:
    """Whether somebody who searches for this may need a help line; `numbers` are those in service.

    A number counts alone or beside a word for calling, from its first three digits on; the 120 of
    120 hours does not.
    """
    asked = _plain_words(query)
    known = [_digits(number) for number in (*_EMERGENCIES, *numbers)]
    for called in map(_digits, _numbers_called(asked)):
        if len(called) >= _SHORTEST_NUMBER and any(one.startswith(called) for one in known):
            return True
    return any(word in asked for word in _SEEKS_HELP)


def _numbers_called(asked: str) -> list[str]:
    """What is asked, where it has no letter; else the numbers beside a word for calling."""
    if not any(character.isalpha() for character in asked):
        return [asked]
    return [before or after for before, after in _CALLED.findall(asked)]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def seeks_verification(query: str) -> bool:
    """Whether somebody who searches for this wants to know what a certificate is worth."""
    asked = _plain_words(query)
    return any(word in asked for word in _SEEKS_VERIFICATION)


def _plain_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def numbers_around(number: int, last: int) -> list[int]:
    """The page numbers to offer: first, last and two on each side; 0 stands for a gap."""
    wanted = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    shown: list[int] = []
    for candidate in wanted:
        if shown and candidate - shown[-1] > 1:
            shown.append(0)
        shown.append(candidate)
    return shown


def body_of_text(text: str) -> list[dict[str, Any]]:
    """Plain text as the blocks of a page body: ``## `` begins a heading, a blank line a paragraph.

    Nothing in the text is read as HTML.
    """
    blocks: list[dict[str, Any]] = []
    paragraphs: list[str] = []

    def end_of_text() -> None:
        if paragraphs:
            blocks.append({"type": "text", "value": "".join(paragraphs)})
            paragraphs.clear()

    for part in (part.strip() for part in text.strip().split("\n\n")):
        for line in filter(None, (line.strip() for line in part.split("\n"))):
            if line.startswith("## "):
                end_of_text()
                blocks.append({"type": "heading", "value": line.removeprefix("## ")})
            else:
                paragraphs.append(f"<p>{escape(line, quote=False)}</p>")
    end_of_text()
    return blocks


def clock_of(milliseconds: int) -> str:
    """A duration as people read it: 1:35, or 1:02:03 from an hour on."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
