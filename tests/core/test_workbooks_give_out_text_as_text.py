"""Writing: nothing that a person typed becomes a formula, a link or a number."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from core.workbooks import write_workbook

PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    "|cmd",
    "＝1+1",
    "=HYPERLINK(\"http://x\")",
    "http://example.com",
    "mailto:a@b.c",
    "007",
    "411502199001011234",
    "{=1}",
]  # fmt: skip


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_string_stays_a_string(payload):
    cell = opened(write_workbook({"表": [["列"], [payload]]}))["表"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == payload.strip()
    assert cell.hyperlink is None
    assert cell.number_format == "@"


def test_numbers_hours_and_dates_keep_their_types():
    instant = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    data = write_workbook(
        {"表": [["a", "b", "c", "d", "e"], [3, Decimal("1.5"), date(2026, 3, 1), instant, None]]}
    )
    sheet = opened(data)["表"]
    assert sheet["A2"].value == 3
    assert sheet["B2"].value == 1.5
    assert sheet["C2"].value == datetime(2026, 3, 1)
    assert sheet["D2"].value == "2026-03-01 08:00:00+00:00"
    assert sheet["E2"].value is None


def test_marks_footer_and_text_columns_are_set():
    data = write_workbook(
        {"表": [["列", "乙"], ["x", "y"]]},
        marks={"表": {(1, 0)}},
        footer="导出人 & 时间",
        fillable=True,
    )
    sheet = opened(data)["表"]
    assert sheet["A2"].fill.fgColor.rgb == "FFFDE3C8"
    assert sheet["B2"].fill.fgColor.rgb == "00000000"
    assert "导出人 && 时间" in sheet.oddFooter.left.text
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.freeze_panes == "A2"
