"""The one door to the typesetter: a sheet in, the bytes of an archivable, accessible PDF out."""

import datetime as dt
import functools
import hashlib
import json
import re
import tempfile
import threading
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
import typst

from certification.printing import ornament, qr, sheet
from certification.rules import dates

STANDARDS: Final["list[typst.PDFStandard]"] = ["a-3a", "ua-1"]
RARE_FONT_FILES: Final = (
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/hanazono/HanaMinB.ttf"),
    Path("/usr/local/share/fonts/HanaMinB.ttf"),
)
_TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
_MISSING: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_SHANGHAI: Final = dt.timezone(dt.timedelta(hours=8))


class GlyphMissing(Exception):
    """No font at hand has the characters; `.characters` names them."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


class _Typesetter:
    """One compiler with its fonts and a private folder for pictures; used by one thread at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="certificates-")
        self._root = Path(self._folder.name)
        (self._root / "ornament.svg").write_bytes(ornament.page_svg())
        self._source = source()
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=_font_folders()
        )
        families = fonts.families()
        self.families: list[str] = [f for f in ("Noto Serif SC", "HanaMinB") if f in families]
        self._compiler = typst.Compiler(root=self._root, font_paths=fonts, ignore_system_fonts=True)

    def seal_file(self, seal: bytes) -> str:
        """The name under which the compiler finds the picture."""
        name = f"seal-{hashlib.sha256(seal).hexdigest()}.png"
        path = self._root / name
        if not path.exists():
            path.write_bytes(seal)
        return name

    def typeset(self, page: sheet.Sheet) -> bytes:
        midnight = dt.datetime.combine(page.issued_on, dt.time(), _SHANGHAI)
        with self._lock:
            facts = _facts(page, self.seal_file(page.seal), self.families)
            made = self._compiler.compile(
                input=self._source,
                format="pdf",
                sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
                pdf_standards=STANDARDS,
                timestamp=int(midnight.timestamp()),
            )
        assert isinstance(made, bytes), "a certificate has one page"
        return made


def _font_folders() -> list[Path]:
    folders = [pylopdf_fonts_zh_cn.serif_path().parent]
    folders.extend(file.parent for file in RARE_FONT_FILES if file.exists())
    return folders


def _facts(page: sheet.Sheet, seal_file: str, families: list[str]) -> dict[str, object]:
    day = page.issued_on
    return {
        "fonts": families,
        "document_title": f"{page.title} {page.number}",
        "issuer": page.issuer,
        "issued": [day.year, day.month, day.day],
        "title": page.title,
        "name": page.name,
        "salutation": "同志：",
        "paragraphs": sheet.paragraphs(page),
        "lines": sheet.lines(page),
        "mark": page.mark,
        "how_to_verify": "扫描二维码，或访问此地址查验真伪：",
        "address": page.address,
        "qr": qr.qr_svg(page.address),
        "qr_alt": "二维码：打开本证书的查验页",
        "formal_date": dates.formal(day),
        "seal": seal_file,
        "seal_alt": f"{page.issuer}印章",
    }


@functools.cache
def _typesetter() -> _Typesetter:
    return _Typesetter()


def _missing_characters(message: str) -> str | None:
    found = _MISSING.search(message)
    if found is None:
        return None
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), found[1])


def source() -> bytes:
    """The typesetting source in force; its digest is part of a template version."""
    return _TEMPLATE.read_bytes()


def typeset(page: sheet.Sheet) -> bytes:
    """The certificate as PDF/A-3a and PDF/UA-1; the same sheet gives the same bytes.

    Raises GlyphMissing when no font has a character: nothing is ever printed with a hole.
    """
    try:
        return _typesetter().typeset(page)
    except typst.TypstError as error:
        characters = _missing_characters(error.message)
        if characters is None:
            raise
        raise GlyphMissing(characters) from error
