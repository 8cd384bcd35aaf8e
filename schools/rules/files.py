"""A whole roster file judged at once: what one line says about another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
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
from schools.rules.judging_pupils import (
    HELD,
    UNCHECKED,
    PupilGrounds,
    is_guess,
    is_outside,
    judge_class,
    judge_pupil,
    namesake,
)
from schools.rules.pupils import (
    CLASS_NUMBER,
    PUPIL_NUMBER,
    ClassLine,
    PupilLine,
    class_line,
    pupil_line,
)
from schools.rules.repeats import (
    Line,
    ParsedLine,
    Tell,
    differing_guardians,
    repeated_keys,
    repeated_names,
    repeated_phones,
    say_nothing,
    staff_zeros_lost,
    with_problems,
    zeros_lost,
)
from schools.rules.repeats import RawLine as RawLine
from schools.rules.roster import (
    CLASSES,
    NAME,
    SCHOOL,
    STAFF_NUMBER,
    Place,
    Problem,
    SchoolLine,
    TeacherLine,
    class_name,
    school_line,
    teacher_line,
)

SCHOOLS, SCHOOL_CLASSES, TEACHERS, PUPILS = "学校", "班级", "教师", "学生"
GUIDE = "说明"
"""The sheet of the template that says how to fill in the others."""
STEP = 500
"""So many lines are judged between two words about it."""


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One row with its meaning and the verdict on it."""

    raw: RawLine
    line: Line
    judgement: Judgement

    def has(self, code: str) -> bool:
        """Whether this problem was found."""
        return any(problem.code == code for problem in self.judgement.problems)


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
    line: Line
    if raw.sheet == SCHOOLS:
        line, problems = school_line(raw.cells)
    elif raw.sheet == SCHOOL_CLASSES:
        line, problems = class_line(raw.cells)
    elif raw.sheet == PUPILS:
        line, problems = pupil_line(raw.cells)
    else:
        line, problems = teacher_line(raw.cells)
    return ParsedLine(raw=raw, line=line, problems=tuple(problems))


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
    rosters: Mapping[str, Collection[str]],
    tell: Tell = say_nothing,
) -> list[JudgedLine]:
    """The sheet 教师, line by line, whatever classes it names; `rosters` are the staff numbers on
    record by school."""
    lines = with_problems(parsed, repeated_keys(parsed, STAFF_NUMBER))
    lines = with_problems(lines, repeated_phones(lines))
    own = [item.line for item in lines if isinstance(item.line, TeacherLine)]
    names = {number: fact.name for number, fact in grounds.teachers.items()}
    lines = with_problems(lines, staff_zeros_lost(own, rosters, names))
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


def judge_classes(
    parsed: Sequence[ParsedLine],
    teachers: Sequence[JudgedLine],
    grounds: Grounds,
    pupils: PupilGrounds,
) -> tuple[list[JudgedLine], list[JudgedLine]]:
    """The sheet 班级, and the teachers again: a class may be led by a teacher of the same file,
    and a teacher may teach a class of it.

    A teacher whose class falls cannot lead another one, so both are judged until nothing more
    falls; each round rejects at least one more teacher.
    """
    lines = with_problems(parsed, repeated_keys(parsed, CLASS_NUMBER))
    while True:
        staff = staff_after(teachers, grounds)
        classes = [judged_class(item, grounds, pupils, staff) for item in lines]
        places = known_places(classes, pupils)
        settled = [without_unknown_class(item, places) for item in teachers]
        if settled == list(teachers):
            return classes, settled
        teachers = settled


def staff_after(teachers: Sequence[JudgedLine], grounds: Grounds) -> dict[str, str]:
    """The school of each teacher by staff number, once the file has been written."""
    staff = {number: fact.school for number, fact in grounds.teachers.items() if fact.school}
    for item in teachers:
        if isinstance(item.line, TeacherLine) and item.judgement.verdict != Verdict.REJECTED:
            staff[item.line.staff_number] = item.line.school
    return staff


