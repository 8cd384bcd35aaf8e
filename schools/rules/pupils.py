"""What one line about a class or a pupil says, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schools.rules.names import clean_name, is_name, narrow, visible_text
from schools.rules.roster import (
    FIRST_YEAR,
    LAST_YEAR,
    NAME,
    SCHOOL,
    SCIENTIFIC,
    Cells,
    Place,
    Problem,
    cell_problems,
    class_name,
    clean_code,
    clean_phone,
    code_problem,
    name_problem,
    phone_problem,
    text_in,
)

ENTRY_YEAR, CLASS_NUMBER, LEADER = "入学年份", "班号", "班主任工号"
PUPIL_NUMBER, SEX, GUARDIAN = "学籍号", "性别", "监护人"
GUARDIAN_PHONE, FAMILY = "监护人手机", "家庭编号"

CLASS_HEADERS = (SCHOOL, ENTRY_YEAR, CLASS_NUMBER, LEADER)
CLASS_REQUIRED = (SCHOOL, ENTRY_YEAR, CLASS_NUMBER)
PUPIL_HEADERS = (
    SCHOOL,
    PUPIL_NUMBER,
    NAME,
    SEX,
    ENTRY_YEAR,
    CLASS_NUMBER,
    GUARDIAN,
    GUARDIAN_PHONE,
    FAMILY,
)
PUPIL_REQUIRED = (SCHOOL, NAME, SEX, ENTRY_YEAR, CLASS_NUMBER)

HELD_FAMILY = "family_held"
"""What a 家庭编号 is refused for whose household has a child of another school."""

SEXES = {"女": "female", "男": "male", "女性": "female", "男性": "male"}
YEAR = re.compile(r"(\d{4})(?:级|届|年)?")
NUMBER = re.compile(r"[(（]?0*(\d{1,2})[)）]?班?")
FAMILY_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
IDENTITY = re.compile(r"[A-Z]?(\d{17}[\dX])")
ROUNDED = re.compile(r"[A-Z]?\d{15}000")
"""Spreadsheets keep fifteen digits of a number and write zeros for the rest."""
NO_SEQUENCE = "0000"
"""No identity number ends so: its sequence number is never 000."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"
SHOWN_SIGNS = 4


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One line of the sheet 班级, cleaned; 0 stands for what cannot be read."""

    school: str
    entry_year: int
    number: int
    leader: str = ""

    @property
    def place(self) -> Place:
        """Entry year and number."""
        return self.entry_year, self.number

    @property
    def key(self) -> str:
        """What names the class in the whole bureau; "" where it cannot be read."""
        return f"{self.school} {class_name(self.place)}" if self.entry_year and self.number else ""


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One line of the sheet 学生, cleaned; `sex` is a code name, 0 what cannot be read."""

    school: str
    number: str
    name: str
    sex: str
    entry_year: int
    class_number: int
    guardian: str = ""
    phone: str = ""
    family: str = ""

    @property
    def place(self) -> Place:
        """Entry year and number of the class."""
        return self.entry_year, self.class_number

    @property
    def key(self) -> str:
        """What names the pupil in the whole bureau; "" without a school number."""
        return self.number


def masked_number(number: str) -> str:
    """A school number of which only the last four signs can be read; none of a short one."""
    if len(number) < 2 * SHOWN_SIGNS:
        return "*" * len(number)
    return "*" * (len(number) - SHOWN_SIGNS) + number[-SHOWN_SIGNS:]


def year_in(text: str) -> int:
    """The entry year that a cell names, 0 when it names none."""
    found = YEAR.fullmatch(plain(text))
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


def class_number_in(text: str) -> int:
    """The number of a class that a cell names, 0 when it names none."""
    found = NUMBER.fullmatch(plain(text))
    return int(found[1]) if found else 0


def plain(text: str) -> str:
    """A cell without spaces, full-width forms and a leading apostrophe."""
    return "".join(narrow(visible_text(text)).split()).removeprefix("'")


def class_line(cells: Cells) -> tuple[ClassLine, list[Problem]]:
    """A line of 班级 and everything wrong with it by itself."""
    line = ClassLine(
        school=clean_code(text_in(cells, SCHOOL)),
        entry_year=year_in(text_in(cells, ENTRY_YEAR)),
        number=class_number_in(text_in(cells, CLASS_NUMBER)),
        leader=clean_code(text_in(cells, LEADER)),
    )
    found = [
        code_problem(SCHOOL, line.school),
        *place_problems(cells, line.place),
        code_problem(LEADER, line.leader) if line.leader else None,
    ]
    return line, without_spoiled(cell_problems(cells, CLASS_HEADERS), found)


