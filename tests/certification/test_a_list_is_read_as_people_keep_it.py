"""Bulk checks of odd lists: a verdict for each row, or one line that says what to do."""

from __future__ import annotations

import contextlib
import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from certification.rules import codes
from core.workbooks import write_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def check(tmp_path, capsys):
    """Runs the command on a file with this content; (row, verdict, field, notes) for each row."""

    def run(content: bytes, name: str = "名单.csv", *words: str):
        file = tmp_path / name
        file.write_bytes(content)
        with contextlib.suppress(SystemExit):
            call_command("verify_certificates", str(file), "--json", *words)
        report = json.loads(capsys.readouterr().out)
        return [(r["row"], r["verdict"], r["field"], r["notes"]) for r in report["results"]]

    return run


@pytest.fixture
def refused(tmp_path):
    """Runs the command on a file that it refuses; the line it says, with exit code 2."""

    def run(content: bytes, name: str = "名单.xlsx", *words: str) -> str:
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(CommandError) as refusal:
            call_command("verify_certificates", str(file), *words)
        assert refusal.value.returncode == 2
        assert "\n" not in str(refusal.value)
        return str(refusal.value)

    return run


def a_csv(*rows: str) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode("utf-8-sig")


def a_saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def spoilt(code: str) -> str:
    return code[:-1] + ("7" if code[-1] != "7" else "8")


def test_a_code_finds_the_certificate_however_it_was_typed(certificate, check):
    code = certificate.code
    typed = [
        codes.formatted(code),
        code.lower(),
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        f" {code[:5]} {code[5:10]} {code[10:]} ",
    ]
    found = check(a_csv("验证码,姓名", *(f"{text},王小明" for text in typed)))
    assert [verdict for _row, verdict, *_ in found] == ["valid"] * 6
    assert [notes for *_, notes in found] == [[], *([["repeated"]] * 5)]


def test_a_code_that_cannot_be_one_is_said_to_be_misread(certificate, check):
    found = check(
        a_csv(
            "验证码,姓名",
            f"{spoilt(certificate.code)},王小明",
            "4.13E+17,王小明",
            ",王小明",
            f"{certificate.code},李小明",
        )
    )
    assert found == [
        (2, "unknown", "code", ["code_unreadable"]),
        (3, "unknown", "code", ["code_unreadable", "damaged_cell"]),
        (4, "unknown", "number", ["number_missing"]),
        (5, "mismatch", "name", []),
    ]


def test_number_and_code_must_belong_together(certificate, check):
    number, code = certificate.number, certificate.code
    found = check(
        a_csv(
            "证书编号,验证码,姓名",
            f"{number},{code},王小明",
            f"{number},{spoilt(code)},王小明",
            f"信教体培证字〔2026〕009999号,{code},王小明",
            f"4.13E+17,{code},王小明",
        )
    )
    assert found == [
        (2, "valid", "", []),
        (3, "mismatch", "code", ["code_unreadable", "repeated"]),
        (4, "mismatch", "number", ["repeated"]),
        (5, "mismatch", "number", ["number_unreadable", "repeated", "damaged_cell"]),
    ]


def test_a_title_a_merged_header_and_blank_rows_are_no_hindrance(certificate, check):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年职称评审证书名单"])
    sheet.merge_cells("A1:D1")
    sheet.append(["姓名", "证书信息", None, "备注"])
    sheet.append([None, "证书编号", "学时", None])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("D2:D3")
    sheet["A5"], sheet["B5"], sheet["C5"] = "王小明", certificate.number, 12.5
    sheet["A9"], sheet["B9"], sheet["C9"] = "王小明", certificate.number, 13
    assert check(a_saved(book), "名单.xlsx") == [
        (5, "valid", "", []),
        (9, "mismatch", "credit_hours", ["repeated"]),
    ]