def judged_class(
    item: ParsedLine, grounds: Grounds, pupils: PupilGrounds, staff: Mapping[str, str]
) -> JudgedLine:
    """A line of 班级 with its verdict."""
    assert isinstance(item.line, ClassLine)
    if item.problems:
        return JudgedLine(item.raw, item.line, rejected(*item.problems))
    return JudgedLine(item.raw, item.line, judge_class(item.line, grounds, pupils, staff))


def known_places(
    classes: Sequence[JudgedLine], pupils: PupilGrounds
) -> frozenset[tuple[str, Place]]:
    """The classes on record and those that the file brings, by school."""
    brought = {
        (item.line.school, item.line.place)
        for item in classes
        if isinstance(item.line, ClassLine) and item.judgement.verdict != Verdict.REJECTED
    }
    return frozenset(pupils.leaders.keys() | brought)


def without_unknown_class(item: JudgedLine, places: Collection[tuple[str, Place]]) -> JudgedLine:
    """A teacher's line, rejected where it names a class that the school does not have."""
    line = item.line
    assert isinstance(line, TeacherLine)
    if item.judgement.verdict == Verdict.REJECTED:
        return item
    unknown = [place for place in sorted(line.classes) if (line.school, place) not in places]
    if not unknown:
        return item
    problem = Problem(CLASSES, "no_class", {"value": class_name(unknown[0])})
    return JudgedLine(item.raw, line, rejected(problem))


def judge_pupils(
    parsed: Sequence[ParsedLine],
    grounds: Grounds,
    pupils: PupilGrounds,
    places: Collection[tuple[str, Place]],
    tell: Tell = say_nothing,
) -> list[JudgedLine]:
    """The sheet 学生, line by line; `places` are the classes there will be."""
    lines = with_problems(parsed, repeated_keys(parsed, PUPIL_NUMBER))
    lines = with_problems(lines, repeated_names(lines))
    lines = with_problems(lines, differing_guardians(lines))
    codes = zeros_lost([item.line.school for item in lines], grounds.units.keys(), SCHOOL)  # type: ignore[union-attr]
    lines = with_problems(lines, codes)
    judged: list[JudgedLine] = []
    for item in lines:
        if len(judged) % STEP == 0:
            tell(len(judged), len(lines))
        assert isinstance(item.line, PupilLine)
        verdict = (
            rejected(*item.problems)
            if item.problems
            else judge_pupil(item.line, grounds, pupils, places)
        )
        judged.append(JudgedLine(item.raw, item.line, verdict))
    return within_allowance(without_rivals(judged), pupils)


def within_allowance(judged: Sequence[JudgedLine], pupils: PupilGrounds) -> list[JudgedLine]:
    """The lines, those with a number outside the school all rejected alike where more numbers under
    a wrong name stand among them than may be told, or where no more may be told today."""
    left = pupils.allowance
    if left is None or (left and guesses_told(judged, pupils) <= left):
        return list(judged)
    unchecked = rejected(Problem(PUPIL_NUMBER, UNCHECKED))
    return [
        JudgedLine(item.raw, item.line, unchecked)
        if isinstance(item.line, PupilLine) and is_outside(item.line, pupils)
        else item
        for item in judged
    ]


def guesses_told(judged: Sequence[JudgedLine], pupils: PupilGrounds) -> int:
    """In how many lines it is told that a number under a wrong name stands elsewhere."""
    return sum(
        isinstance(item.line, PupilLine) and item.has(HELD) and is_guess(item.line, pupils)
        for item in judged
    )


