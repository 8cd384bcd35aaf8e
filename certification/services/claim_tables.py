"""Workbooks of certificates: which columns say what, and the same workbook with verdicts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.selectors.claims import Claim, Finding
from core.errors import Invalid
from core.workbooks import (
    Kind,
    ListedRow,
    Listing,
    WorkbookRefused,
    read_listings,
    write_workbook,
)

MAX_ROWS: Final = 10_000
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("证书编号", "编号", "证书号", "Certificate number"),
    "code": ("验证码", "证书验证码", "防伪码", "Code"),
    "name": ("姓名", "持证人", "教师姓名", "Name"),
    "course": ("课程名称", "课程", "Course title"),
    "credit_hours": ("学时", "学分学时", "Credit hours"),
    "issued_on": ("发证日期", "签发日期", "Date of issue"),
}
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000-01-01 to 2099-12-31 as Excel counts days
_EXPONENT: Final = re.compile(r"[0-9]+(\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_IDENTITY: Final = {"number", "code"}
_EXCEL_ZERO = dt.date(1899, 12, 30)

VERDICT_WORDS: Final[Mapping[str, Promise]] = {
    "valid": gettext_lazy("有效"),
    "superseded": gettext_lazy("已换发（旧证）"),
    "revoked": gettext_lazy("已撤销"),
    "expired": gettext_lazy("已过期"),
    "pending": gettext_lazy("待签发"),
    "mismatch": gettext_lazy("信息不符"),
    "unknown": gettext_lazy("查无此证"),
    "incomplete": gettext_lazy("信息不全，未查验"),
}
FIELD_WORDS: Final[Mapping[str, Promise]] = {
    "number": gettext_lazy("证书编号"),
    "code": gettext_lazy("验证码"),
    "name": gettext_lazy("姓名"),
    "course": gettext_lazy("课程名称"),
    "credit_hours": gettext_lazy("学时"),
    "issued_on": gettext_lazy("发证日期"),
}
NOTE_WORDS: Final[Mapping[str, Promise]] = {
    "name_missing": gettext_lazy("没有填写姓名"),
    "number_missing": gettext_lazy("没有填写证书编号"),
    "number_unreadable": gettext_lazy("证书编号格式不对，无法辨认"),
    "code_unreadable": gettext_lazy("验证码没有通过校验，多半有一位看错或输错"),
    "repeated": gettext_lazy("与第 %(row)s 行编号重复"),
    "private_use_character": gettext_lazy("姓名含非标准汉字编码，请核对原件"),
    "hidden_row": gettext_lazy("该行在原表中被隐藏"),
    "damaged_cell": gettext_lazy("单元格被表格软件改成科学计数，原值已丢失"),
    "merged_cell": gettext_lazy("单元格被合并，本行没有自己的值"),
    "formula_cell": gettext_lazy("单元格是公式，取其显示的值"),
    "error_cell": gettext_lazy("单元格是错误值"),
    "long_cell": gettext_lazy("有单元格过长，只保留了开头"),
}
_CELL_NOTES: Final = {
    Kind.DAMAGED: "damaged_cell",
    Kind.MERGED: "merged_cell",
    Kind.FORMULA: "formula_cell",
    Kind.ERROR: "error_cell",
}


class ColumnsMissing(Invalid):
    code = "columns_missing"
    message = gettext_lazy(
        "表格里没有“姓名”和“证书编号”（或“验证码”）两列，请检查表头是否在前十行、写法是否一致。"
    )


class NoRows(Invalid):
    code = "no_rows"
    message = gettext_lazy("表头下面没有要查验的行。")


class SeveralLists(Invalid):
    code = "several_lists"
    message = gettext_lazy("工作簿里有几张名单：%(sheets)s。请每次只查验一张，把其余的另存或隐藏。")


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = gettext_lazy("一次最多查验 %(limit)s 行，请拆分后再上传。")


@dataclass(frozen=True)
class ClaimTable:
    """A sheet of claims: all its columns, and which of them (by position) says what."""

    sheet: Listing
    columns: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def claims(self) -> Iterator[Claim]:
        """Each row as a claim, in order."""
        for row in self.sheet.rows:
            says = {field: _text(row, field, column) for field, column in self.columns.items()}
            yield Claim(row.number, says.pop("number", ""), says)


def read_claims(file: BinaryIO, name: str) -> ClaimTable:
    """The sheet that has a name column and a number or code column, read in the guarded process.

    Raises core's WorkbookRefused, ColumnsMissing, SeveralLists, NoRows or TooManyRows.
    """
    known = [header for headers in COLUMNS.values() for header in headers]
    try:
        sheets = read_listings(file, name, known=known)
    except WorkbookRefused as refusal:
        if refusal.reason == "too_many_rows":
            raise TooManyRows(limit=MAX_ROWS) from refusal
        raise
    tables = [_table(sheet, name) for sheet in sheets]
    lists = [table for table in tables if table is not None]
    if not lists:
        raise ColumnsMissing
    filled = [table for table in lists if len(table)]
    if not filled:
        raise NoRows
    if len(filled) > 1:
        raise SeveralLists(sheets="、".join(table.sheet.name for table in filled))
    if len(filled[0]) > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS)
    return filled[0]


def _table(sheet: Listing, file_name: str) -> ClaimTable | None:
    """The sheet as claims; None where it has no such columns."""
    columns = {}
    for field, known in COLUMNS.items():
        header = next((name for name in known if name in sheet.headers), None)
        if header is None:
            continue
        if sheet.headers.count(header) > 1:
            place = sheet.name or file_name
            raise WorkbookRefused("duplicate_columns", sheet=place, columns=header)
        columns[field] = sheet.headers.index(header)
    identified = "number" in columns or "code" in columns
    return ClaimTable(sheet, columns) if "name" in columns and identified else None


def _text(row: ListedRow, field: str, column: int) -> str:
    cell = row.cells[column]
    text = cell.text.strip()
    if field == "issued_on" and cell.kind == Kind.NUMBER and text.isdigit():
        serial = int(text)
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return (_EXCEL_ZERO + dt.timedelta(days=serial)).isoformat()
    return text


def notes_of(table: ClaimTable, row: ListedRow) -> list[str]:
    """Codes of what a spreadsheet program did to the row."""
    cells = {field: row.cells[column] for field, column in table.columns.items()}
    notes = ["hidden_row"] if row.hidden else []
    notes.extend(_CELL_NOTES[cell.kind] for cell in cells.values() if cell.kind in _CELL_NOTES)
    if any(_EXPONENT.fullmatch(cells[field].text.strip()) for field in _IDENTITY & cells.keys()):
        notes.append("damaged_cell")
    if any(cell.kind == Kind.LONG for cell in row.cells):
        notes.append("long_cell")
    return list(dict.fromkeys(notes))


def result_workbook(table: ClaimTable, found: Sequence[Finding], *, footer: str) -> bytes:
    """The sheet with all its own columns in order, then verdict, differing column and notes."""
    return write_workbook({_("查验结果"): _result_rows(table, found)}, footer=footer)


def _result_rows(table: ClaimTable, found: Sequence[Finding]) -> Iterator[list[Any]]:
    yield [*table.sheet.titles, _("查验结论"), _("不符的内容"), _("说明")]
    for row, finding in zip(table.sheet.rows, found, strict=True):
        notes = dict.fromkeys([*finding.notes, *notes_of(table, row)])
        was_read = finding.outcome != "incomplete"
        said = [str(NOTE_WORDS[note]) % {"row": finding.repeats} for note in notes]
        yield [
            *(cell.text for cell in row.cells),
            str(VERDICT_WORDS[finding.outcome]),
            str(FIELD_WORDS[finding.field]) if finding.field and was_read else "",
            "；".join([*_end_text(finding), *said]),
        ]


def _end_text(finding: Finding) -> Iterator[str]:
    """Since when a right claim counts no more, and why."""
    end = finding.end
    if end is None:
        return
    words = {"day": date_format(end.on, "DATE_FORMAT"), "reason": end.cause}
    if finding.verdict == "expired":
        yield _("有效期至 %(day)s") % words
    elif finding.verdict == "revoked":
        yield _("%(day)s撤销，原因：%(reason)s") % words
    elif end.successor:
        yield _("%(day)s换发，新编号 %(number)s") % {**words, "number": end.successor}
    else:
        yield _("%(day)s换发") % words
