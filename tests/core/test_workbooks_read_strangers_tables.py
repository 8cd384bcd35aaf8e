"""Reading: what people really send, and what attackers do."""

from __future__ import annotations

import io
import sys
import time
import warnings
import zipfile
from datetime import date, datetime
from datetime import time as clock_time
from types import SimpleNamespace

import openpyxl
import pytest

from core.workbooks import Kind, WorkbookRefused, child, read_table, reading, write_workbook


@pytest.fixture(autouse=True, params=["in a process of its own", "in this process"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code runs apart, as in production, and here, where its branches are counted."""
    if request.param == "in a process of its own":
        return

    def run_here(data: bytes) -> str:
        out = io.StringIO()
        monkeypatch.setattr(child, "limit_resources", lambda: None)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", out)
        with warnings.catch_warnings():
            child.main()
        return out.getvalue()

    monkeypatch.setattr(reading, "run_child", run_here)


TEACHERS = {"教师": ["学校代码", "工号", "姓名"]}
HEADERS = ["学校代码", "工号", "姓名", "手机"]


def xlsx(build) -> bytes:
    """A workbook whose first sheet 教师 is filled by `build`."""
    book = openpyxl.Workbook()
    book.active.title = "教师"
    build(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(*lines):
    def build(sheet):
        sheet.append(HEADERS)
        for line in lines:
            sheet.append(line)

    return build


def read(data: bytes, name: str = "名册.xlsx", sheets=TEACHERS):
    return read_table(io.BytesIO(data), name, sheets=sheets)


def refusal(data: bytes, name: str = "名册.xlsx", sheets=TEACHERS) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as caught:
        read(data, name, sheets)
    return caught.value


def altered(data: bytes, change) -> bytes:
    """The same archive with its parts passed through `change(name, content)`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
    return buffer.getvalue()


PLAIN = xlsx(rows(["S0001", "007", "王芳", "13800000001"]))


def test_a_plain_sheet_is_read_with_the_row_numbers_of_excel():
    sheet = read(PLAIN).sheets["教师"]
    assert sheet.headers == ("学校代码", "工号", "姓名", "手机")
    assert [(row.number, row.text("工号"), row.text("姓名")) for row in sheet.rows] == [
        (2, "007", "王芳")
    ]
    assert sheet.rows[0].cell("手机").kind is Kind.TEXT
    assert sheet.rows[0].text("没有这列") == ""


def test_each_kind_of_cell_says_what_it_held():
    def build(sheet):
        sheet.append(["学校代码", "工号", "姓名", "手机", "甲", "乙", "丙", "丁"])
        sheet.append(
            [411502, 413000000000000000, date(2026, 3, 1), 13800000001.0, 2.5, True, "=A1", "#N/A"]
        )
        sheet["A3"], sheet["A3"].number_format = 42, "000000"
        sheet["B3"] = "字" * 2001

    first, second = read(xlsx(build)).sheets["教师"].rows
    found = {header: (cell.text, cell.kind) for header, cell in first.cells.items()}
    assert found == {
        "学校代码": ("411502", Kind.NUMBER),
        "工号": ("4.13E+17", Kind.DAMAGED),
        "姓名": ("2026-03-01", Kind.DATE),
        "手机": ("13800000001", Kind.NUMBER),
        "甲": ("2.5", Kind.NUMBER),
        "乙": ("TRUE", Kind.BOOLEAN),
        "丙": ("", Kind.FORMULA),
        "丁": ("#N/A", Kind.ERROR),
    }
    assert second.cell("学校代码").text == "000042"
    assert (second.cell("工号").text, second.cell("工号").kind) == ("字" * 40, Kind.LONG)


def test_merged_cells_are_marked_where_they_swallow_a_value():
    def build(sheet):
        rows(["S0001", "1", "王芳"], [None, "2", "李明"], [None, "3", "赵静"])(sheet)
        sheet.merge_cells("A2:A3")

    first, second, third = read(xlsx(build)).sheets["教师"].rows
    assert first.cell("学校代码").kind is Kind.TEXT
    assert second.cell("学校代码").kind is Kind.MERGED
    assert third.cell("学校代码").kind is Kind.BLANK


def test_hidden_rows_are_read_and_marked_hidden():
    def build(sheet):
        rows(["S0001", "1", "王芳"], ["S0001", "2", "李明"])(sheet)
        sheet.row_dimensions[3].hidden = True

    assert [row.hidden for row in read(xlsx(build)).sheets["教师"].rows] == [False, True]


def test_a_title_above_the_headers_and_decorated_headers_are_understood():
    def build(sheet):
        sheet.append(["2026年教师名册"])
        sheet.append(["学校代码 *", "工 号", "姓名\n", "Ｑ"])
        sheet.append(["S0001", "1", "王芳"])

    sheet = read(xlsx(build)).sheets["教师"]
    assert sheet.headers == ("学校代码", "工号", "姓名", "Q")
    assert [row.number for row in sheet.rows] == [3]


def test_a_sheet_under_another_title_is_known_by_its_headers():
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    rows(["S0001", "1", "王芳"])(book.active)
    book.create_sheet("备注").append(["随便写写"])
    secret = book.create_sheet("隐藏")
    rows(["S0001", "2", "李明"])(secret)
    secret.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    found = read(buffer.getvalue())
    assert [row.text("姓名") for row in found.sheets["教师"].rows] == ["王芳"]
    assert found.ignored == ("隐藏", "备注")


def test_an_empty_sheet_with_the_right_title_has_no_rows():
    book = openpyxl.Workbook()
    book.active.title = "教师"
    buffer = io.BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()).sheets["教师"].rows == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_of_the_trade(encoding, delimiter):
    lines = [delimiter.join(HEADERS), delimiter.join(["S0001", "007", "王芳", "13800000001"]), ""]
    sheet = read("\r\n".join(lines).encode(encoding), "名册.csv").sheets["教师"]
    assert [(row.number, row.text("工号"), row.text("姓名")) for row in sheet.rows] == [
        (2, "007", "王芳")
    ]


def test_without_wanted_sheets_every_visible_sheet_is_read():
    found = read(PLAIN, sheets=None)
    assert list(found.sheets) == ["教师"]
    assert found.first.rows[0].text("姓名") == "王芳"


def test_our_own_workbooks_are_read_back():
    data = write_workbook({"教师": [HEADERS, ["S0001", "007", "=1+1", None]]})
    row = read(data).sheets["教师"].rows[0]
    assert (row.text("姓名"), row.cell("姓名").kind) == ("=1+1", Kind.TEXT)


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


def with_sheet_xml(old: bytes, new: bytes) -> bytes:
    return altered(PLAIN, lambda n, c: c.replace(old, new) if n.endswith("sheet1.xml") else c)


def in_sheet(xml: bytes) -> bytes:
    return with_sheet_xml(b"<sheetData>", b"<sheetData>" + xml)


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


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
    data = in_sheet(b'<row r="1"><c r="A1"><v>1E+400</v></c></row>')
    sheet = read(data, sheets=None).first
    assert sheet.headers == ("INF",)


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


def test_dates_times_and_zero_filled_numbers_are_texts_of_their_kind():
    def build(sheet):
        sheet.append(["甲", "乙", "丙", "丁", "戊"])
        sheet.append([datetime(2026, 3, 1, 8, 30), clock_time(8, 30), -7, 0.5, "x"])
        sheet["E2"].number_format = '"第"0"号"'

    row = read(xlsx(build), sheets=None).first.rows[0]
    assert [row.text(name) for name in "甲乙丙丁戊"] == [
        "2026-03-01 08:30:00",
        "08:30:00",
        "-7",
        "0.5",
        "x",
    ]


def test_an_own_number_format_is_read():
    def build(sheet):
        rows(["S0001", 7, "王芳", None])(sheet)
        sheet["B2"].number_format = "00000"

    assert read(xlsx(build)).sheets["教师"].rows[0].text("工号") == "00007"


def test_a_sheet_with_conditional_formats_and_extensions_is_read():
    extra = (
        b'</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        b"<formula>1</formula></cfRule></conditionalFormatting>"
        b'<extLst><ext uri="{x}"></ext></extLst>'
    )
    sheet = read(with_sheet_xml(b"</sheetData>", extra)).sheets["教师"]
    assert [row.text("姓名") for row in sheet.rows] == ["王芳"]


def test_the_right_title_without_the_right_columns_is_told():
    def build(sheet):
        sheet.append(["姓名", "备注"])
        sheet.append(["王芳", ""])

    assert str(refusal(xlsx(build))) == (
        "工作表“教师”缺少列：学校代码、工号。请使用模板的第一行作为表头。"
    )


def test_a_workbook_with_nothing_in_it_is_empty():
    book = openpyxl.Workbook()
    buffer = io.BytesIO()
    book.save(buffer)
    assert refusal(buffer.getvalue()).code == "workbook_empty_file"
    assert refusal(buffer.getvalue(), sheets=None).code == "workbook_empty_file"


def test_several_strange_sheets_are_told_by_the_wanted_name():
    book = openpyxl.Workbook()
    for title in ("一", "二"):
        book.create_sheet(title).append(["甲", "乙"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert str(refusal(buffer.getvalue())) == "没有找到工作表“教师”，请使用下载的模板。"


def test_far_columns_in_csv_and_empty_lines_are_bounded():
    data = f"学校代码,工号,姓名{',' * 80}\r\n\r\nS0001,1,王芳\r\n"
    assert [row.number for row in read(data.encode()).sheets["教师"].rows] == [3]
    assert refusal(("甲," * 65 + "乙\n").encode()).code == "workbook_too_many_columns"


def test_overlapping_merges_without_end_are_refused():
    area = b'<mergeCell ref="A2:BL20000"/>'
    filled = b'<row r="20000"><c r="A20000" t="inlineStr"><is><t>x</t></is></c></row>'
    merges = filled + b"</sheetData><mergeCells>" + area * 3 + b"</mergeCells>"
    assert refusal(with_sheet_xml(b"</sheetData>", merges)).code == "workbook_bomb"


def test_missing_and_double_columns_are_named():
    missing = refusal("学校代码,姓名\nS1,王芳\n".encode())
    assert str(missing) == "工作表“教师”缺少列：工号。请使用模板的第一行作为表头。"
    double = refusal("学校代码,工号,姓名,姓名\nS1,1,王芳,王\n".encode())
    assert str(double) == "工作表“教师”的列重复：姓名。请删除多余的列。"
    nothing = refusal("一,二\n三,四\n".encode())
    assert nothing.code == "workbook_missing_sheets"


def test_the_message_for_the_old_format_says_what_to_do():
    assert str(refusal(OLE)) == "这是旧版 .xls 格式，请在 Excel 或 WPS 中另存为 .xlsx 再上传。"
