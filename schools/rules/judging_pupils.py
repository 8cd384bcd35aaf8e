"""What a line about a class or a pupil would do to the register.

A pupil is known by the school number. Without one, a line means somebody on record only where
class, name and sex agree and no guardian speaks against it; where a number is to be added, a
guardian must speak for it. Namesakes are never merged. Source: docs/decisions/0045.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from schools.rules.grades import standing_of
from schools.rules.judging import Grounds, Judgement, UnitFact, Verdict, changed, rejected
from schools.rules.pupils import (
    CLASS_NUMBER,
    ENTRY_YEAR,
    FAMILY,
    GUARDIAN,
    GUARDIAN_PHONE,
    HELD_FAMILY,
    LEADER,
    PUPIL_NUMBER,
    SEX,
    ClassLine,
    PupilLine,
)
from schools.rules.roster import NAME, SCHOOL, Place, Problem, class_name

HELD, UNCHECKED = "pupil_number_held", "pupil_number_unchecked"
NUMBERS_TOLD_A_DAY = 50
"""So many numbers that stand elsewhere under another name are told to a school in a day: one in
twenty of the thousand pupils who come to the largest school in autumn. Source: decision 0111."""


@dataclass(frozen=True, slots=True)
class PupilFact:
    """A pupil on record: the school of today or next ("" when none, None when out of reach), the
    class, the household's code, and its guardians' phones by name.

    `number` tells whether a school number is on record; its text is the caller's.
    """

    key: str
    name: str
    sex: str
    number: bool = False
    school: str | None = ""
    place: Place | None = None
    family: str = ""
    guardians: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PupilGrounds:
    """What judging classes and pupils needs beside the common grounds.

    `leaders` are the staff numbers of class teachers by school and class, "" where none leads;
    `by_number` pupils by the numbers in the file; `by_name` those who sit in the file's schools, by
    school and name; `rosters` the keys of those by school; `autumn` the school year's year. No
    more than `allowance` numbers that stand under another name elsewhere are told; None for any.
    `closed` are the households by school and code that have a child whom the actor does not keep,
    with the keys of the children in them, who alone may name it.
    """

    autumn: int = 0
    leaders: Mapping[tuple[str, Place], str] = field(default_factory=dict)
    by_number: Mapping[str, PupilFact] = field(default_factory=dict)
    by_name: Mapping[tuple[str, str], tuple[PupilFact, ...]] = field(default_factory=dict)
    rosters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    may_write: bool = True
    allowance: int | None = None
    closed: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def key_of(self, line: PupilLine) -> str:
        """The pupil on record whom a line seems to name, by number, else by class and name; ""."""
        fact = self.by_number.get(line.number)
        if fact is not None:
            return fact.key
        named = self.by_name.get((line.school, line.name), ())
        return next((one.key for one in named if one.place == line.place), "")


def judge_class(
    line: ClassLine, grounds: Grounds, pupils: PupilGrounds, staff: Mapping[str, str]
) -> Judgement:
    """What a clean line of 班级 does; `staff` are the schools of teachers by staff number."""
    unit = grounds.units.get(line.school)
    problems = place_problems(line.school, line.place, unit, pupils)
    if not problems and line.leader:
        problems += leader_problems(line, grounds, staff)
    if problems:
        return rejected(*problems)
    before = pupils.leaders.get((line.school, line.place))
    after = {LEADER: line.leader}
    if before is None:
        after |= {SCHOOL: line.school, CLASS_NUMBER: class_name(line.place)}
        return Judgement(Verdict.CREATED, changed({}, after))
    changes = changed({LEADER: before}, after)
    return Judgement(Verdict.UPDATED if changes else Verdict.UNCHANGED, changes)


def place_problems(
    school: str, place: Place, unit: UnitFact | None, pupils: PupilGrounds
) -> list[Problem]:
    """A school out of reach looks like one that does not exist; a class must not be over."""
    if unit is None:
        return [Problem(SCHOOL, "school_not_yours", {"value": school})]
    if unit.kind != "school":
        return [Problem(SCHOOL, "not_a_school", {"value": school})]
    if standing_of(unit.stage, place[0], pupils.autumn).state == "graduated":
        return [Problem(ENTRY_YEAR, "class_over", {"value": class_name(place)})]
    return []


def leader_problems(line: ClassLine, grounds: Grounds, staff: Mapping[str, str]) -> list[Problem]:
    """A class teacher works for the school, and nobody names himself."""
    if staff.get(line.leader) != line.school:
        return [Problem(LEADER, "not_on_staff", {"value": line.leader})]
    if line.leader == grounds.own:
        return [Problem(LEADER, "own_post")]
    return []


def judge_pupil(
    line: PupilLine,
    grounds: Grounds,
    pupils: PupilGrounds,
    classes: Collection[tuple[str, Place]],
) -> Judgement:
    """What a clean line of 学生 does; `classes` are those on record and those of the file."""
    if not pupils.may_write:
        return rejected(Problem(SCHOOL, "pupils_by_school"))
    unit = grounds.units.get(line.school)
    problems = place_problems(line.school, line.place, unit, pupils)
    if not problems and (line.school, line.place) not in classes:
        problems = [Problem(CLASS_NUMBER, "no_class", {"value": class_name(line.place)})]
    fact, doubt = known_as(line, pupils)
    problems += doubt
    if problems:
        return rejected(*problems)
    changes = pupil_changes(line, fact)
    if FAMILY in changes and is_closed(line, fact, pupils):
        return rejected(Problem(FAMILY, HELD_FAMILY))
    if fact is None:
        return Judgement(Verdict.CREATED, changes)
    verdict = Verdict.UPDATED if changes else Verdict.UNCHANGED
    return Judgement(verdict, changes, subject=fact.key)


def known_as(line: PupilLine, pupils: PupilGrounds) -> tuple[PupilFact | None, list[Problem]]:
    """The pupil on record whom a line means, and why it cannot be taken."""
    fact = pupils.by_number.get(line.number) if line.number else None
    if fact is not None:
        return fact, number_problems(line, fact)
    namesakes = pupils.by_name.get((line.school, line.name), ())
    here = [one for one in namesakes if one.place == line.place]
    if not here:
        return None, moved_problems(line, namesakes)
    if line.number:
        return with_new_number(line, [one for one in here if not one.number])
    if len(here) == 1 and not here[0].number and may_be(line, here[0]):
        return here[0], []
    return None, [namesake(line.place)]


def is_closed(line: PupilLine, fact: PupilFact | None, pupils: PupilGrounds) -> bool:
    """Whether the line would bring a pupil into a household with a child of another school."""
    inside = pupils.closed.get((line.school, line.family))
    return inside is not None and (fact is None or fact.key not in inside)


def is_outside(line: PupilLine, pupils: PupilGrounds) -> bool:
    """Whether a line asks for a number that no pupil in the schools of the file has."""
    fact = pupils.by_number.get(line.number)
    return bool(line.number) and (fact is None or not fact.school)


def is_guess(line: PupilLine, pupils: PupilGrounds) -> bool:
    """Whether a line names a number outside the schools of the file under a wrong name."""
    fact = pupils.by_number.get(line.number)
    return fact is not None and not fact.school and fact.name != line.name


def number_problems(line: PupilLine, fact: PupilFact) -> list[Problem]:
    """A number that stands at another school, or under another name when its pupil has left: one
    answer for both, so that nobody learns which by trying."""
    if fact.school is None or (fact.school == "" and fact.name != line.name):
        return [Problem(PUPIL_NUMBER, HELD)]
    return []


def moved_problems(line: PupilLine, namesakes: tuple[PupilFact, ...]) -> list[Problem]:
    """Somebody without a number, of this name and guardian, sits in another class of the school."""
    doubtful = [one for one in namesakes if not (line.number and one.number)]
    same = [one for one in doubtful if line.guardian and line.guardian in one.guardians]
    place = same[0].place if same else None
    return [namesake(place)] if place is not None else []


def with_new_number(
    line: PupilLine, here: list[PupilFact]
) -> tuple[PupilFact | None, list[Problem]]:
    """The pupil who gets a number, if a guardian speaks for it; nobody where all have one."""
    if not here:
        return None, []
    sure = [one for one in here if may_be(line, one) and line.guardian in one.guardians]
    return (sure[0], []) if len(here) == len(sure) == 1 else (None, [namesake(line.place)])


def may_be(line: PupilLine, fact: PupilFact) -> bool:
    """Whether sex and guardians allow that the line means this pupil."""
    strangers = line.guardian and fact.guardians and line.guardian not in fact.guardians
    return line.sex == fact.sex and not strangers


def namesake(place: Place) -> Problem:
    """The doubt whether a line means the pupil of this name in a class."""
    return Problem(NAME, "namesake", {"value": class_name(place)})


def pupil_changes(line: PupilLine, fact: PupilFact | None) -> dict[str, tuple[str, str]]:
    """Columns that differ; guardians are only ever added, their phones corrected."""
    before: dict[str, str] = {}
    if fact is not None:
        number = line.number if fact.number else ""
        before = {SCHOOL: fact.school or "", PUPIL_NUMBER: number, NAME: fact.name, SEX: fact.sex}
        before |= {FAMILY: fact.family, CLASS_NUMBER: class_name(fact.place) if fact.place else ""}
        before |= {GUARDIAN: line.guardian if line.guardian in fact.guardians else ""}
        before |= {GUARDIAN_PHONE: fact.guardians.get(line.guardian, "")}
    after = {
        SCHOOL: line.school,
        PUPIL_NUMBER: line.number,
        NAME: line.name,
        SEX: line.sex,
        CLASS_NUMBER: class_name(line.place),
        GUARDIAN: line.guardian,
        GUARDIAN_PHONE: line.phone,
        FAMILY: line.family,
    }
    return changed(before, after)