def without_rivals(judged: Sequence[JudgedLine]) -> list[JudgedLine]:
    """The lines, those rejected that mean one pupil on record together: nobody knows which does."""
    meant = Counter(item.judgement.subject for item in judged if item.judgement.subject)
    return [
        JudgedLine(item.raw, item.line, rejected(namesake(item.line.place)))
        if isinstance(item.line, PupilLine) and meant[item.judgement.subject] > 1
        else item
        for item in judged
    ]


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
    pupils: PupilGrounds | None = None,
    partial: bool = False,
    tell: Tell = say_nothing,
) -> Roster:
    """Every line judged, and whether the file as a whole may be taken.

    `rosters` are the staff numbers on record today for each school that the file names.
    A `partial` file is not compared with the size of the roster. `tell` hears how many lines of
    how many are judged.
    """
    known = pupils or PupilGrounds()
    sheets: dict[str, list[ParsedLine]] = defaultdict(list)
    for line in raw:
        sheets[line.sheet].append(parse(line))
    schools = judge_schools(sheets[SCHOOLS], grounds)
    grounds = with_new_schools(grounds, schools)
    before = len(schools) + len(sheets[SCHOOL_CLASSES])
    teachers = judge_teachers(
        sheets[TEACHERS], grounds, rosters, lambda done, _all: tell(before + done, len(raw))
    )
    classes, teachers = judge_classes(sheets[SCHOOL_CLASSES], teachers, grounds, known)
    before += len(teachers)
    judged = judge_pupils(
        sheets[PUPILS],
        grounds,
        known,
        known_places(classes, known),
        lambda done, _all: tell(before + done, len(raw)),
    )
    lines = (*schools, *classes, *teachers, *judged)
    tell(len(lines), len(lines))
    return whole(lines, rosters, known, partial=partial)


def whole(
    lines: tuple[JudgedLine, ...],
    rosters: Mapping[str, frozenset[str]],
    pupils: PupilGrounds,
    *,
    partial: bool,
) -> Roster:
    """The judged file, refused where it is empty, too small, or slipped by a column."""
    if not lines:
        return Roster(refusal="empty")
    teachers = [item for item in lines if isinstance(item.line, TeacherLine)]
    children = [item for item in lines if isinstance(item.line, PupilLine)]
    shrunken = {
        *shrunken_schools(teachers, rosters, pupils),
        *shrunken_schools(children, pupils.rosters, pupils),
    }
    if shrunken and not partial:
        return Roster(lines, refusal="much_smaller", schools=tuple(sorted(shrunken)))
    renamed = slipped(teachers) or slipped(children)
    return Roster(lines, refusal="too_many_renamed" if renamed else "")


def shrunken_schools(
    judged: Sequence[JudgedLine], rosters: Mapping[str, frozenset[str]], pupils: PupilGrounds
) -> tuple[str, ...]:
    """The codes of schools of which the file names too few of the people on record."""
    matched: dict[str, set[str]] = defaultdict(set)
    arriving: dict[str, int] = defaultdict(int)
    for item in judged:
        line = item.line
        assert isinstance(line, TeacherLine | PupilLine)
        key = line.key if isinstance(line, TeacherLine) else pupils.key_of(line)
        if key in rosters.get(line.school, ()):
            matched[line.school].add(key)
        arriving[line.school] += brings(item)
    return tuple(
        school
        for school, numbers in sorted(rosters.items())
        if is_shrunken(
            on_record=len(numbers), matched=len(matched[school]), arriving=arriving[school]
        )
    )


def brings(item: JudgedLine) -> bool:
    """Whether a line adds somebody to the school that it names."""
    verdict = item.judgement.verdict
    return verdict == Verdict.CREATED or (
        verdict == Verdict.UPDATED and SCHOOL in item.judgement.changes
    )


def slipped(judged: Sequence[JudgedLine]) -> bool:
    """Whether the names have probably slipped against the numbers."""
    matched = [item for item in judged if item.judgement.verdict != Verdict.CREATED]
    renamed = sum(item.judgement.changes.get(NAME, ("", ""))[0] != "" for item in matched)
    return is_renaming(matched=len(matched), renamed=renamed)
