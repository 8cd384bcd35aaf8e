"""Objects of the register for the access sweep."""

from __future__ import annotations

from schools.models import (
    ClassTeacher,
    Guardian,
    HelpLine,
    Post,
    Pupil,
    RosterImport,
    SchoolClass,
    SchoolYear,
    Unit,
)
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.people import LONG_AGO, a_class, a_pupil

READERS = {"principal", "schooladmin", "registrar", "county", "bureau"}
COUNTY_READERS = {"registrar", "county", "bureau"}
KEEPERS = {"schooladmin", "county", "bureau"}
CLASS_READERS = {"principal", "schooladmin", "psych", "county", "bureau"}
PUPIL_READERS = {"principal", "schooladmin", "psych", "classteacher"}
CONTACT_READERS = {"schooladmin", "psych", "classteacher"}


@example("schools:unit")
def units(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, READERS),
        Case("other school", {"unit_id": town.other_school.pk}, COUNTY_READERS),
        Case("other county", {"unit_id": town.far_school.pk}, {"bureau"}),
    ]


@example("schools:export", "schools:accounts", "schools:add_teacher")
def kept_units(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, KEEPERS),
        Case("other school", {"unit_id": town.other_school.pk}, {"county", "bureau"}),
        Case("other county", {"unit_id": town.far_school.pk}, {"bureau"}),
    ]


@example("schools:teacher", "schools:reveal_phone")
def teachers(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, READERS | {"teacher"}),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, {"bureau", "stranger"}),
    ]


@example("schools:add_unit")
def parents(town: Town) -> list[Case]:
    county, far = town.school.parent, town.far_school.parent
    assert county
    assert far
    return [
        Case("own county", {"unit_id": county.pk}, {"county", "bureau"}),
        Case("other county", {"unit_id": far.pk}, {"bureau"}),
    ]


@example("schools:correct_unit")
def corrected_units(town: Town) -> list[Case]:
    county = town.school.parent
    assert county
    return [
        Case("own school", {"unit_id": town.school.pk}, {"county", "bureau"}),
        Case("own county", {"unit_id": county.pk}, {"bureau"}),
        Case("other county", {"unit_id": town.far_school.pk}, {"bureau"}),
    ]


@example("schools:correct_teacher", "schools:end_employment")
def kept_people(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, KEEPERS),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, {"bureau"}),
    ]


@example("schools:move_teacher")
def people_who_move(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, {"county", "bureau"}),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, {"bureau"}),
    ]


@example("schools:correct_period")
def periods(town: Town) -> list[Case]:
    year, _made = SchoolYear.objects.get_or_create(
        name="2025–2026学年", defaults={"starts_on": "2025-09-01", "ends_on": "2026-09-01"}
    )
    return [Case("school year", {"kind": "year", "period_id": year.pk}, {"bureau"})]


@example("schools:replace_help_line", "schools:close_help_line")
def help_lines(town: Town) -> list[Case]:
    line = HelpLine.objects.create(number="0376-0000", name="热线", starts_on="2020-01-01")
    return [Case("help line", {"line_id": line.pk}, {"bureau", "editor"})]


@example("schools:give_post")
def teachers_who_get_posts(town: Town) -> list[Case]:
    return [
        Case("own school", {"teacher_id": town.people["teacher"].pk}, KEEPERS),
        Case("other county", {"teacher_id": town.people["stranger"].pk}, {"bureau"}),
    ]


@example("schools:end_post")
def posts(town: Town) -> list[Case]:
    near = town.people["classteacher"].posts.get()
    far = Post.objects.create(
        teacher=town.people["stranger"],
        role="class_teacher",
        unit=town.far_school,
        starts_on="2020-09-01",
    )
    return [
        Case("own school", {"post_id": near.pk}, KEEPERS),
        Case("other county", {"post_id": far.pk}, {"bureau"}),
    ]


@example(
    "schools:import",
    "schools:confirm",
    "schools:cancel",
    "schools:partial",
    "schools:errors",
    "api:import",
    "api:import_confirmation",
)
def imports(town: Town) -> list[Case]:
    def roster(unit: Unit) -> RosterImport:
        return RosterImport.objects.create(
            unit=unit, file_name="名册.xlsx", sha256="0" * 64, state="previewed"
        )

    return [
        Case("own school", {"roster_id": roster(town.school).pk}, KEEPERS),
        Case("other school", {"roster_id": roster(town.other_school).pk}, {"county", "bureau"}),
        Case("other county", {"roster_id": roster(town.far_school).pk}, {"bureau"}),
    ]