def pupil_line(cells: Cells) -> tuple[PupilLine, list[Problem]]:
    """A line of 学生 and everything wrong with it by itself."""
    line = PupilLine(
        school=clean_code(text_in(cells, SCHOOL)),
        number=clean_code(text_in(cells, PUPIL_NUMBER)),
        name=clean_name(text_in(cells, NAME)),
        sex=SEXES.get(plain(text_in(cells, SEX)), ""),
        entry_year=year_in(text_in(cells, ENTRY_YEAR)),
        class_number=class_number_in(text_in(cells, CLASS_NUMBER)),
        guardian=clean_name(text_in(cells, GUARDIAN)),
        phone=clean_phone(text_in(cells, GUARDIAN_PHONE)),
        family=clean_code(text_in(cells, FAMILY)),
    )
    found = [
        code_problem(SCHOOL, line.school),
        number_problem(line.number),
        name_problem(line.name),
        sex_problem(text_in(cells, SEX)),
        *place_problems(cells, line.place),
        *guardian_problems(line.guardian, line.phone),
        family_problem(line.family),
    ]
    return line, without_spoiled(cell_problems(cells, PUPIL_HEADERS), found)


def without_spoiled(spoiled: list[Problem], found: list[Problem | None]) -> list[Problem]:
    """Problems of cells that cannot be read at all, then the others of the other columns."""
    columns = {problem.column for problem in spoiled}
    return [*spoiled, *(item for item in found if item and item.column not in columns)]


def place_problems(cells: Cells, place: Place) -> list[Problem | None]:
    """What is wrong with the cells that name a class."""
    return [
        readable(cells, ENTRY_YEAR, place[0], "bad_year"),
        readable(cells, CLASS_NUMBER, place[1], "bad_class_number"),
    ]


def readable(cells: Cells, column: str, value: int, code: str) -> Problem | None:
    """A missing or unreadable number in a column."""
    text = plain(text_in(cells, column))
    if value:
        return None
    return Problem(column, code, {"value": text[:40]}) if text else Problem(column, "missing")


def number_problem(number: str) -> Problem | None:
    """What is wrong with a cleaned school number; none given is fine."""
    if not number:
        return None
    rounded = ROUNDED.fullmatch(number)
    if rounded and (number.endswith(NO_SEQUENCE) or not has_right_check_sign(number)):
        return Problem(PUPIL_NUMBER, "number_damaged", {"value": number})
    return code_problem(PUPIL_NUMBER, number)


def has_right_check_sign(number: str) -> bool:
    """Whether a number that carries an identity number ends in its check sign; others always do.

    Source: GB 11643-1999 (ISO 7064, MOD 11-2).
    """
    found = IDENTITY.fullmatch(number)
    if found is None:
        return True
    digits = found[1]
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return CHECK_SIGNS[total % 11] == digits[-1]


def sex_problem(text: str) -> Problem | None:
    """What is wrong with a 性别 cell."""
    word = plain(text)
    if not word:
        return Problem(SEX, "missing")
    return None if word in SEXES else Problem(SEX, "bad_sex", {"value": word[:40]})


def guardian_problems(guardian: str, phone: str) -> list[Problem | None]:
    """What is wrong with a cleaned guardian and phone; none given is fine."""
    wrong_phone = phone_problem(phone)
    return [
        Problem(GUARDIAN, "guardian_missing") if phone and not guardian else None,
        Problem(GUARDIAN, "bad_name", {"value": guardian[:40]})
        if guardian and not is_name(guardian)
        else None,
        Problem(GUARDIAN_PHONE, wrong_phone.code, wrong_phone.params) if wrong_phone else None,
    ]


def family_problem(family: str) -> Problem | None:
    """What is wrong with a cleaned 家庭编号; none given is fine."""
    if not family or FAMILY_CODE.fullmatch(family):
        return None
    code = "number_damaged" if SCIENTIFIC.fullmatch(family) else "bad_family"
    return Problem(FAMILY, code, {"value": family[:40]})
