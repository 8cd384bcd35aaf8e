"""What one line of a roster says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from schools.rules.names import clean_name, is_name, narrow, visible_text

SCHOOL, COUNTY, STAGE = "学校代码", "县区", "学段"
SCHOOL_NAME, STAFF_NUMBER, NAME = "学校名称", "工号", "姓名"
PHONE, DUTY, CLASSES = "手机", "职务", "任课班级"

SCHOOL_HEADERS = (SCHOOL, SCHOOL_NAME, COUNTY, STAGE)
TEACHER_HEADERS = (SCHOOL, STAFF_NUMBER, NAME, PHONE, DUTY, CLASSES)
TEACHER_REQUIRED = (SCHOOL, STAFF_NUMBER, NAME)

SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d{1,3}")
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
MOBILE = re.compile(r"1[3-9]\d{9}")
SEPARATORS = re.compile(r"[、，,;；/／|\s]+")
FIRST_YEAR, LAST_YEAR = 1990, 2100
CLASS_NAME = re.compile(r"(\d{4})(?:级|年)?[-—.]?[(（]?(\d{1,2})[)）]?班?")
CELL_PROBLEMS = {
    "x": "number_damaged",
    "d": "date",
    "f": "formula",
    "e": "error",
    "l": "too_long",
    "m": "merged",
}

STAGES = {
    "幼儿园": "kindergarten",
    "学前": "kindergarten",
    "小学": "primary",
    "初中": "junior",
    "初级中学": "junior",
    "高中": "senior",
    "高级中学": "senior",
    "九年一贯制": "nine_year",
    "十二年一贯制": "twelve_year",
    "完全中学": "secondary",
    "完中": "secondary",
    "中职": "vocational",
    "中等职业学校": "vocational",
    "特教": "special",
    "特殊教育": "special",
    "特殊教育学校": "special",
}
DUTIES = {
    "校长": "principal",
    "园长": "principal",
    "副校长": "deputy",
    "副园长": "deputy",
    "班主任": "class_teacher",
    "年级组长": "grade_head",
    "年级主任": "grade_head",
    "心理教师": "psychology_teacher",
    "心理健康教师": "psychology_teacher",
    "专职心理教师": "psychology_teacher",
    "学校管理员": "school_admin",
}
NO_DUTY = frozenset({"教师", "任课教师", "科任教师", "无", "-"})

Cells = Mapping[str, tuple[str, str]]
Place = tuple[int, int]
"""Entry year and number of a class."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is rejected: the column, a stable code, and values for its message."""

    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One line of the sheet 学校, cleaned; `stage` is a code name."""

    code: str
    name: str
    county: str
    stage: str

    @property
    def key(self) -> str:
        """What names the school in the whole bureau."""
        return self.code


@dataclass(frozen=True, slots=True)
class TeacherLine:
    """One line of the sheet 教师, cleaned; `roles` are code names of posts, `classes` pairs of
    entry year and number."""

    school: str
    staff_number: str
    name: str
    phone: str = ""
    roles: frozenset[str] = frozenset()
    classes: frozenset[Place] = frozenset()

    @property
    def key(self) -> str:
        """What names the person in the whole bureau."""
        return self.staff_number


def clean_code(text: str) -> str:
    """A school code or staff number in ordinary capital letters and digits."""
    return "".join(narrow(visible_text(text)).split()).removeprefix("'").upper()


def clean_phone(text: str) -> str:
    """A mobile number without spaces, hyphens and the country's prefix."""
    digits = re.sub(r"[\s\-]", "", narrow(visible_text(text))).removeprefix("'")
    return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)


def code_problem(column: str, text: str) -> Problem | None:
    """What is wrong with a cleaned code, if anything."""
    if not text:
        return Problem(column, "missing")
    if SCIENTIFIC.fullmatch(text):
        return Problem(column, "number_damaged", {"value": text})
    if not CODE.fullmatch(text):
        return Problem(column, "bad_code", {"value": text[:40]})
    return None


def cell_problems(cells: Cells, columns: Iterable[str]) -> list[Problem]:
    """The cells that cannot be used as text at all: formulas, dates, merged, damaged numbers."""
    return [
        Problem(column, CELL_PROBLEMS[kind], {"value": text[:40]} if text else {})
        for column in columns
        for text, kind in (cells.get(column, ("", "")),)
        if kind in CELL_PROBLEMS
    ]


def text_in(cells: Cells, column: str) -> str:
    """The raw text of a column, "" when blank."""
    return cells.get(column, ("", ""))[0]


def school_line(cells: Cells) -> tuple[SchoolLine, list[Problem]]:
    """A line of 学校 and everything wrong with it."""
    problems = cell_problems(cells, SCHOOL_HEADERS)
    spoiled = {problem.column for problem in problems}
    stage = visible_text(text_in(cells, STAGE))
    line = SchoolLine(
        code=clean_code(text_in(cells, SCHOOL)),
        name=clean_label(text_in(cells, SCHOOL_NAME)),
        county=clean_label(text_in(cells, COUNTY)),
        stage=STAGES.get(stage, ""),
    )
    found = [
        code_problem(SCHOOL, line.code),
        label_problem(SCHOOL_NAME, line.name),
        None if line.county else Problem(COUNTY, "missing"),
        stage_problem(stage),
    ]
    problems += [problem for problem in found if problem and problem.column not in spoiled]
    return line, problems


