"""Workbooks of certificates: which columns say what, and the same workbook with verdicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.selectors.claims import Claim, Finding
from core.errors import Invalid
from core.workbooks import Kind, Row, Sheet, read_table, write_workbook

MAX_ROWS: Final = 10_000
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("证书编号", "编号", "证书号"),
    "name": ("姓名", "持证人", "教师姓名"),
    "course": ("课程名称", "课程"),
    "credit_hours": ("学时", "学分学时"),
    "issued_on": ("发证日期", "签发日期"),
}
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000-01-01 to 2099-12-31 as Excel counts days
_EXCEL_ZERO = dt.date(1899, 12, 30)

VERDICT_WORDS: Final[Mapping[str, Promise]] = {
    "valid": gettext_lazy("有效"),
    "superseded": gettext_lazy("已换发（旧证）"),
    "revoked": gettext_lazy("已撤销"),
    "expired": gettext_lazy("已过期"),
    "pending": gettext_lazy("待签发"),
    "mismatch": gettext_lazy("信息不符"),
    "unknown": gettext_lazy("查无此证"),
}
FIELD_WORDS: Final[Mapping[str, Promise]] = {
    "number": gettext_lazy("证书编号"),
    "name": gettext_lazy("姓名"),
    "course": gettext_lazy("课程名称"),
    "credit_hours": gettext_lazy("学时"),
    "issued_on": gettext_lazy("发证日期"),
}
NOTE_WORDS: Final[Mapping[str, Promise]] = {
    "number_missing": gettext_lazy("没有填写证书编号"),
    "number_unreadable": gettext_lazy("证书编号格式不对，无法辨认"),
    "repeated": gettext_lazy("与前面某行编号重复"),
    "private_use_character": gettext_lazy("姓名含非标准汉字编码，请核对原件"),
    "hidden_row": gettext_lazy("该行在原表中被隐藏"),
    "damaged_cell": gettext_lazy("单元格被表格软件改成科学计数，原值已丢失"),
    "merged_cell": gettext_lazy("单元格被合并，本行没有自己的值"),
    "formula_cell": gettext_lazy("单元格是公式，取其显示的值"),
    "error_cell": gettext_lazy("单元格是错误值或过长"),
}
_CELL_NOTES: Final = {
    Kind.DAMAGED: "damaged_cell",
    Kind.MERGED: "merged_cell",
    Kind.FORMULA: "formula_cell",
    Kind.ERROR: "error_cell",
    Kind.LONG: "error_cell",
}


class ColumnsMissing(Invalid):
    code = "columns_missing"
    message = gettext_lazy("表格里没有“证书编号”和“姓名”两列，请检查第一行的表头。")


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = gettext_lazy("一次最多核验 %(limit)s 行，请拆分后再上传。")


@dataclass(frozen=True)
class ClaimTable:
    """A sheet of claims: its own columns, and which of them says what."""

    sheet: Sheet
    columns: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def claims(self) -> Iterator[Claim]:
        """Each row as a claim, in order."""
        for row in self.sheet.rows:
            says = {field: _text(row, field, header) for field, header in self.columns.items()}
            yield Claim(row.number, says.pop("number"), says)


def read_claims(file: BinaryIO, name: str) -> ClaimTable:
    """The first sheet that has a number and a name column, read in the guarded process.

    Raises core's WorkbookRefused, ColumnsMissing or TooManyRows.
    """
    for sheet in read_table(file, name).sheets.values():
        columns = _columns(sheet.headers)
        if {"number", "name"} <= set(columns):
            if len(sheet.rows) > MAX_ROWS:
                raise TooManyRows(limit=MAX_ROWS)
            return ClaimTable(sheet, columns)
    raise ColumnsMissing


def _columns(headers: Sequence[str]) -> dict[str, str]:
    plain = {"".join(header.split()): header for header in headers}
    return {
        field: next(plain[name] for name in known if name in plain)
        for field, known in COLUMNS.items()
        if any(name in plain for name in known)
    }


def _text(row: Row, field: str, header: str) -> str:
    cell = row.cell(header)
    text = cell.text.strip()
    if field == "issued_on" and cell.kind == Kind.NUMBER and text.isdigit():
        serial = int(text)
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return (_EXCEL_ZERO + dt.timedelta(days=serial)).isoformat()
    return text


def notes_of(table: ClaimTable, row: Row) -> list[str]:
    """Codes of what a spreadsheet program did to the row."""
    notes = ["hidden_row"] if row.hidden else []
    notes.extend(
        _CELL_NOTES[kind]
        for kind in dict.fromkeys(row.cell(header).kind for header in table.columns.values())
        if kind in _CELL_NOTES
    )
    return notes


def result_workbook(table: ClaimTable, found: Sequence[Finding], *, footer: str) -> bytes:
    """The sheet with its own columns in their order, then verdict, differing column and notes."""
    return write_workbook({_("核验结果"): _result_rows(table, found)}, footer=footer)


def _result_rows(table: ClaimTable, found: Sequence[Finding]) -> Iterator[list[Any]]:
    headers = table.sheet.headers
    yield [*headers, _("核验结论"), _("不符的内容"), _("说明")]
    for row, finding in zip(table.sheet.rows, found, strict=True):
        notes = [*finding.notes, *notes_of(table, row)]
        yield [
            *(row.cell(header).text for header in headers),
            str(VERDICT_WORDS[finding.verdict]),
            str(FIELD_WORDS[finding.field]) if finding.field else "",
            "；".join(str(NOTE_WORDS[note]) for note in dict.fromkeys(notes)),
        ]
