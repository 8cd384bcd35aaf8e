"""Tables that strangers send us, read in a guarded child process."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

CHILD = Path(__file__).with_name("child.py")
MAX_BYTES = 10 * 1024 * 1024
HEADER_ROWS = 10
MAX_MERGED_CELLS = 64 * 20_000
WALL_SECONDS = 90

REASONS: dict[str, str | Promise] = {
    "empty_file": _("文件是空的，请选择填写好的工作簿。"),
    "too_large": _("文件超过 10 MB，请拆分后再上传。"),
    "too_many_parts": _("工作簿里的部件太多，请把需要的工作表复制到新的工作簿再上传。"),
    "too_many_sheets": _("工作簿里的工作表太多，请只保留需要的工作表。"),
    "too_many_rows": _("一个工作表最多 20000 行，请拆分后再上传。"),
    "too_many_columns": _("工作表最多 64 列，请删除右侧多余的列。"),
    "encrypted": _("工作簿设有密码，请取消密码后另存再上传。"),
    "macros": _("工作簿带有宏，请另存为不带宏的 .xlsx 再上传。"),
    "old_format": _("这是旧版 .xls 格式，请在 Excel 或 WPS 中另存为 .xlsx 再上传。"),
    "binary_workbook": _("这是二进制 .xlsb 格式，请另存为 .xlsx 再上传。"),
    "not_a_workbook": _("这不是 Excel 工作簿，请下载模板填写后再上传。"),
    "not_a_table": _("文件内容不是表格，只能上传 .xlsx 或 CSV。"),
    "bomb": _("文件展开后异常庞大，已停止读取。请把需要的内容复制到新的工作簿再上传。"),
    "entities": _("工作簿含有不允许的内容声明，已停止读取。请另存为新的 .xlsx 再上传。"),
    "utf16": _("文件编码是 UTF-16，请另存为 .xlsx，或编码为 UTF-8、GBK 的 CSV。"),
    "unknown_encoding": _("认不出文件的编码，请另存为 .xlsx，或编码为 UTF-8、GBK 的 CSV。"),
    "damaged": _("文件已损坏或内容异常，请用 Excel 或 WPS 打开后另存为新的 .xlsx 再上传。"),
    "plain_text": _(
        "文件内容是纯文本，里面没有模板的表头。请填写下载的模板；已有表格的，请另存为 .xlsx，"
        "第一行用模板的表头。只改文件名不会变成工作簿。"
    ),
    "missing_sheets": _("没有找到工作表“%(sheets)s”，请使用下载的模板。"),
    "missing_columns": _("工作表“%(sheet)s”缺少列：%(columns)s。请使用模板的第一行作为表头。"),
    "duplicate_columns": _("工作表“%(sheet)s”的列重复：%(columns)s。请删除多余的列。"),
}


class WorkbookRefused(DomainError):
    """The file is not read at all; `code` is `workbook_` and a stable word for the reason."""

    code = "workbook_refused"
    status = 422
    message = _("文件无法读取。")

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(REASONS[reason], **params)
        self.reason = reason
        self.code = f"workbook_{reason}"


class Kind(StrEnum):
    """What a cell really held, beside its text."""

    BLANK = ""
    TEXT = "t"
    NUMBER = "n"
    DAMAGED = "x"
    DATE = "d"
    BOOLEAN = "b"
    FORMULA = "f"
    ERROR = "e"
    LONG = "l"
    MERGED = "m"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: exact text (numbers without exponent, dates as ISO) and kind."""

    text: str = ""
    kind: Kind = Kind.BLANK


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row under its headers; `number` is the row number that Excel shows."""

    number: int
    cells: Mapping[str, Cell]
    hidden: bool = False

    def cell(self, header: str) -> Cell:
        """The cell under `header`; a missing column reads as blank."""
        return self.cells.get(header, BLANK)

    def text(self, header: str) -> str:
        """The stripped text under `header`, "" when blank or missing."""
        return self.cell(header).text.strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its headers in order and the rows below them that hold anything."""

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets asked for, by name, and the titles of those left unread."""

    sheets: Mapping[str, Sheet]
    ignored: tuple[str, ...] = ()

    @property
    def first(self) -> Sheet:
        """The first sheet in the order of the file."""
        return next(iter(self.sheets.values()))


@dataclass(slots=True)
class RawSheet:
    """One sheet as the child printed it."""

    title: str
    hidden: bool
    rows: list[dict[str, Any]] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)


def read_table(
    file: BinaryIO, name: str, *, sheets: Mapping[str, Sequence[str]] | None = None
) -> Workbook:
    """The rows of an .xlsx or CSV (UTF-8, GBK), whatever its name says.

    `sheets` maps each wanted sheet to the headers it must have; a sheet under another title
    is recognised by its headers. Without `sheets` every visible sheet is read, its first
    filled row being the headers. Raises WorkbookRefused with the reason in words.
    """
    raw = raw_sheets(file, name)
    visible = [sheet for sheet in raw if not sheet.hidden]
    hidden = tuple(sheet.title for sheet in raw if sheet.hidden)
    if sheets is None:
        named = {sheet.title: shaped(sheet, sheet.title, 0) for sheet in visible if sheet.rows}
        if not named:
            raise WorkbookRefused("empty_file", name=name)
        return Workbook(sheets=named, ignored=hidden)
    return chosen(visible, hidden, sheets)


def raw_sheets(file: BinaryIO, name: str) -> list[RawSheet]:
    """The sheets as the guarded child read them. Raises WorkbookRefused."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise WorkbookRefused("too_large", name=name)
    return parsed(run_child(data))