def test_the_result_keeps_every_column_and_its_text(certificate, check, tmp_path):
    out = tmp_path / "结果.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓 名", "备注", "证书编号", None, "备注", "工号"])
    sheet.append(["王小明", "=1+1", certificate.number, "@SUM(A1)", "-2+3", "000123"])
    sheet["B2"].data_type = "s"
    check(a_saved(book), "名单.xlsx", "--out", str(out))
    made = openpyxl.load_workbook(out).active
    assert [[cell.value for cell in row] for row in made.iter_rows()] == [
        ["姓 名", "备注", "证书编号", None, "备注", "工号", "查验结论", "不符的内容", "说明"],
        ["王小明", "=1+1", certificate.number, "@SUM(A1)", "-2+3", "000123", "有效", None, None],
    ]
    assert {cell.data_type for cell in made[2] if cell.value} == {"s"}


def test_a_cut_text_is_said_to_be_cut(certificate, check):
    long = "长" * 2001
    found = check(a_csv("证书编号,姓名,备注", f"{certificate.number},王小明,{long}"))
    assert found == [(2, "valid", "", ["long_cell"])]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "文件是空的，请选择填写好的工作簿。"),
        (
            "甲,乙\n1,2\n".encode(),
            "表格里没有“姓名”和“证书编号”（或“验证码”）两列，"
            "请检查表头是否在前十行、写法是否一致。",
        ),
        ("证书编号,姓名\n".encode(), "表头下面没有要查验的行。"),
        (
            "证书编号,姓名,姓名\n1,2,3\n".encode(),
            "工作表“名单.xlsx”的列重复：姓名。请删除多余的列。",
        ),
        (b"<html><table><tr><td>1</td></table>", "文件内容不是表格，只能上传 .xlsx 或 CSV。"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            "这是旧版 .xls 格式，请在 Excel 或 WPS 中另存为 .xlsx 再上传。",
        ),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "工作簿设有密码，请取消密码后另存再上传。",
        ),
        (
            "证书编号,姓名\n".encode("utf-16"),
            "文件编码是 UTF-16，请另存为 .xlsx，或编码为 UTF-8、GBK 的 CSV。",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(refused, content, line):
    assert refused(content) == line


@pytest.mark.parametrize("rows", [10_001, 20_020])
def test_too_long_a_list_is_refused_with_the_limit_that_holds(refused, rows):
    text = "证书编号,姓名\n" + "信教体培证字〔2026〕1号,王小明\n" * rows
    assert refused(text.encode()) == "一次最多查验 10000 行，请拆分后再上传。"


def test_of_two_lists_in_one_workbook_none_is_passed_over(refused):
    sheet = [["证书编号", "姓名"], ["1", "王小明"]]
    book = write_workbook({"城区": sheet, "乡镇": sheet, "说明": [["填表说明"]]})
    assert refused(book) == (
        "工作簿里有几张名单：城区、乡镇。请每次只查验一张，把其余的另存或隐藏。"
    )


def test_a_place_where_no_result_can_be_is_said_before_any_work(refused, certificate, tmp_path):
    content = a_csv("证书编号,姓名", f"{certificate.number},王小明")
    for place, line in (
        (tmp_path, "--out 是一个文件夹，请写明结果文件的名称。"),
        (tmp_path / "没有" / "a.xlsx", "--out 所在的文件夹不存在，请先建立。"),
        (tmp_path / "名单.csv", "结果不能覆盖原表，请给 --out 换一个文件名。"),
    ):
        assert refused(content, "名单.csv", "--out", str(place)) == line
    assert (tmp_path / "名单.csv").read_bytes() == content


def test_an_older_result_is_replaced_whole(check, certificate, tmp_path):
    out = tmp_path / "结果.xlsx"
    out.write_bytes(b"older" * 100_000)
    check(a_csv("证书编号,姓名", f"{certificate.number},王小明"), "名单.csv", "--out", str(out))
    assert openpyxl.load_workbook(out).active["C2"].value == "有效"
    assert {file.name for file in tmp_path.iterdir()} == {"结果.xlsx", "名单.csv"}
