"""What a roster line would do to the register, and when a whole file is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schools.rules.roster import (
    CLASSES,
    COUNTY,
    DUTY,
    NAME,
    PHONE,
    SCHOOL,
    SCHOOL_NAME,
    STAFF_NUMBER,
    STAGE,
    Place,
    Problem,
    SchoolLine,
    TeacherLine,
    class_name,
)

ADMINISTERING = frozenset({"school_admin"})
"""Posts in a roster that an auditor must not hold."""
SMALLEST_GUARDED = 6
"""Rosters of fewer people are not compared with the size of a file."""
RENAMED_SHARE = 30
"""Percent of the matched people whose names may change in one file."""
SMALLEST_RENAMING = 10
"""So few name changes are never too many."""


class Verdict(StrEnum):
    """What a line does."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit on record within reach of the import."""

    code: str
    name: str
    kind: str
    stage: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class TeacherFact:
    """A teacher on record: employer ("" when none, None when out of reach), open posts, and the
    classes that the person teaches there.

    Who is still to begin somewhere is employed there. `audits` tells of a post as auditor,
    `bound` of a post that the person who imports could not end.
    """

    staff_number: str
    name: str
    phone: str = ""
    school: str | None = ""
    roles: frozenset[str] = frozenset()
    classes: frozenset[Place] = frozenset()
    audits: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that judging needs to know about the register and the person who imports.

    `units` are those within reach, by code; `phones` maps a number to its holder's staff
    number; `own` is the staff number of the person who imports; `school_rights` tells whether
    that person may create and change schools.
    """

    units: Mapping[str, UnitFact]
    counties: Mapping[str, str] = field(default_factory=dict)
    teachers: Mapping[str, TeacherFact] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    own: str = ""
    school_rights: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one line: what changes (before, after), or why it is rejected.

    `subject` is the key of the pupil on record whom the line means.
    """

    verdict: Verdict
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    subject: str = ""


def rejected(*problems: Problem) -> Judgement:
    """A rejection for these reasons."""
    return Judgement(Verdict.REJECTED, problems=problems)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The columns whose value differs, with both values; a blank new value changes nothing."""
    return {
        column: (before.get(column, ""), value)
        for column, value in after.items()
        if value and value != before.get(column, "")
    }


def judge_school(line: SchoolLine, grounds: Grounds) -> Judgement:
    """What a clean line of 学校 does to the register."""
    county = grounds.counties.get(line.county)
    fact = grounds.units.get(line.code)
    if county is None:
        return rejected(Problem(COUNTY, "county_not_yours", {"value": line.county[:40]}))
    if fact is not None and fact.kind != "school":
        return rejected(Problem(SCHOOL, "not_a_school", {"value": line.code}))
    after = {SCHOOL_NAME: line.name, COUNTY: county, STAGE: line.stage}
    if fact is None:
        if not grounds.school_rights:
            return rejected(Problem(SCHOOL, "school_not_yours", {"value": line.code}))
        return Judgement(Verdict.CREATED, changed({}, after))
    if fact.county != county:
        return rejected(Problem(COUNTY, "county_differs", {"value": line.county[:40]}))
    changes = changed({SCHOOL_NAME: fact.name, COUNTY: fact.county, STAGE: fact.stage}, after)
    if changes and not grounds.school_rights:
        return rejected(*(Problem(column, "school_facts_fixed") for column in changes))
    return Judgement(Verdict.UPDATED if changes else Verdict.UNCHANGED, changes)


def judge_teacher(line: TeacherLine, grounds: Grounds) -> Judgement:
    """What a clean line of 教师 does to the register."""
    unit = grounds.units.get(line.school)
    fact = grounds.teachers.get(line.staff_number)
    problems = [
        *unit_problems(line, unit),
        *holder_problems(line, fact),
        *post_problems(line, fact, grounds),
    ]
    holder = grounds.phones.get(line.phone) if line.phone else None
    if holder is not None and holder != line.staff_number:
        problems.append(Problem(PHONE, "phone_taken", {"value": line.phone}))
    if problems:
        return rejected(*problems)
    changes = teacher_changes(line, fact)
    if fact is None:
        return Judgement(Verdict.CREATED, changes)
    return Judgement(Verdict.UPDATED if changes else Verdict.UNCHANGED, changes)


def unit_problems(line: TeacherLine, unit: UnitFact | None) -> list[Problem]:
    """A school out of reach looks like one that does not exist."""
    if unit is None:
        return [Problem(SCHOOL, "school_not_yours", {"value": line.school})]
    if line.roles and unit.kind != "school":
        return [Problem(DUTY, "school_posts_only", {"value": unit.name})]
    return []


def holder_problems(line: TeacherLine, fact: TeacherFact | None) -> list[Problem]:
    """A number that belongs to someone out of reach, or to someone else who has left."""
    if fact is None:
        return []
    if fact.school is None:
        return [Problem(STAFF_NUMBER, "employed_elsewhere", {"value": line.staff_number})]
    if fact.school == "" and fact.name != line.name:
        return [Problem(STAFF_NUMBER, "number_taken", {"value": line.staff_number})]
    if fact.bound and fact.school not in ("", line.school):
        return [Problem(SCHOOL, "post_from_above")]
    return []


def post_problems(line: TeacherLine, fact: TeacherFact | None, grounds: Grounds) -> list[Problem]:
    """Nobody gives himself a post, and who audits administers nothing."""
    held = fact.roles if fact is not None and fact.school == line.school else frozenset()
    if line.roles - held and grounds.own and line.staff_number == grounds.own:
        return [Problem(DUTY, "own_post")]
    if fact is not None and fact.audits and (line.roles - held) & ADMINISTERING:
        return [Problem(DUTY, "auditor")]
    return []


def teacher_changes(line: TeacherLine, fact: TeacherFact | None) -> dict[str, tuple[str, str]]:
    """Columns that differ; posts and classes are only ever added, and a move starts without."""
    stays = fact is not None and fact.school == line.school
    held = fact.roles if fact is not None and stays else frozenset()
    before = {} if fact is None else {SCHOOL: fact.school or "", NAME: fact.name, PHONE: fact.phone}
    changes = changed(before, {SCHOOL: line.school, NAME: line.name, PHONE: line.phone})
    if line.roles - held:
        changes[DUTY] = (joined(held), joined(held | line.roles))
    taught = fact.classes if fact is not None and stays else frozenset()
    if line.classes - taught:
        changes[CLASSES] = (listed(taught), listed(taught | line.classes))
    return changes


def listed(places: Collection[Place]) -> str:
    """Classes as one text, in order."""
    return "、".join(class_name(place) for place in sorted(places))


def joined(roles: Collection[str]) -> str:
    """Roles as one sortable text."""
    return ",".join(sorted(roles))


def is_shrunken(*, on_record: int, matched: int, arriving: int) -> bool:
    """Whether a file looks like the whole roster of a school with half of it missing.

    A file that mostly brings people, new ones or from another school, is an addition and passes;
    one that names nobody on record and brings nobody either is no addition.
    """
    return on_record >= SMALLEST_GUARDED and arriving <= matched and 2 * matched <= on_record


def is_renaming(*, matched: int, renamed: int) -> bool:
    """Whether so many names change that a column has probably slipped."""
    return renamed >= SMALLEST_RENAMING and 100 * renamed > RENAMED_SHARE * matched
