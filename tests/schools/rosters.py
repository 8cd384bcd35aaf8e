"""Roster files as people send them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from core.workbooks import write_workbook
from schools.models import RosterImport
from schools.selectors.imports import lines_of, shown
from schools.services import upload_roster

TEACHER_HEADERS = ["学校代码", "工号", "姓名", "手机", "职务", "任课班级"]
SCHOOL_HEADERS = ["学校代码", "学校名称", "县区", "学段"]
CLASS_HEADERS = ["学校代码", "入学年份", "班号", "班主任工号"]
PUPIL_HEADERS = [
    "学校代码",
    "学籍号",
    "姓名",
    "性别",
    "入学年份",
    "班号",
    "监护人",
    "监护人手机",
    "家庭编号",
]


def teachers_csv(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    """The sheet 教师 as CSV; short rows are filled with blanks."""
    lines = [",".join(TEACHER_HEADERS)]
    lines += [",".join([*row, *[""] * (6 - len(row))]) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def roster_xlsx(
    teachers: Sequence[Sequence[str]] = (), schools: Sequence[Sequence[str]] = ()
) -> bytes:
    """A workbook with both sheets."""
    return write_workbook(
        {"学校": [SCHOOL_HEADERS, *schools], "教师": [TEACHER_HEADERS, *teachers]}
    )


def book(
    classes: Sequence[Sequence[str]] = (),
    teachers: Sequence[Sequence[str]] = (),
    pupils: Sequence[Sequence[str]] = (),
) -> bytes:
    """A workbook with classes, teachers and pupils."""
    sheets = {"班级": [CLASS_HEADERS, *classes], "教师": [TEACHER_HEADERS, *teachers]}
    return write_workbook({**sheets, "学生": [PUPIL_HEADERS, *pupils]})


def lin(number: str = "G1001", **cells: str) -> list[str]:
    """A row of 学生: 林小雨 in 2024级1班 of S0001, unless told otherwise."""
    values = {"学校代码": "S0001", "学籍号": number, "姓名": "林小雨", "性别": "女"}
    values |= {"入学年份": "2024", "班号": "1", **cells}
    return [values.get(header, "") for header in PUPIL_HEADERS]


def uploaded(actor: Any, unit: Any, data: bytes, deliver: Any, **options: Any) -> RosterImport:
    """An upload whose preview is ready."""
    roster = upload_roster(
        actor=actor, unit=unit, file=io.BytesIO(data), name="名册.xlsx", **options
    )
    deliver()
    roster.refresh_from_db()
    return roster


def problems(roster: RosterImport) -> list[tuple[int, str, str]]:
    """(row, column, code) of every problem of a preview or result."""
    return [
        (line.number, problem["column"], problem["code"])
        for line in roster.lines.filter(verdict="rejected")
        for problem in line.problems
    ]


def problems_told(roster: RosterImport) -> list[tuple[int, str, str]]:
    """(row, column, code) of every problem as people see it, of rows about pupils too."""
    return [
        (line.number, problem.column, problem.code)
        for line in lines_of(roster, "rejected")
        for problem in shown(line).problems
    ]


def counts(roster: RosterImport) -> tuple[int, int, int, int]:
    """created, updated, unchanged, rejected."""
    return (
        roster.created_count,
        roster.updated_count,
        roster.unchanged_count,
        roster.rejected_count,
    )
