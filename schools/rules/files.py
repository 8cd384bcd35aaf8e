"""A whole roster file judged at once: what one line says about another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from schools.rules.judging import (
    Grounds,
    Judgement,
    UnitFact,
    Verdict,
    is_renaming,
    is_shrunken,
    judge_school,
    judge_teacher,
    rejected,
)
from schools.rules.roster import (
    NAME,
    PHONE,
    SCHOOL,
    STAFF_NUMBER,
    Cells,
    Problem,
    SchoolLine,
    TeacherLine,
    lost_zeros,
    school_line,
    teacher_line,
    usual_width,
)

SCHOOLS, TEACHERS = "学校", "教师"
GUIDE = "说明"
"""The sheet of the template that says how to fill in the others."""
STEP = 500
"""So many lines are judged between two words about it."""
Tell = Callable[[int, int], object]


def say_nothing(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One row as typed: sheet, the row number that Excel shows, cells as (text, kind)."""

    sheet: str
    number: int
    cells: Cells
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One row understood, with what is wrong with it by itself."""

    raw: RawLine
    line: SchoolLine | TeacherLine
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One row with its meaning and the verdict on it."""

    raw: RawLine
    line: SchoolLine | TeacherLine
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Roster:
    """A judged file; `refusal` is a stable code when the file as a whole is not taken."""

    lines: tuple[JudgedLine, ...] = ()
    refusal: str = ""
    schools: tuple[str, ...] = field(default_factory=tuple)

    def count(self, verdict: Verdict) -> int:
        """How many lines got this verdict."""
        return sum(line.judgement.verdict == verdict for line in self.lines)


def parse(raw: RawLine) -> ParsedLine:
    """A row understood by itself."""
    line: SchoolLine | TeacherLine
    if raw.sheet == SCHOOLS:
        line, problems = school_line(raw.cells)
    else:
        line, problems = teacher_line(raw.cells)
    return ParsedLine(raw=raw, line=line, problems=tuple(problems))


def with_problems(
    parsed: Sequence[ParsedLine], found: Mapping[int, list[Problem]]
) -> list[ParsedLine]:
    """The lines with further problems added, by position."""
    return [
        replace(line, problems=(*line.problems, *found.get(index, ())))
        for index, line in enumerate(parsed)
    ]


def repeated_keys(parsed: Sequence[ParsedLine], column: str) -> dict[int, list[Problem]]:
    """Rows that name the same school or staff number.

    Of rows that say the same, the first stands; rows that contradict each other all fall.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(parsed):
        key = item.line.code if isinstance(item.line, SchoolLine) else item.line.staff_number
        groups[key].append(index)
    found: dict[int, list[Problem]] = {}
    for key, indexes in groups.items():
        if not key or len(indexes) == 1:
            continue
        same = len({parsed[index].line for index in indexes}) == 1
        for index in indexes[1:] if same else indexes:
            other = indexes[0] if index != indexes[0] else indexes[1]
            row = str(parsed[other].raw.number)
            code = "duplicate" if same else "contradiction"
            found[index] = [Problem(column, code, {"row": row})]
    return found


def repeated_phones(parsed: Sequence[ParsedLine]) -> dict[int, list[Problem]]:
    """Rows of different people with one mobile number."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(parsed):
        if isinstance(item.line, TeacherLine) and item.line.phone:
            holders[item.line.phone].append(index)
    found: dict[int, list[Problem]] = {}
    for indexes in holders.values():
        if len({getattr(parsed[index].line, "staff_number", "") for index in indexes}) == 1:
            continue
        for index in indexes:
            other = indexes[0] if index != indexes[0] else indexes[1]
            row = str(parsed[other].raw.number)
            found[index] = [Problem(PHONE, "phone_repeated", {"row": row})]
    return found


def zeros_lost(
    values: Sequence[str], known: Collection[str], column: str
) -> dict[int, list[Problem]]:
    """Rows whose number has probably lost its leading zeros, by position."""
    width = usual_width([*values, *known])
    found: dict[int, list[Problem]] = {}
    for index, value in enumerate(values):
        guess = lost_zeros(value, known, width)
        if guess is not None:
            found[index] = [Problem(column, "lost_zeros", {"value": value, "guess": guess})]
    return found


