"""Workbooks that we give out: text stays text, nothing becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

Value = str | int | Decimal | date | datetime | None

MAX_TEXT = 32_767
WIDEST = 40
NO_CONVERSION = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write_workbook(
    sheets: Mapping[str, Iterable[Sequence[Value]]],
    *,
    marks: Mapping[str, Collection[tuple[int, int]]] | None = None,
    footer: str = "",
    fillable: bool = False,
) -> bytes:
    """An .xlsx whose strings are text cells, whatever they begin with.

    The first row of each sheet is its header. `marks` highlights cells by (row, column),
    counted from 0 with the header; `footer` is printed on every page; `fillable` formats
    whole columns as text, for people to fill in without losing zeros.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, NO_CONVERSION) as book:
        for name, rows in sheets.items():
            write_sheet(book, name, rows, (marks or {}).get(name, ()), footer, fillable)
    return buffer.getvalue()


def write_sheet(
    book: Any,
    name: str,
    rows: Iterable[Sequence[Value]],
    marks: Collection[tuple[int, int]],
    footer: str,
    fillable: bool,
) -> None:
    """One sheet with a frozen bold header and columns as wide as their content."""
    formats = sheet_formats(book)
    sheet = book.add_worksheet(name)
    widths: dict[int, int] = {}
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            style = "header" if index == 0 else "marked" if (index, column) in marks else "text"
            write_value(sheet, index, column, value, formats[style], formats["date"])
            widths[column] = max(widths.get(column, 0), width_of(value))
    for column, width in widths.items():
        sheet.set_column(
            column, column, min(width + 2, WIDEST), formats["text"] if fillable else None
        )
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    if footer:
        sheet.set_footer("&L" + footer.replace("&", "&&")[:200] + "&R&P / &N")


def sheet_formats(book: Any) -> dict[str, Any]:
    """The four cell formats that our sheets use."""
    return {
        "header": book.add_format(
            {"bold": True, "bg_color": "#DCE9E7", "border": 1, "num_format": "@"}
        ),
        "text": book.add_format({"num_format": "@"}),
        "marked": book.add_format({"num_format": "@", "bg_color": "#FDE3C8", "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }


def write_value(
    sheet: Any, row: int, column: int, value: Value, style: Any, date_style: Any
) -> None:
    """Write one cell by its type; only int and Decimal become numbers."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:MAX_TEXT], style)
    elif isinstance(value, datetime):
        sheet.write_string(row, column, value.isoformat(sep=" ", timespec="seconds"), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, date_style)
    else:
        sheet.write_number(row, column, value)


def width_of(value: Value) -> int:
    """The printed width of a value; a Chinese character takes two places."""
    text = str(value or "")[: WIDEST * 2]
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