def run_child(data: bytes) -> str:
    """What the guarded child printed; raises WorkbookRefused when it had to be stopped."""
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 - fixed command, the file goes through a pipe
            command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise WorkbookRefused("bomb") from error
    if done.returncode != 0:
        raise WorkbookRefused("bomb" if done.returncode < 0 else "damaged")
    return done.stdout.decode()


def parsed(output: str) -> list[RawSheet]:
    """The child's lines as sheets; raises WorkbookRefused with the child's reason."""
    sheets: list[RawSheet] = []
    ended = False
    for line in output.splitlines():
        item = json.loads(line)
        if "refused" in item:
            raise WorkbookRefused(item.pop("refused"), **item)
        if "sheet" in item:
            sheets.append(RawSheet(title=item["sheet"].strip(), hidden=item["hidden"]))
        elif "merged" in item:
            sheets[-1].merged = merged_cells(item["merged"], sheets[-1].rows)
        elif "r" in item:
            sheets[-1].rows.append(item)
        ended = ended or "end" in item
    if not ended:
        raise WorkbookRefused("damaged")
    return sheets


def merged_cells(
    areas: Sequence[Sequence[int]], rows: Sequence[Mapping[str, Any]]
) -> set[tuple[int, int]]:
    """Every (row, column) that a merged range covers without being its first cell."""
    last = rows[-1]["r"] if rows else 0
    covered: set[tuple[int, int]] = set()
    budget = MAX_MERGED_CELLS
    for left, top, right, bottom in areas:
        bottom, right = min(bottom, last), min(right, 64)
        budget -= max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if budget < 0:
            raise WorkbookRefused("bomb")
        covered.update(
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        )
    return covered


def header_text(text: str) -> str:
    """A header without the stars, spaces and full-width forms that people give it."""
    return "".join(unicodedata.normalize("NFKC", text).replace("*", "").split())


def header_at(sheet: RawSheet, required: Sequence[str]) -> int | None:
    """The index of the first of the top rows that holds every required header."""
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        if set(required) <= {header_text(text) for text, _kind in row["c"]}:
            return index
    return None


