"""Roster imports as the people who keep rosters look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from core import clock
from core.errors import Missing
from core.models import Job
from core.workbooks import write_workbook
from schools.models import ImportLine, Role, RosterImport, Stage, Unit
from schools.permissions import can_view_import, visible_imports
from schools.rules.files import GUIDE, PUPILS, SCHOOL_CLASSES, SCHOOLS, TEACHERS
from schools.rules.judging_pupils import NUMBERS_TOLD_A_DAY
from schools.rules.pupils import CLASS_HEADERS, PUPIL_HEADERS
from schools.rules.roster import DUTIES, SCHOOL_HEADERS, STAGES, TEACHER_HEADERS
from schools.selectors.wording import note_text, problem_text, recorded_text, value_text

REASON = "原因"
SHOWN = {
    SCHOOLS: ("学校代码", "学校名称"),
    SCHOOL_CLASSES: ("入学年份", "班号"),
    TEACHERS: ("工号", "姓名"),
    PUPILS: ("学籍号", "姓名"),
}
"""What names a row of each sheet in a preview."""


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One column of a line: the value before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """One reason for a rejection, in words."""

    column: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a preview as people read it."""

    sheet: str
    number: int
    is_hidden: bool
    verdict: str
    key: str
    name: str
    changes: tuple[ChangeShown, ...]
    problems: tuple[ProblemShown, ...]


def get_import_for(viewer: Any, roster_id: UUID) -> RosterImport:
    """An import into a unit whose roster the viewer keeps. Raises Missing."""
    roster = (
        RosterImport.objects.select_related("unit", "uploaded_by")
        .defer("content")
        .filter(pk=roster_id)
        .first()
    )
    if roster is None or not can_view_import(viewer, roster):
        raise Missing
    return roster


def imports_for(viewer: Any) -> QuerySet[RosterImport]:
    """The imports that the viewer may see, latest first."""
    return visible_imports(viewer).select_related("unit", "uploaded_by").defer("content")


def imports_to_confirm(viewer: Any) -> QuerySet[RosterImport]:
    """The imports that the viewer may see and that wait for a confirmation, oldest first."""
    waiting = imports_for(viewer).filter(
        Q(created_count__gt=0) | Q(updated_count__gt=0), state=RosterImport.State.PREVIEWED
    )
    return waiting.order_by("created_at")


def numbers_left(unit: Unit) -> int:
    """How many numbers that stand elsewhere under another name the unit's rosters may still be
    told, after those of the last 24 hours."""
    since = clock.now() - timedelta(days=1)
    rows = RosterImport.objects.filter(unit=unit, created_at__gt=since)
    told: int = rows.aggregate(total=Sum("numbers_told"))["total"] or 0
    return max(0, NUMBERS_TOLD_A_DAY - told)


def job_of(roster: RosterImport) -> Job | None:
    """The job that works on the import now, or did last."""
    key = roster.applying_job_id or roster.reading_job_id
    return Job.objects.filter(pk=key).first() if key else None


def lines_of(roster: RosterImport, verdict: str = "") -> QuerySet[ImportLine]:
    """The lines of an import in the order of the file, of one verdict if given."""
    lines = roster.lines.select_related("secret").order_by("sheet", "number")
    return lines.filter(verdict=verdict) if verdict else lines


def shown(line: ImportLine) -> LineShown:
    """A line in words."""
    line = line.unsealed()
    key, name = SHOWN[line.sheet]
    texts = {header: text for header, (text, _kind) in line.cells.items()}
    return LineShown(
        sheet=line.sheet,
        number=line.number,
        is_hidden=line.is_hidden,
        verdict=line.verdict,
        key=value_text(key, texts.get(key, "")),
        name=texts.get(name, ""),
        changes=tuple(
            ChangeShown(column, recorded_text(column, before), value_text(column, after))
            for column, (before, after) in line.changes.items()
        ),
        problems=tuple(
            ProblemShown(problem["column"], problem["code"], problem_text(problem))
            for problem in line.problems
        ),
    )


