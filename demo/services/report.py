"""What a visitor or a script needs to know of the demo bureau, as plain data.

Who may reach what is worked out here from the tree and the list of posts alone, so that it can
be held against what the product really answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from accounts.models import User
from certification.models import Certificate
from core import clock
from courses.models import CourseRun, Enrolment, Lesson, QuestionVersion, Quiz
from demo.rules import people, places
from demo.services.bureau import password
from evaluation.models import Sheet
from schools.models import Employment, Unit
from wellbeing.models import LedgerEntry, Signal

STAFF_READERS = {"principal", "school_admin", "registrar", "county_officer", "bureau_officer"}
OPEN_RUN = "XL102-03"
PLACES = (places.BUREAU_CODE, "411502", "411521", people.HOME, people.FAR)
EVERYBODY = ("/home/", "/learn/", "/credits/", "/certificates/", "/evaluation/")
SHEET_READERS = {"principal", "school_admin"}
LEDGER_KEEPERS = {"class_teacher", "psychology_teacher"}
BY_ROLE = {
    "/cms/": {"editor"},
    "/schools/": STAFF_READERS,
    "/schools/imports/": {"school_admin", "county_officer", "bureau_officer"},
    "/access-log/": {"auditor", "principal", "school_admin", "psychology_teacher"},
    "/certificates/registry/": STAFF_READERS,
    "/certificates/checks/": {"registrar"},
    "/wellbeing/": {
        "class_teacher",
        "psychology_teacher",
        "principal",
        "county_officer",
        "bureau_officer",
    },
    "/wellbeing/ledger/": LEDGER_KEEPERS,
}


def report(*, size: str, seed: int) -> dict[str, Any]:
    """Sign-ins with their reach, certificates, and the right answers of one open run."""
    return {
        "size": size,
        "seed": seed,
        "password": password(),
        "code": settings.DEMO_CODE,
        "sign_ins": {person.sign_in: _sign_in(person) for person in people.sign_ins()},
        "certificates": [_certificate(row) for row in _certificates()],
        "open_run": open_run(),
    }


def _sign_in(person: people.Person) -> dict[str, Any]:
    user = User.objects.select_related("teacher").get(username=person.sign_in)
    unit = Unit.objects.get(code=person.unit)
    roles = [role for role, _unit in person.roles]
    may, may_not = _reach(user, unit, set(roles))
    return {
        "user": str(user.pk),
        "teacher": str(user.teacher.pk),
        "name": person.name,
        "staff_number": person.staff_number,
        "unit": {"id": str(unit.pk), "code": unit.code, "name": unit.name, "path": unit.path},
        "roles": roles,
        "second_factor": bool(roles),
        "may": may,
        "may_not": may_not,
    }


ADDRESSES = {
    "certificate": "/certificates/{}/",
    "enrolment": "/api/v1/enrolments/{}",
    "teacher": "/schools/teachers/{}/",
    "unit": "/schools/units/{}/",
    "sheet": "/evaluation/sheets/{}/",
    "entry": "/wellbeing/ledger/{}/",
    "signal": "/wellbeing/signals/{}/",
}


def _reach(user: User, unit: Unit, roles: set[str]) -> tuple[list[Any], list[Any]]:
    may: list[dict[str, str]] = [{"kind": "page", "address": path} for path in EVERYBODY]
    may_not: list[dict[str, str]] = []
    for path, wanted in BY_ROLE.items():
        if path == "/schools/" and roles & wanted and unit.kind == "school":
            path = ADDRESSES["unit"].format(unit.pk)  # whoever has one unit only is led to it
        (may if roles & wanted else may_not).append({"kind": "page", "address": path})
    for kind, key, reached in _things(user, unit, roles):
        place = {"kind": kind, "id": str(key), "address": ADDRESSES[kind].format(key)}
        (may if reached else may_not).append(place)
    return may, may_not


def _things(user: User, unit: Unit, roles: set[str]) -> Iterable[tuple[str, Any, bool]]:
    """Everything the sign-ins have or stand for, and whether this one reaches it."""
    below = unit.path if roles & STAFF_READERS else ""
    own = user.teacher.pk
    paths = _paths()
    for certificate in _certificates():
        under = bool(below) and certificate.unit.path.startswith(below)
        yield "certificate", certificate.pk, under or certificate.teacher_id == own
    for enrolment in _enrolments():
        under = bool(below) and paths[enrolment.teacher_id].startswith(below)
        yield "enrolment", enrolment.pk, under or enrolment.teacher_id == own
    for teacher, path in paths.items():
        yield "teacher", teacher, teacher == own or (bool(below) and path.startswith(below))
    for place in Unit.objects.filter(code__in=PLACES):
        yield "unit", place.pk, bool(below) and place.path.startswith(below)
    for sheet in _sheets():
        in_school = sheet.evaluation.unit_id == unit.pk and bool(roles & SHEET_READERS)
        yield "sheet", sheet.pk, in_school or sheet.mentor_id == own
    yield from _case_things(unit, roles)


def _case_things(unit: Unit, roles: set[str]) -> Iterable[tuple[str, Any, bool]]:
    """Entries, all of the class that `classteacher` leads, and signals whose readers stay the same
    as time passes.
    """
    for entry in LedgerEntry.objects.order_by("created_at", "pk"):
        yield "entry", entry.pk, entry.unit_id == unit.pk and bool(roles & LEDGER_KEEPERS)
    settled = Signal.objects.exclude(acknowledgement=None) | Signal.objects.filter(urgency="red")
    for signal in settled.order_by("created_at", "pk"):
        readers = {"psychology_teacher"} | ({"principal"} if signal.urgency == "red" else set())
        yield "signal", signal.pk, signal.unit_id == unit.pk and bool(roles & readers)


def _certificates() -> Iterable[Certificate]:
    rows = Certificate.objects.with_state(clock.today()).select_related("unit")
    return rows.filter(run_code__regex=r"-0[1-4]$").order_by("year", "sequence")


def _enrolments() -> Iterable[Enrolment]:
    accounts = [person.sign_in for person in people.sign_ins()]
    return Enrolment.objects.filter(teacher__user__username__in=accounts).order_by("enrolled_at")


def _sheets() -> Iterable[Sheet]:
    """The sheets of the sign-ins, of every term."""
    accounts = [person.sign_in for person in people.sign_ins()]
    rows = Sheet.objects.filter(mentor__user__username__in=accounts).select_related("evaluation")
    return rows.order_by("evaluation__term__starts_on", "mentor__staff_number")


def _paths() -> dict[Any, str]:
    accounts = [person.sign_in for person in people.sign_ins()]
    rows = Employment.objects.filter(teacher__user__username__in=accounts, ends_on=None)
    return dict(rows.values_list("teacher_id", "unit__path"))


def _certificate(row: Any) -> dict[str, str]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "code": row.code,
        "holder": row.holder_name,
        "state": row.state,
        "verify": f"/verify/{row.code}/",
    }


def open_run() -> dict[str, Any]:
    """One open run with its lessons and the right options of every question in its bank."""
    run = CourseRun.objects.select_related("course").get(code=OPEN_RUN)
    lessons = Lesson.objects.filter(course=run.course, withdrawn_at=None).order_by("position")
    return {
        "id": str(run.pk),
        "code": run.code,
        "course": run.course.code,
        "address": f"/learn/{run.code}/",
        "page": f"/courses/{run.course.page.slug}/",
        "lessons": [
            {"id": str(lesson.pk), "kind": lesson.kind, "title": lesson.title} for lesson in lessons
        ],
        "answers": _answers(run),
    }


def _answers(run: CourseRun) -> dict[str, Any]:
    banks = Quiz.objects.filter(lesson__course=run.course).values("bank")
    versions = QuestionVersion.objects.filter(question__bank__in=banks).order_by("number")
    return {
        str(version.question_id): {"text": version.text, "right": version.correct}
        for version in versions
    }


def summary() -> str:
    """What stands, in one line for the terminal."""
    counties = Unit.objects.filter(kind="county").count()
    units = Unit.objects.filter(kind="school").count()
    return (
        f"演示数据已就绪：{counties} 个县区，{units} 所学校，"
        f"{Employment.objects.count()} 名教职工。录像在后台制作。"
    )