def led_class(town: Town) -> SchoolClass:
    """The class of 陈洁, who holds the post of class teacher."""
    school_class = a_class(1, school=town.school)
    leader = town.people["classteacher"]
    ClassTeacher.objects.get_or_create(
        school_class=school_class, teacher=leader, defaults={"starts_on": LONG_AGO}
    )
    return school_class


def one_pupil(school_class: SchoolClass) -> Pupil:
    """A pupil with a guardian."""
    pupil = a_pupil("林小雨", school_class=school_class)
    Guardian.objects.create(household=pupil.household, name="林建国")
    return pupil


@example("schools:unit_classes")
def schools_with_classes(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, CLASS_READERS),
        Case("other school", {"unit_id": town.other_school.pk}, {"county", "bureau"}),
        Case("other county", {"unit_id": town.far_school.pk}, {"bureau"}),
    ]


@example("schools:add_class")
def schools_that_get_classes(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, KEEPERS),
        Case("other county", {"unit_id": town.far_school.pk}, {"bureau"}),
    ]


@example("schools:move_up")
def schools_that_move_up(town: Town) -> list[Case]:
    return [
        Case("own school", {"unit_id": town.school.pk}, {"schooladmin"}),
        Case("other school", {"unit_id": town.other_school.pk}, set()),
    ]


@example("schools:class")
def classes(town: Town) -> list[Case]:
    sibling, far = a_class(2, school=town.school), a_class(1, school=town.far_school)
    return [
        Case("own class", {"class_id": led_class(town).pk}, CLASS_READERS | {"classteacher"}),
        Case("sibling class", {"class_id": sibling.pk}, CLASS_READERS),
        Case("other county", {"class_id": far.pk}, {"bureau"}),
    ]


@example("schools:class_teacher")
def classes_that_get_a_teacher(town: Town) -> list[Case]:
    far = a_class(1, school=town.far_school)
    return [
        Case("own school", {"class_id": led_class(town).pk}, KEEPERS),
        Case("other county", {"class_id": far.pk}, {"bureau"}),
    ]


@example("schools:add_pupil")
def classes_that_get_pupils(town: Town) -> list[Case]:
    far = a_class(1, school=town.far_school)
    return [
        Case("own school", {"class_id": led_class(town).pk}, {"schooladmin"}),
        Case("other county", {"class_id": far.pk}, set()),
    ]


@example("schools:pupil")
def pupils(town: Town) -> list[Case]:
    own, sibling = one_pupil(led_class(town)), one_pupil(a_class(2, school=town.school))
    far = one_pupil(a_class(1, school=town.far_school))
    return [
        Case("own class", {"pupil_id": own.pk}, PUPIL_READERS),
        Case("sibling class", {"pupil_id": sibling.pk}, PUPIL_READERS - {"classteacher"}),
        Case("other county", {"pupil_id": far.pk}, set()),
    ]


@example("schools:reveal_number")
def pupils_with_numbers(town: Town) -> list[Case]:
    own, sibling = one_pupil(led_class(town)), one_pupil(a_class(2, school=town.school))
    return [
        Case("own class", {"pupil_id": own.pk}, CONTACT_READERS),
        Case("sibling class", {"pupil_id": sibling.pk}, CONTACT_READERS - {"classteacher"}),
    ]


@example("schools:reveal_guardian_phone")
def guardians(town: Town) -> list[Case]:
    def key(pupil: Pupil) -> dict[str, object]:
        return {"pupil_id": pupil.pk, "guardian_id": pupil.household.guardians.get().pk}

    own, sibling = one_pupil(led_class(town)), one_pupil(a_class(2, school=town.school))
    return [
        Case("own class", key(own), CONTACT_READERS),
        Case("sibling class", key(sibling), CONTACT_READERS - {"classteacher"}),
    ]


@example("schools:correct_guardian", "schools:remove_guardian")
def kept_guardians(town: Town) -> list[Case]:
    own = one_pupil(led_class(town))
    key = {"pupil_id": own.pk, "guardian_id": own.household.guardians.get().pk}
    return [Case("own school", key, {"schooladmin"})]


@example(
    "schools:correct_pupil",
    "schools:place_pupil",
    "schools:leave_school",
    "schools:join_household",
    "schools:add_guardian",
)
def kept_pupils(town: Town) -> list[Case]:
    own, far = one_pupil(led_class(town)), one_pupil(a_class(1, school=town.far_school))
    return [
        Case("own school", {"pupil_id": own.pk}, {"schooladmin"}),
        Case("other county", {"pupil_id": far.pk}, set()),
    ]
