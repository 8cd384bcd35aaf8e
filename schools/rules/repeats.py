"""Lines of one file that name the same thing, or contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from schools.rules.pupils import GUARDIAN_PHONE, ClassLine, PupilLine
from schools.rules.roster import (
    NAME,
    PHONE,
    STAFF_NUMBER,
    Cells,
    Problem,
    SchoolLine,
    TeacherLine,
    lost_zeros,
    usual_width,
)

Line = SchoolLine | ClassLine | TeacherLine | PupilLine
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
    line: Line
    problems: tuple[Problem, ...] = ()


def with_problems(
    parsed: Sequence[ParsedLine], found: Mapping[int, list[Problem]]
) -> list[ParsedLine]:
    """The lines with further problems added, by position."""
    return [
        replace(line, problems=(*line.problems, *found.get(index, ())))
        for index, line in enumerate(parsed)
    ]


def grouped(parsed: Sequence[ParsedLine], key: Callable[[ParsedLine], Hashable]) -> list[list[int]]:
    """The positions of lines that share a key, groups of two and more; an empty key groups none."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, item in enumerate(parsed):
        groups[key(item)].append(index)
    return [indexes for value, indexes in groups.items() if value and len(indexes) > 1]


def pointing(
    parsed: Sequence[ParsedLine], indexes: Sequence[int], column: str, code: str
) -> dict[int, list[Problem]]:
    """A problem for each line of a group that names the row of another one."""
    found = {}
    for index in indexes:
        other = indexes[0] if index != indexes[0] else indexes[1]
        found[index] = [Problem(column, code, {"row": str(parsed[other].raw.number)})]
    return found


def repeated_keys(parsed: Sequence[ParsedLine], column: str) -> dict[int, list[Problem]]:
    """Rows that name the same school, class, staff number or pupil.

    Of rows that say the same, the first stands; rows that contradict each other all fall.
    """
    found: dict[int, list[Problem]] = {}
    for indexes in grouped(parsed, lambda item: item.line.key):
        same = len({parsed[index].line for index in indexes}) == 1
        code = "duplicate" if same else "contradiction"
        told = pointing(parsed, indexes, column, code)
        found |= {index: told[index] for index in (indexes[1:] if same else indexes)}
    return found


def repeated_phones(parsed: Sequence[ParsedLine]) -> dict[int, list[Problem]]:
    """Rows of different people with one mobile number."""
    found: dict[int, list[Problem]] = {}
    for indexes in grouped(parsed, lambda item: getattr(item.line, "phone", "")):
        if len({parsed[index].line.key for index in indexes}) > 1:
            found |= pointing(parsed, indexes, PHONE, "phone_repeated")
    return found


def repeated_names(parsed: Sequence[ParsedLine]) -> dict[int, list[Problem]]:
    """Pupils of one class and name without a school number: nobody can tell them apart."""

    def same(item: ParsedLine) -> Hashable:
        line = item.line
        assert isinstance(line, PupilLine)
        return (line.school, line.place, line.name) if line.name and not line.number else ""

    found: dict[int, list[Problem]] = {}
    for indexes in grouped(parsed, same):
        found |= pointing(parsed, indexes, NAME, "same_name_twice")
    return found


def differing_guardians(parsed: Sequence[ParsedLine]) -> dict[int, list[Problem]]:
    """Siblings whose rows give one guardian of the household two numbers."""

    def same(item: ParsedLine) -> Hashable:
        line = item.line
        assert isinstance(line, PupilLine)
        told = line.family and line.guardian and line.phone
        return (line.school, line.family, line.guardian) if told else ""

    found: dict[int, list[Problem]] = {}
    for indexes in grouped(parsed, same):
        if len({getattr(parsed[index].line, "phone", "") for index in indexes}) > 1:
            found |= pointing(parsed, indexes, GUARDIAN_PHONE, "guardian_differs")
    return found


def zeros_lost(
    values: Sequence[str], known: Collection[str], column: str
) -> dict[int, list[Problem]]:
    """Rows whose number has probably lost its leading zeros, by position."""
    width = usual_width(values, known)
    found: dict[int, list[Problem]] = {}
    for index, value in enumerate(values):
        guess = lost_zeros(value, known, width)
        if guess is not None:
            found[index] = [Problem(column, "lost_zeros", {"value": value, "guess": guess})]
    return found


def staff_zeros_lost(
    lines: Sequence[TeacherLine],
    rosters: Mapping[str, Collection[str]],
    names: Mapping[str, str],
) -> dict[int, list[Problem]]:
    """Rows whose staff number has probably lost its leading zeros, by position.

    Each school has its own way of numbering: `rosters` are its numbers on record, `names` those of
    the people on record by number. A longer number on record is meant only where its holder has
    the name of the line, so that somebody new may be number 12 beside a 0012.
    """
    schools: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        schools[line.school].append(line.staff_number)
    widths = {
        school: usual_width(values, rosters.get(school, ())) for school, values in schools.items()
    }
    found: dict[int, list[Problem]] = {}
    for index, line in enumerate(lines):
        value, own = line.staff_number, rosters.get(line.school, ())
        meant = {number for number in own if names.get(number) == line.name}
        guess = None if value in names else lost_zeros(value, meant, widths[line.school])
        if guess is not None:
            problem = Problem(STAFF_NUMBER, "lost_zeros", {"value": value, "guess": guess})
            found[index] = [problem]
    return found