def stage_problem(stage: str) -> Problem | None:
    """What is wrong with a 学段, if anything."""
    if not stage:
        return Problem(STAGE, "missing")
    return None if stage in STAGES else Problem(STAGE, "bad_stage", {"value": stage[:40]})


def clean_label(text: str) -> str:
    """The name of a school or county without padding."""
    return "".join(narrow(visible_text(text)).split())


def label_problem(column: str, text: str) -> Problem | None:
    """What is wrong with a school's name, if anything."""
    if not text:
        return Problem(column, "missing")
    return Problem(column, "too_long", {"value": text[:40]}) if len(text) > 100 else None


def teacher_line(cells: Cells) -> tuple[TeacherLine, list[Problem]]:
    """A line of 教师 and everything wrong with it by itself."""
    problems = cell_problems(cells, TEACHER_HEADERS)
    spoiled = {problem.column for problem in problems}
    roles, unknown = duties_in(text_in(cells, DUTY))
    classes, no_class = classes_in(text_in(cells, CLASSES))
    line = TeacherLine(
        school=clean_code(text_in(cells, SCHOOL)),
        staff_number=clean_code(text_in(cells, STAFF_NUMBER)),
        name=clean_name(text_in(cells, NAME)),
        phone=clean_phone(text_in(cells, PHONE)),
        roles=roles,
        classes=classes,
    )
    found = [
        code_problem(SCHOOL, line.school),
        code_problem(STAFF_NUMBER, line.staff_number),
        name_problem(line.name),
        phone_problem(line.phone),
        Problem(DUTY, "unknown_post", {"value": unknown}) if unknown else None,
        Problem(CLASSES, "bad_class", {"value": no_class}) if no_class else None,
    ]
    problems += [problem for problem in found if problem and problem.column not in spoiled]
    return line, problems


def name_problem(name: str) -> Problem | None:
    """What is wrong with a cleaned name, if anything."""
    if not name:
        return Problem(NAME, "missing")
    return None if is_name(name) else Problem(NAME, "bad_name", {"value": name[:40]})


def phone_problem(phone: str) -> Problem | None:
    """What is wrong with a cleaned mobile number; none given is fine."""
    if not phone:
        return None
    if SCIENTIFIC.fullmatch(phone):
        return Problem(PHONE, "number_damaged", {"value": phone})
    return None if MOBILE.fullmatch(phone) else Problem(PHONE, "bad_phone", {"value": phone[:40]})


def duties_in(text: str) -> tuple[frozenset[str], str]:
    """The roles that a 职务 cell names, and the first word it does not know ("")."""
    words = [word for word in SEPARATORS.split(visible_text(text)) if word and word not in NO_DUTY]
    unknown = next((word for word in words if word not in DUTIES), "")
    return frozenset(DUTIES[word] for word in words if word in DUTIES), unknown[:40]


def classes_in(text: str) -> tuple[frozenset[Place], str]:
    """The classes that a 任课班级 cell names, and the first word it cannot read ("")."""
    places, unknown = set(), ""
    for word in SEPARATORS.split(visible_text(narrow(text))):
        found = CLASS_NAME.fullmatch(word)
        place = (int(found[1]), int(found[2])) if found else (0, 0)
        if word and FIRST_YEAR <= place[0] <= LAST_YEAR and place[1]:
            places.add(place)
        elif word:
            unknown = unknown or word
    return frozenset(places), unknown[:40]


def class_name(place: Place) -> str:
    """The name of a class as the bureau writes it."""
    return f"{place[0]}级{place[1]}班"


def usual_width(values: Collection[str], known: Collection[str] = ()) -> int | None:
    """The length that all numbers beginning with zero share, when most numbers have it.

    None where `known`, the numbers on record, have shorter ones too: there a short number is
    nothing unusual.
    """
    digits = [value for value in (*values, *known) if value.isdigit()]
    widths = {len(value) for value in digits if value.startswith("0")}
    if len(widths) != 1:
        return None
    (width,) = widths
    if any(value.isdigit() and len(value) < width for value in known):
        return None
    return width if 2 * sum(len(value) == width for value in digits) > len(digits) else None


def lost_zeros(value: str, known: Collection[str], width: int | None) -> str | None:
    """The number that `value` was before a spreadsheet took its leading zeros, else None.

    `known` are the numbers on record that could be meant; `width` is the usual length of numbers
    beginning with zero. A number that begins with zero has lost none.
    """
    if not value.isdigit() or value.startswith("0") or value in known:
        return None
    padded = [value.zfill(size) for size in range(len(value) + 1, 21)]
    on_record = [number for number in padded if number in known]
    if len(on_record) == 1:
        return on_record[0]
    if width is not None and len(value) < width:
        return value.zfill(width)
    return None
