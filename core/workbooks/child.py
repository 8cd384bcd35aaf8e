"""Reads one untrusted table from standard input and prints it as JSON lines.

Started by path as a process of its own (`reading.py`), so it knows nothing of Django or of
this project: whatever a hostile file does to it, the server process only sees it end.
Its limits were chosen so that every attack file we know is refused and a roster of
20,000 people still fits.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

MAX_BYTES = 10 * 1024 * 1024
MAX_PARTS = 200
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CHARACTERS = 2_000
MAX_SHEETS = 30
LAST_ROW = 1_048_576
HEADER_ROWS = 10
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 60
EXACT_DIGITS = 15

ZERO_FILL = re.compile(r"0{2,20}")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
WEB_PAGE = re.compile(
    rb"\s*<(!doctype\s+html|html|head|body|table|meta|\?xml|script|svg)", re.IGNORECASE
)


class Refusal(Exception):
    """The file is not read; `reason` is a stable word for why."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def limit_resources() -> None:
    """Bound memory, processor time and file writing of this process where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        # macOS refuses an address-space limit; the caller's wall clock still holds.
        return


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is no plain workbook, before anything unpacks it."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        raise Refusal("too_many_parts", limit=MAX_PARTS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refusal("encrypted")
    if len(set(names)) != len(names):
        raise Refusal("damaged")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal("macros")
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/workbook") for n in names):
        raise Refusal("not_a_workbook")
    if any(name.startswith("xl/workbook") and name.endswith(".bin") for name in names):
        raise Refusal("binary_workbook")
    check_sizes(parts)


def check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to more than a roster can need."""
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refusal("bomb")
    for part in parts:
        if part.file_size > 100_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refusal("bomb")


def check_markup(archive: zipfile.ZipFile) -> None:
    """Refuse document types, entities and UTF-16 in every XML part."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        data = archive.read(part)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200]:
            raise Refusal("utf16")
        if DECLARATION.search(data):
            raise Refusal("entities")


def text_of(value: object, number_format: str) -> tuple[str, str]:
    """A cell's value as exact text, and its kind (see `Kind` in reading.py)."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "b"
    if isinstance(value, int | float):
        return number_text(value, number_format)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat(), "d"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), "d"
    return str(value), "t"


def number_text(value: int | float, number_format: str) -> tuple[str, str]:
    """A number without exponent; from 10^15 on Excel has already changed its last digits."""
    if abs(value) >= 10**EXACT_DIGITS:
        return f"{float(value):.2E}", "x"
    if isinstance(value, float) and not value.is_integer():
        return repr(value), "n"
    digits = str(int(value))
    if ZERO_FILL.fullmatch(number_format):
        digits = digits.zfill(len(number_format))
    return digits, "n"


def bounded(text: str, kind: str) -> tuple[str, str]:
    """The text, or its beginning marked `l` (too long)."""
    if len(text) > MAX_CHARACTERS:
        return text[:40], "l"
    return text, kind


def cell_of(cell: dict[str, Any], formats: list[str]) -> tuple[str, str]:
    """Text and kind of one parsed cell."""
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return "" if value is None else bounded(str(value), "f")[0], "f"
    if value is None or value == "":
        return "", ""
    if kind == "e":
        return str(value), "e"
    style = cell["style_id"]
    return bounded(*text_of(value, formats[style] if style < len(formats) else ""))


def sheet_rows(parser: Any, formats: list[str]) -> Iterator[dict[str, object]]:
    """The rows of one sheet that hold anything, as protocol lines."""
    filled = before = 0
    for number, cells in parser.parse():
        values: list[tuple[str, str]] = []
        for cell in cells:
            text, kind = cell_of(cell, formats)
            if not kind:
                continue
            if cell["column"] > MAX_COLUMNS:
                raise Refusal("too_many_columns", limit=MAX_COLUMNS)
            values.extend([("", "")] * (cell["column"] - len(values)))
            values[cell["column"] - 1] = (text, kind)
        filled += bool(values)
        if filled > MAX_ROWS + HEADER_ROWS:
            raise Refusal("too_many_rows", limit=MAX_ROWS)
        hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in ("1", "true")
        if not values:
            continue
        if not before < number <= LAST_ROW:
            raise Refusal("damaged")
        before = number
        yield {"r": number, "h": int(hidden), "c": values}


