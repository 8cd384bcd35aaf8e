"""Bombs, locked and damaged files, and lists beyond all measure are refused with the reason."""

from __future__ import annotations

import io
import time
import warnings
import zipfile

import openpyxl
import pytest

from core.workbooks import child
from tests.core.sheets import (
    HEADERS,
    OLE,
    PLAIN,
    altered,
    read,
    refusal,
    rows,
    with_sheet_xml,
    xlsx,
)

pytestmark = pytest.mark.usefixtures("where")


def test_twenty_thousand_rows_pass_and_one_more_is_refused():
    head = ",".join(HEADERS) + "\n"
    line = "S0001,1,王芳,\n"
    assert len(read((head + line * 20_000).encode()).sheets["教师"].rows) == 20_000
    error = refusal((head + line * 20_011).encode())
    assert error.code == "workbook_too_many_rows"


def test_a_workbook_has_as_many_rows_as_a_list_may_have(monkeypatch):
    monkeypatch.setattr(child, "MAX_ROWS", 20)
    monkeypatch.setattr(child, "HEADER_ROWS", 1)
    lines = [["S0001", "1", "王芳", ""]] * 20
    assert len(read(xlsx(rows(*lines))).sheets["教师"].rows) == 20


@pytest.mark.parametrize("where", ["in this process"], indirect=True)
def test_a_workbook_with_one_row_too_many_is_refused(monkeypatch):
    monkeypatch.setattr(child, "MAX_ROWS", 20)
    monkeypatch.setattr(child, "HEADER_ROWS", 1)
    lines = [["S0001", "1", "王芳", ""]] * 21
    assert refusal(xlsx(rows(*lines))).code == "workbook_too_many_rows"


def test_pictures_in_a_workbook_are_passed_over():
    pictured = io.BytesIO(PLAIN)
    with zipfile.ZipFile(pictured, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n")
    assert read(pictured.getvalue()).sheets == read(PLAIN).sheets


def test_rows_with_nothing_in_them_are_passed_over():
    empty = b'<row r="2"><c r="A2" s="0"/></row><row r="3"></row></sheetData>'
    sheet = read(with_sheet_xml(b"</sheetData>", empty)).sheets["教师"]
    assert [row.number for row in sheet.rows] == [2]


def with_part(name: str) -> bytes:
    """The plain workbook with one more part."""
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, b"x")
    return buffer.getvalue()


def twice(name: str) -> bytes:
    """The plain workbook that holds one of its parts a second time."""
    with warnings.catch_warnings(action="ignore"):
        return with_part(name)


def flagged() -> bytes:
    """The plain workbook whose first part says that it is encrypted."""
    data = bytearray(PLAIN)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb(kind: str) -> bytes:
    """A small archive that unpacks to far too much."""
    filler = b" " * (40 * 1024 * 1024 if kind == "ratio" else 100 * 1024 * 1024)
    return altered(PLAIN, lambda n, c: c + filler if n.endswith("sheet1.xml") else c)


def in_sheet(xml: bytes) -> bytes:
    return with_sheet_xml(b"<sheetData>", b"<sheetData>" + xml)


def at_end(xml: bytes) -> bytes:
    return with_sheet_xml(b"</sheetData>", xml + b"</sheetData>")


MERGED_COLUMNS = b'</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("empty_file", b""),
        ("empty_file", b"  \r\n "),
        ("too_large", b"x" * (10 * 1024 * 1024 + 1)),
        ("old_format", OLE),
        ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("not_a_table", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("not_a_table", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>"),
        ("not_a_table", b"%PDF-1.7"),
        ("not_a_table", b"\x89PNG\r\n\x00\x00"),
        ("plain_text", "关于名册的通知\n请各校尽快报送。\n".encode()),
        ("plain_text", "关于名册的通知，请各校尽快报送。".encode("gbk")),
        ("utf16", "学校代码,工号".encode("utf-16")),
        ("unknown_encoding", b"\xff\xff\xff,\x80\x80"),
        ("damaged", PLAIN[: len(PLAIN) // 2]),
        ("damaged", b"PK\x03\x04not a zip at all"),
        ("not_a_workbook", altered(PLAIN, lambda n, c: None if n.startswith("xl/w") else c)),
        ("macros", with_part("xl/vbaProject.bin")),
        ("binary_workbook", with_part("xl/workbook.bin")),
        ("encrypted", flagged()),
        ("damaged", twice("xl/workbook.xml")),
        ("bomb", bomb("ratio")),
        ("bomb", bomb("size")),
        ("entities", altered(PLAIN, lambda n, c: LAUGHS + c if n.endswith("sheet1.xml") else c)),
        (
            "utf16",
            altered(
                PLAIN,
                lambda n, c: c.decode().encode("utf-16") if n.endswith("sheet1.xml") else c,
            ),
        ),
        ("damaged", in_sheet(b'<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')),
        ("damaged", in_sheet(b'<row r="1"><c r="A1"><v>' + b"9" * 6000 + b"</v></c></row>")),
        ("damaged", with_sheet_xml(b"</sheetData>", MERGED_COLUMNS)),
        ("damaged", in_sheet(b'<row r="0"><c r="A1"><v>1</v></c></row>')),
        ("damaged", at_end(b'<row r="1048577"><c r="A1"><v>1</v></c></row>')),
        ("damaged", at_end(b'<row r="5000000000"><c r="A1"><v>1</v></c></row>')),
        ("damaged", at_end(b'<row r="2"><c r="A2"><v>1</v></c></row>')),
        ("too_many_columns", in_sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_with_its_reason(reason, data):
    started = time.monotonic()
    error = refusal(data)
    assert error.code == f"workbook_{reason}"
    assert error.status == 422
    assert "%(" not in str(error)
    assert time.monotonic() - started < 15


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing():
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    sheet = read(with_sheet_xml(b"</sheetData>", far)).sheets["教师"]
    assert [row.number for row in sheet.rows] == [2, 1_048_576]


def test_a_merge_over_the_whole_sheet_costs_nothing():
    merge = b'</sheetData><mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    assert len(read(with_sheet_xml(b"</sheetData>", merge)).sheets["教师"].rows) == 1


def test_extreme_numbers_are_marked_damaged():
    data = at_end(b'<row r="3"><c r="A3"><v>1E+400</v></c></row>')
    sheet = read(data, sheets=None).first
    assert [cell.text for cell in sheet.rows[-1].cells.values()] == ["INF"]


def test_many_parts_and_many_sheets_are_refused():
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(201):
            archive.writestr(f"xl/media/{number}.png", b"x")
    assert refusal(buffer.getvalue()).code == "workbook_too_many_parts"
    book = openpyxl.Workbook()
    for number in range(31):
        book.create_sheet(f"表{number}")
    sheets = io.BytesIO()
    book.save(sheets)
    assert refusal(sheets.getvalue()).code == "workbook_too_many_sheets"


def test_overlapping_merges_without_end_are_refused():
    area = b'<mergeCell ref="A2:BL20000"/>'
    filled = b'<row r="20000"><c r="A20000" t="inlineStr"><is><t>x</t></is></c></row>'
    merges = filled + b"</sheetData><mergeCells>" + area * 3 + b"</mergeCells>"
    assert refusal(with_sheet_xml(b"</sheetData>", merges)).code == "workbook_bomb"
