"""Workbooks as strangers send them, and how they are read or refused."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from core.workbooks import WorkbookRefused, read_table

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
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def with_sheet_xml(old: bytes, new: bytes) -> bytes:
    return altered(PLAIN, lambda n, c: c.replace(old, new) if n.endswith("sheet1.xml") else c)
