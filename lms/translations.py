"""Two catalogues of our own: English for our texts, Chinese for what Wagtail leaves in English.

Our source texts are Chinese, so ``locale/en`` translates them. Wagtail's are English and its
Chinese has gaps, so ``locale/zh_Hans`` fills exactly those, and says a few of theirs better.
Texts are collected from the source by syntax tree and Django's template lexer; no gettext program
is needed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
OURS = (
    "core",
    "accounts",
    "schools",
    "media",
    "courses",
    "wellbeing",
    "certification",
    "mentoring",
    "evaluation",
    "website",
    "lms",
)
FOREIGN = ("wagtail", "wagtail_localize")
REWORDED = (
    "%(label)s and Publish",
    "%(model_name)s '%(object)s' created.",
    "%(model_name)s '%(object)s' deleted.",
    "%(model_name)s '%(object)s' updated.",
    "%(model_name)s with this %(field_label)s already exists.",
    "Add %(model_name)s",
    "Are you sure you want to delete this %(model_name)s?",
    "The password is too similar to the %(verbose_name)s.",
    "There are no %(model_name)s to display.",
    "This field is required.",
)
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, order=True, slots=True)
class Text:
    """A translatable text: context, singular, plural ("" where there is none)."""

    context: str
    singular: str
    plural: str = ""


def our_texts() -> set[Text]:
    """Every text of our Python files and templates."""
    texts: set[Text] = set()
    for room in OURS:
        for path in sorted((ROOT / room).rglob("*.py")):
            texts.update(_python_texts(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            texts.update(_template_texts(source))
    return texts


def our_script_texts() -> set[Text]:
    """Every text of our ES modules."""
    texts: set[Text] = set()
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        texts.update(_template_texts(path.read_text(encoding="utf-8")))
    return texts


def _python_texts(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [_constant(argument) for argument in node.args]
        if name in PLAIN and words and words[0]:
            yield Text("", words[0])
        elif name in {"ngettext", "ngettext_lazy"} and len(words) >= 2 and words[0]:
            yield Text("", words[0], words[1])
        elif name in {"pgettext", "pgettext_lazy"} and len(words) == 2:
            yield Text(words[0], words[1])


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


_STRING = r"""(u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(
    rf"\b(?P<name>n?gettext|pgettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?", re.DOTALL
)


def _template_texts(source: str) -> Iterator[Text]:
    for match in _CALL.finditer(source):
        first = ast.literal_eval(match.group(2))
        second = ast.literal_eval(match.group(3)) if match.group(3) else ""
        if match.group("name") == "pgettext":
            yield Text(first, second)
        elif match.group("name") == "ngettext":
            yield Text("", first, second)
        else:
            yield Text("", first)


def foreign_gaps(domain: str) -> set[Text]:
    """Wagtail's texts of ``domain`` (django or djangojs) that have no Chinese of its own."""
    gaps: set[Text] = set()
    for package in FOREIGN:
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        for english in Path(spec.origin).parent.rglob(f"locale/en/LC_MESSAGES/{domain}.po"):
            chinese = english.parents[2] / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"
            has = _translated(chinese) if chinese.is_file() else set()
            wanted = {_text(entry) for entry in polib.pofile(str(english)) if not entry.obsolete}
            gaps |= wanted - has
    return gaps


def catalogue(language: str, domain: str = "django") -> Path:
    """Where our catalogue of a language lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def wanted(language: str, domain: str) -> set[Text]:
    """The texts that our catalogue must translate."""
    if language == "zh_Hans":
        reworded = {Text("", text) for text in REWORDED} if domain == "django" else set()
        return foreign_gaps(domain) | reworded
    texts = our_texts() if domain == "django" else our_script_texts()
    return {text for text in texts if CHINESE.search(text.singular)}


def missing(language: str, domain: str) -> list[Text]:
    """What our catalogue should translate and does not."""
    return sorted(wanted(language, domain) - _translated(catalogue(language, domain)))


def superfluous(language: str, domain: str) -> list[Text]:
    """What our catalogue translates although nobody asks for it."""
    return sorted(_translated(catalogue(language, domain)) - wanted(language, domain))


def collect(language: str, domain: str) -> tuple[int, int]:
    """Bring the catalogue's entries in line with what is wanted; returns (added, dropped)."""
    path = catalogue(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    book = polib.pofile(str(path), wrapwidth=100) if path.is_file() else _new_book(language)
    asked = wanted(language, domain)
    present = {_text(entry): entry for entry in book}
    for text in present.keys() - asked:
        book.remove(present[text])
    for text in sorted(asked - present.keys()):
        book.append(_entry(text))
    book.sort(key=lambda entry: (entry.msgctxt or "", entry.msgid))
    book.save(str(path))
    return len(asked - present.keys()), len(present.keys() - asked)


def compile_all() -> int:
    """Write the binary catalogues beside the texts; returns how many."""
    books = sorted((ROOT / "locale").rglob("*.po"))
    for path in books:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(books)


def _translated(path: Path) -> set[Text]:
    if not path.is_file():
        return set()
    return {
        _text(entry)
        for entry in polib.pofile(str(path))
        if entry.translated() and not entry.obsolete
    }


def _text(entry: polib.POEntry) -> Text:
    return Text(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _entry(text: Text) -> polib.POEntry:
    return polib.POEntry(
        msgid=text.singular,
        msgid_plural=text.plural,
        msgctxt=text.context or None,
        msgstr_plural={0: ""} if text.plural else {},
    )


def _new_book(language: str) -> polib.POFile:
    book = polib.POFile(wrapwidth=100)
    forms = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    book.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": forms,
    }
    return book