def judge_schools(parsed: Sequence[ParsedLine], grounds: Grounds) -> list[JudgedLine]:
    """The sheet 学校, line by line."""
    lines = with_problems(parsed, repeated_keys(parsed, SCHOOL))
    judged = []
    for item in lines:
        assert isinstance(item.line, SchoolLine)
        verdict = rejected(*item.problems) if item.problems else judge_school(item.line, grounds)
        judged.append(JudgedLine(item.raw, item.line, verdict))
    return judged


def judge_teachers(
    parsed: Sequence[ParsedLine],
    grounds: Grounds,
    roster: Collection[str],
    tell: Tell = say_nothing,
) -> list[JudgedLine]:
    """The sheet 教师, line by line; `roster` are the staff numbers on record in its schools."""
    lines = with_problems(parsed, repeated_keys(parsed, STAFF_NUMBER))
    lines = with_problems(lines, repeated_phones(lines))
    own = [item.line for item in lines if isinstance(item.line, TeacherLine)]
    numbers = [line.staff_number for line in own]
    lines = with_problems(lines, zeros_lost(numbers, roster, STAFF_NUMBER))
    codes = zeros_lost([line.school for line in own], grounds.units.keys(), SCHOOL)
    lines = with_problems(lines, codes)
    judged: list[JudgedLine] = []
    for item in lines:
        if len(judged) % STEP == 0:
            tell(len(judged), len(lines))
        assert isinstance(item.line, TeacherLine)
        verdict = rejected(*item.problems) if item.problems else judge_teacher(item.line, grounds)
        judged.append(JudgedLine(item.raw, item.line, verdict))
    return judged


def with_new_schools(grounds: Grounds, judged: Sequence[JudgedLine]) -> Grounds:
    """The grounds after the schools of the same file have been created."""
    new = {
        item.line.code: UnitFact(
            code=item.line.code, name=item.line.name, kind="school", stage=item.line.stage
        )
        for item in judged
        if isinstance(item.line, SchoolLine) and item.judgement.verdict == Verdict.CREATED
    }
    return replace(grounds, units={**grounds.units, **new})


def judge_file(
    raw: Sequence[RawLine],
    grounds: Grounds,
    rosters: Mapping[str, frozenset[str]],
    *,
    partial: bool = False,
    tell: Tell = say_nothing,
) -> Roster:
    """Every line judged, and whether the file as a whole may be taken.

    `rosters` are the staff numbers on record today for each school that the file names.
    A `partial` file is not compared with the size of the roster. `tell` hears how many lines of
    how many are judged.
    """
    parsed = [parse(line) for line in raw]
    schools = judge_schools([item for item in parsed if item.raw.sheet == SCHOOLS], grounds)
    known = frozenset().union(*rosters.values())
    teachers = judge_teachers(
        [item for item in parsed if item.raw.sheet == TEACHERS],
        with_new_schools(grounds, schools),
        known,
        lambda done, _total: tell(len(schools) + done, len(raw)),
    )
    lines = (*schools, *teachers)
    tell(len(lines), len(lines))
    if not lines:
        return Roster(refusal="empty")
    shrunken = () if partial else shrunken_schools(teachers, rosters)
    if shrunken:
        return Roster(lines, refusal="much_smaller", schools=shrunken)
    return Roster(lines, refusal="too_many_renamed" if slipped(teachers) else "")


def shrunken_schools(
    judged: Sequence[JudgedLine], rosters: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """The codes of schools of which the file names too few of the people on record."""
    matched: dict[str, set[str]] = defaultdict(set)
    created: dict[str, int] = defaultdict(int)
    for item in judged:
        assert isinstance(item.line, TeacherLine)
        school, number = item.line.school, item.line.staff_number
        if number in rosters.get(school, ()):
            matched[school].add(number)
        created[school] += item.judgement.verdict == Verdict.CREATED
    return tuple(
        school
        for school, numbers in sorted(rosters.items())
        if is_shrunken(
            on_record=len(numbers), matched=len(matched[school]), created=created[school]
        )
    )


def slipped(judged: Sequence[JudgedLine]) -> bool:
    """Whether the names have probably slipped against the staff numbers."""
    matched = [item for item in judged if item.judgement.verdict != Verdict.CREATED]
    renamed = sum(item.judgement.changes.get(NAME, ("", ""))[0] != "" for item in matched)
    return is_renaming(matched=len(matched), renamed=renamed)
