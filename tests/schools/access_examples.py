"""Objects of the register for the access sweep."""

from __future__ import annotations

from schools.models import HelpLine, Post, RosterImport, SchoolYear, Unit
from tests.access.examples import Case, example
from tests.access.town import Town

READERS = {"principal", "schooladmin", "registrar", "county", "bureau"}
COUNTY_READERS = {"registrar", "county", "bureau"}
KEEPERS = {"schooladmin", "county", "bureau"}


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