def parser_class() -> Any:
    """openpyxl's streaming sheet parser, telling formula cells apart without computing them."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class SheetParser(WorkSheetParser):
        def parse_cell(self, element: Any) -> Any:
            formula = element.find(FORMULA_TAG)
            if formula is None:
                return super().parse_cell(element)
            element.remove(formula)
            return {**super().parse_cell(element), "data_type": "f"}

        def parse_formatting(self, element: Any) -> None:
            return None

        def parse_extensions(self, element: Any) -> None:
            return None

    return SheetParser


def read_workbook(data: bytes) -> Iterator[dict[str, object]]:
    """All sheets of an .xlsx as protocol lines."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            check_markup(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise Refusal("damaged") from error
    from openpyxl import load_workbook

    book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formats = [number_format_of(book, style) for style in book._cell_styles]
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
    if len(sheets) > MAX_SHEETS:
        raise Refusal("too_many_sheets", limit=MAX_SHEETS)
    for sheet in sheets:
        yield {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
        yield from sheet_lines(book, sheet, formats)


def number_format_of(book: Any, style: Any) -> str:
    """The number format string of one cell style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    if style.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(style.numFmtId, ""))
    return str(book._number_formats[style.numFmtId - BUILTIN_FORMATS_MAX_SIZE])


def sheet_lines(book: Any, sheet: Any, formats: list[str]) -> Iterator[dict[str, object]]:
    """Rows of one sheet, then its merged ranges."""
    from openpyxl.utils import range_boundaries

    with book._archive.open(sheet._worksheet_path) as source:
        parser = parser_class()(
            source,
            sheet._shared_strings,
            data_only=False,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        yield from sheet_rows(parser, formats)
        merged = parser.merged_cells.mergeCell if parser.merged_cells else []
        yield {"merged": [range_boundaries(str(area.ref)) for area in merged[:MAX_ROWS]]}


def decoded(data: bytes) -> str:
    """The text of a CSV in UTF-8 (with or without mark) or GBK."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refusal("utf16")
    if b"\x00" in data:
        raise Refusal("not_a_table")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("unknown_encoding")


def read_csv(data: bytes) -> Iterator[dict[str, object]]:
    """A CSV as one unnamed sheet of protocol lines."""
    text = decoded(data)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    yield {"sheet": "", "hidden": False}
    filled = 0
    for number, record in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    ):
        values = [bounded(value, "t") if value.strip() else ("", "") for value in record]
        while values and not values[-1][1]:
            values.pop()
        if len(values) > MAX_COLUMNS:
            raise Refusal("too_many_columns", limit=MAX_COLUMNS)
        filled += bool(values)
        if filled > MAX_ROWS + HEADER_ROWS:
            raise Refusal("too_many_rows", limit=MAX_ROWS)
        if values:
            yield {"r": number, "h": 0, "c": values}


def read_any(data: bytes) -> Iterator[dict[str, object]]:
    """The table in `data`, told by its content and never by its name."""
    if not data.strip():
        raise Refusal("empty_file")
    if len(data) > MAX_BYTES:
        raise Refusal("too_large", limit=MAX_BYTES // 1024 // 1024)
    if data.startswith(b"PK"):
        return read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Refusal("encrypted" if encrypted else "old_format")
    if data.startswith(b"%PDF") or WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise Refusal("not_a_table")
    return read_csv(data)


def main() -> None:
    """Print the table as JSON lines ending in `{"end": true}`, or one line with the refusal."""
    limit_resources()
    warnings.simplefilter("ignore")
    out = sys.stdout
    try:
        for line in read_any(sys.stdin.buffer.read(MAX_BYTES + 1)):
            out.write(json.dumps(line) + "\n")
        out.write('{"end": true}\n')
    except Refusal as refusal:
        out.write(json.dumps({"refused": refusal.reason, **refusal.params}) + "\n")
    except MemoryError:
        out.write('{"refused": "bomb"}\n')
    except Exception:  # whatever a hostile file provokes in the parser means: unreadable
        out.write('{"refused": "damaged"}\n')


if __name__ == "__main__":
    main()