def chosen(
    visible: Sequence[RawSheet], hidden: tuple[str, ...], wanted: Mapping[str, Sequence[str]]
) -> Workbook:
    """The wanted sheets, by title first, else by their headers."""
    found: dict[str, Sheet] = {}
    left: list[RawSheet] = []
    for sheet in visible:
        if sheet.title in wanted and sheet.title not in found:
            found[sheet.title] = titled(sheet, wanted[sheet.title])
        elif sheet.rows:
            left.append(sheet)
    ignored = list(hidden)
    for sheet in left:
        name = recognised(sheet, [key for key in wanted if key not in found], wanted)
        if name is None:
            ignored.append(sheet.title)
        else:
            found[name] = shaped(sheet, name, header_at(sheet, wanted[name]) or 0)
    if not found:
        raise missing(left, wanted)
    return Workbook(
        sheets={key: found[key] for key in wanted if key in found}, ignored=tuple(ignored)
    )


def titled(sheet: RawSheet, required: Sequence[str]) -> Sheet:
    """A sheet found by its title; an empty one has no rows, one without its headers is refused."""
    if not sheet.rows:
        return Sheet(name=sheet.title)
    index = header_at(sheet, required)
    if index is None:
        raise lacking(sheet, sheet.title, required)
    return shaped(sheet, sheet.title, index)


def recognised(
    sheet: RawSheet, names: Sequence[str], wanted: Mapping[str, Sequence[str]]
) -> str | None:
    """The wanted sheet whose headers this one carries; the most demanding first."""
    for name in sorted(names, key=lambda key: -len(wanted[key])):
        if header_at(sheet, wanted[name]) is not None:
            return name
    return None


def missing(left: Sequence[RawSheet], wanted: Mapping[str, Sequence[str]]) -> WorkbookRefused:
    """The refusal that helps most: the nearest sheet's missing columns, else the missing sheets."""
    if len(left) == 1:
        first = {header_text(text) for text, _kind in left[0].rows[0]["c"]}
        nearest = max(wanted, key=lambda name: len(first & set(wanted[name])))
        if first & set(wanted[nearest]):
            return lacking(left[0], left[0].title or nearest, wanted[nearest])
        if not left[0].title:
            return WorkbookRefused("plain_text")
    if not left:
        return WorkbookRefused("empty_file")
    return WorkbookRefused("missing_sheets", sheets="、".join(wanted))


def lacking(sheet: RawSheet, title: str, required: Sequence[str]) -> WorkbookRefused:
    """The refusal that names the columns which the likeliest header row lacks."""
    tops = [{header_text(text) for text, _kind in row["c"]} for row in sheet.rows[:HEADER_ROWS]]
    best = max(tops, key=lambda headers: len(headers & set(required)))
    columns = "、".join(name for name in required if name not in best)
    return WorkbookRefused("missing_columns", sheet=title, columns=columns)


def shaped(sheet: RawSheet, name: str, index: int) -> Sheet:
    """The sheet's rows below row `index`, under that row's headers."""
    headers = tuple(header_text(text) for text, _kind in sheet.rows[index]["c"])
    named = [header for header in headers if header]
    twice = sorted({header for header in named if named.count(header) > 1})
    if twice:
        raise WorkbookRefused("duplicate_columns", sheet=name, columns="、".join(twice))
    rows = tuple(row_of(item, headers, sheet.merged) for item in sheet.rows[index + 1 :])
    return Sheet(name=name, headers=tuple(named), rows=tuple(row for row in rows if row.cells))


def row_of(item: Mapping[str, Any], headers: Sequence[str], merged: set[tuple[int, int]]) -> Row:
    """One row; cells swallowed by a merged range are marked so."""
    number = item["r"]
    cells: dict[str, Cell] = {}
    for column, header in enumerate(headers, 1):
        text, kind = item["c"][column - 1] if column <= len(item["c"]) else ("", "")
        if not kind and (number, column) in merged:
            kind = Kind.MERGED
        if header and kind:
            cells[header] = Cell(text=text, kind=Kind(kind))
    return Row(number=number, cells=cells, hidden=bool(item["h"]))