def notes_of(roster: RosterImport) -> list[str]:
    """What the person should know beside the verdicts."""
    return [note_text(note) for note in roster.notes]


def rejections(roster: RosterImport) -> list[dict[str, Any]]:
    """Every rejection as the command and the API print it."""
    return [
        {"sheet": line.sheet, "row": line.number, **rejection(problem)}
        for line in lines_of(roster, "rejected")
        for problem in line.unsealed().problems
    ]


def rejections_shown(roster: RosterImport) -> list[dict[str, Any]]:
    """Every rejection, once it is settled; while the import runs only its progress is shown."""
    return [] if roster.is_running else rejections(roster)


def rejection(problem: Mapping[str, Any]) -> dict[str, str]:
    """A stored problem with its words."""
    return {
        "column": problem["column"],
        "code": problem["code"],
        "message": problem_text(problem),
    }


def error_workbook(roster: RosterImport) -> bytes:
    """The rejected rows as they were typed, with their reasons and the wrong cells marked."""
    sheets: dict[str, list[Sequence[str]]] = {}
    marks: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for sheet, headers in roster.headers.items():
        columns = [header for header in headers if header != REASON]
        rows: list[Sequence[str]] = [[*columns, REASON]]
        for line in lines_of(roster, "rejected").filter(sheet=sheet):
            line.unsealed()
            wrong = {problem["column"] for problem in line.problems}
            marks[sheet] |= {(len(rows), columns.index(name)) for name in wrong & set(columns)}
            rows.append([*(line.cells.get(name, [""])[0] for name in columns), reasons(line)])
        if len(rows) > 1:
            sheets[sheet] = rows
    return write_workbook(sheets or {TEACHERS: [[REASON]]}, marks=marks, fillable=True)


def reasons(line: ImportLine) -> str:
    """All reasons of a line in one text."""
    return "；".join(
        _("%(column)s：%(text)s") % {"column": problem["column"], "text": problem_text(problem)}
        for problem in line.problems
    )


def template_workbook() -> bytes:
    """The empty roster workbook, its columns formatted as text, with a page of explanations."""
    stages = {STAGES[name]: name for name in reversed(STAGES)}
    posts = {DUTIES[name]: name for name in reversed(DUTIES)}
    guide: list[Sequence[str]] = [
        [_("填写说明"), ""],
        [_("第一行是表头，请不要改动。"), _("所有单元格都是文本，工号和代码开头的 0 会保留。")],
        ["学校代码", _("由大写字母、数字和短横线组成，最多 20 位。")],
        ["学段", "、".join(stages[stage] for stage in Stage.values)],
        ["工号", _("全市唯一。调动不换工号。")],
        ["职务", "、".join(posts[role] for role in Role.values if role in posts)],
        ["职务", _("几个职务用顿号分开；没有职务请留空。导入只增加职务，不取消职务。")],
        ["任课班级", _("写成“2024级3班”，几个班用顿号分开。导入只增加任课，不取消任课。")],
        [
            "入学年份",
            _("这一届在本校最低年级入学的年份，例如 2024。年级由系统推算，不用逐年修改。"),
        ],
        ["班主任工号", _("须是本校教职工；同时任命班主任职务。换人时原班主任的带班随即结束。")],
        ["学籍号", _("可以留空。同班同名的学生须填学籍号才能区分。")],
        ["家庭编号", _("本校自己编的号，兄弟姐妹填同一个；没有请留空。")],
        ["监护人", _("一行一位；另一位监护人可以在学生页添加。导入只增加监护人，不删除。")],
    ]
    sheets: dict[str, list[Sequence[str]]] = {
        GUIDE: guide,
        SCHOOLS: [SCHOOL_HEADERS],
        SCHOOL_CLASSES: [CLASS_HEADERS],
        TEACHERS: [TEACHER_HEADERS],
        PUPILS: [PUPIL_HEADERS],
    }
    return write_workbook(sheets, fillable=True)
