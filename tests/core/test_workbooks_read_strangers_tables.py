"""Reading: what people really send, and what attackers do."""

from __future__ import annotations

import io
from datetime import date, datetime
from datetime import time as clock_time

import openpyxl
import pytest

from core.workbooks import Kind, write_workbook
from tests.core.sheets import HEADERS, OLE, PLAIN, read, refusal, rows, with_sheet_xml, xlsx

pytestmark = pytest.mark.usefixtures("where")


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


def test_one_sheet_of_something_else_is_told_which_sheet_is_wanted():
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "通讯录"
    book.active.append(["甲", "乙"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert refusal(buffer.getvalue()).code == "workbook_missing_sheets"


def test_far_columns_in_csv_and_empty_lines_are_bounded():
    data = f"学校代码,工号,姓名{',' * 80}\r\n\r\nS0001,1,王芳\r\n"
    assert [row.number for row in read(data.encode()).sheets["教师"].rows] == [3]
    assert refusal(("甲," * 65 + "乙\n").encode()).code == "workbook_too_many_columns"


def test_missing_and_double_columns_are_named():
    missing = refusal("学校代码,姓名\nS1,王芳\n".encode())
    assert str(missing) == "工作表“教师”缺少列：工号。请使用模板的第一行作为表头。"
    double = refusal("学校代码,工号,姓名,姓名\nS1,1,王芳,王\n".encode())
    assert str(double) == "工作表“教师”的列重复：姓名。请删除多余的列。"
    nothing = refusal("一,二\n三,四\n".encode())
    assert nothing.code == "workbook_plain_text"


def test_the_message_for_the_old_format_says_what_to_do():
    assert str(refusal(OLE)) == "这是旧版 .xls 格式，请在 Excel 或 WPS 中另存为 .xlsx 再上传。"
