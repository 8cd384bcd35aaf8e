"""Every button of our own pages that writes, clicked twice: the second click changes nothing.

The API's writes carry a key and have tests of their own; the content admin is Wagtail's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Slip
from core.backup import databases
from courses.models import Quiz
from lms.access import ACCESS
from lms.addresses import addresses
from schools.models import SchoolYear
from tests.access.examples import EXAMPLES
from tests.access.town import Town, build_town
from tests.access.walking import TRACES, written_tables
from tests.courses.build import right_answers
from tests.mentoring.build import a_term
from tests.people import a_class, a_pupil, a_teacher

pytestmark = pytest.mark.django_db

OURS = (
    "accounts_",
    "certification_",
    "core_",
    "courses_",
    "evaluation_",
    "media_",
    "mentoring_",
    "schools_",
    "website_",
    "wellbeing_",
)
TODAY = date.today()
TOKEN = "0b5e3b0e-6a37-4a53-9f53-2d1e4f0a7c11"
CODES = "学校代码,工号,姓名,手机,职务,任课班级\r\n"


def _roster(town: Town) -> dict[str, Any]:
    text = f"{CODES}{town.school.code},N-900,林秀英,13900000900,,\r\n"
    file = SimpleUploadedFile("教师.csv", text.encode(), content_type="text/csv")
    return {"unit": str(town.school.pk), "file": file}


def _certificates(town: Town) -> dict[str, Any]:
    file = SimpleUploadedFile("证书.csv", "证书编号,姓名\r\n1,李娜\r\n".encode())
    return {"file": file, "purpose": "titles", "token": TOKEN}


def _year(town: Town) -> str:
    year = SchoolYear.objects.create(
        name="2031–2032学年", starts_on=date(2031, 9, 1), ends_on=date(2032, 9, 1)
    )
    return str(year.pk)


@dataclass(frozen=True)
class Button:
    """Who clicks, and what the form sends."""

    role: str
    body: dict[str, Any] | Callable[[Town], dict[str, Any]] = field(default_factory=dict)

    def sent(self, town: Town) -> dict[str, Any]:
        return self.body(town) if callable(self.body) else dict(self.body)


def _somebody_without_account(town: Town) -> dict[str, Any]:
    person = a_teacher("林秀英", school=town.school, number="N-902", with_user=False)
    return {"teacher": [str(person.pk)]}


def _an_answer(town: Town) -> dict[str, Any]:
    question, options = next(
        iter(right_answers(Quiz.objects.get(lesson__course__code="XL-01")).items())
    )
    return {str(question): list(options)}


def _a_child(town: Town) -> dict[str, Any]:
    """The only class of the school, so that nobody asks which."""
    pupil = a_pupil("林小雨", school_class=a_class(1, school=town.school), since=TODAY)
    return {"pupil": str(pupil.pk), "category": "orphan", "reason": "父母均已去世"}


REASON = {"reason": "重复登记核实", "reason_class": "facts_wrong"}
BUTTONS = {
    "accounts:issue_slip": Button("schooladmin", REASON),
    "accounts:reissue": Button("schooladmin", REASON),
    "accounts:switch": Button("schooladmin", {**REASON, "close": "1"}),
    "accounts:read_notice": Button("teacher"),
    "accounts:end_session": Button("teacher"),
    "certification:revoke": Button("registrar", {**REASON, "sure": "1"}),
    "certification:reissue": Button("registrar", {**REASON, "same_name": "on"}),
    "certification:checks": Button("registrar", _certificates),
    "courses:enrol": Button("colleague"),
    "courses:withdraw": Button("teacher"),
    "courses:read": Button("teacher"),
    "courses:start-attempt": Button("teacher"),
    "courses:submission": Button("teacher", {"gaps": "accepted"}),
    "courses:attempt": Button("teacher", _an_answer),
    "schools:imports": Button("schooladmin", _roster),
    "schools:add_teacher": Button(
        "schooladmin",
        {"staff_number": "N-901", "name": "林秀英", "phone": "", "since": str(TODAY)},
    ),
    "schools:correct_teacher": Button(
        "schooladmin", {"name": "李娜娜", "phone": "13900000902", **REASON}
    ),
    "schools:move_teacher": Button(
        "county",
        lambda town: {"unit": town.other_school.code, "on": str(TODAY + timedelta(days=1))},
    ),
    "schools:end_employment": Button("schooladmin", {"on": str(TODAY + timedelta(days=1))}),
    "schools:give_post": Button("schooladmin", {"role": "grade_head", "starts_on": str(TODAY)}),
    "schools:end_post": Button("schooladmin", {"ends_on": str(TODAY + timedelta(days=1))}),
    "schools:add_unit": Button(
        "county", {"name": "浉河区第三小学", "stage": "primary", "code": "4115020903"}
    ),
    "schools:correct_unit": Button(
        "county", {"name": "浉河区第一小学（东校区）", "stage": "primary"}
    ),
    "schools:add_year": Button(
        "bureau", {"name": "2031–2032学年", "starts_on": "2031-09-01", "last_on": "2032-08-31"}
    ),
    "schools:add_term": Button(
        "bureau",
        lambda town: {
            "school_year": _year(town),
            "name": "2031–2032学年第一学期",
            "code": "2031-1",
            "starts_on": "2031-09-01",
            "last_on": "2032-01-31",
        },
    ),
    "schools:mark_days": Button(
        "bureau",
        {"kind": "holiday", "name": "国庆", "first_on": "2026-10-01", "last_on": "2026-10-07"},
    ),
    "schools:open_help_line": Button(
        "bureau",
        {"number": "0376-1234567", "name": "心理热线", "position": 9, "starts_on": str(TODAY)},
    ),
    "schools:replace_help_line": Button(
        "bureau", {"name": "新热线", "position": 9, "starts_on": str(TODAY)}
    ),
    "schools:close_help_line": Button("bureau", {"ends_on": str(TODAY + timedelta(days=1))}),
    "evaluation:object": Button("teacher", {"reason": "五月的家访没有算进去"}),
    "evaluation:answer_objection": Button(
        "principal", {"outcome": "dismissed", "reason": "当天的签到里没有"}
    ),
    "evaluation:withdraw_objection": Button("teacher"),
    "evaluation:publish_scheme": Button(
        "bureau",
        {
            "starts_on": "2098-02-01",
            "covered_days": 40,
            "required_products": 30,
            "excellent_from": "90",
            "good_from": "75",
            "fair_from": "60",
            "margin": "1",
            "effective_from": "75",
            "notice_days": 5,
        },
    ),
    "mentoring:propose": Button(
        "principal",
        lambda town: {
            "school": str(town.school.pk),
            "term": a_term("2099-1", TODAY, date(2099, 7, 11)).code,
        },
    ),
    "mentoring:limit": Button(
        "principal",
        {"soft_cap": 5, "hard_cap": 8, "starts_on": str(TODAY), "reason": "兼任教务主任"},
    ),
    "mentoring:by_hand": Button(
        "principal",
        lambda town: {"mentor": str(town.people["teacher"].pk), "reason": "转入学生"},
    ),
    "mentoring:amend": Button(
        "teacher", {"text": "家长也在场。", "reason": "漏写一句", "submission_key": TOKEN}
    ),
    "mentoring:void": Button("teacher", REASON),
    "mentoring:handover_brief": Button("teacher", {"text": "周三放学后最愿意谈，先问近况。"}),
    "mentoring:handover_accept": Button("psych"),
    "mentoring:handover_refuse": Button("psych", REASON),
    "mentoring:handover_withdraw": Button("principal", REASON),
    "schools:cancel": Button("schooladmin"),
    "schools:remove_guardian": Button("schooladmin", {"reason": "mistake"}),
    "schools:join_household": Button("schooladmin", {"family": "H001"}),
    "wellbeing:raise": Button(
        "teacher",
        {"urgency": "red", "pupil_name": "林小雨", "submission_key": TOKEN},
    ),
    "wellbeing:acknowledge": Button("psych"),
    "wellbeing:close": Button("psych", {"outcome": "observe", "reason": "谈过，情绪平稳"}),
    "wellbeing:join": Button("psych"),
    "wellbeing:propose": Button("psych", _a_child),
    "wellbeing:confirm": Button("classteacher"),
    "wellbeing:withdraw": Button("psych"),
    "schools:accounts": Button("schooladmin", _somebody_without_account),
}


ANEW = {
    "accounts:issue_slip": {"accounts_slip"},
    "accounts:reissue": {"accounts_slip", "accounts_notice", "accounts_user"},
    "accounts:end_session": {"accounts_session"},
}
"""What the second click may change: a slip is shown once, so each click makes a new one, and
void passwords differ from one another."""


def contents(name: str) -> dict[str, Any]:
    """What each table holds, but for traces, sessions and what this button makes anew."""
    left_out = {*TRACES, *ANEW.get(name, ())}
    return {
        table: held
        for table, held in databases.contents().items()
        if table.startswith(OURS) and table not in left_out
    }


@pytest.mark.parametrize("name", sorted(BUTTONS))
def test_the_second_click_changes_no_table(name):
    town, button = build_town(), BUTTONS[name]
    kwargs: dict[str, Any] = {}
    if name in EXAMPLES:
        cases = EXAMPLES[name](town)
        kwargs = next(case.kwargs for case in cases if button.role in case.open_to)
    browser = Client(raise_request_exception=False)
    browser.force_login(town.user(button.role))
    body = button.sent(town)
    with written_tables() as written:
        click(browser, reverse(name, kwargs=kwargs), body)
    once = contents(name)
    assert written - set(TRACES) or name in ANEW, "the first click must do its work"
    click(browser, reverse(name, kwargs=kwargs), body)
    twice = contents(name)
    assert {table: twice[table] for table in twice if twice[table] != once[table]} == {}


def click(browser: Client, path: str, body: dict[str, Any]) -> None:
    """Send the form; a file is sent from its beginning again."""
    for sent in body.values():
        if isinstance(sent, SimpleUploadedFile):
            sent.seek(0)
    assert browser.post(path, body).status_code in {200, 302, 404, 409}


def test_an_account_has_one_open_slip_after_two_clicks():
    town = build_town()
    browser = Client()
    browser.force_login(town.user("schooladmin"))
    kwargs = {"user_id": town.user("teacher").pk}
    for _click in range(2):
        browser.post(reverse("accounts:issue_slip", kwargs=kwargs), REASON)
    assert Slip.objects.filter(user=town.user("teacher"), withdrawn_at=None).count() == 1


LEFT_OUT = {
    "accounts:sign_in": "opens a session",
    "accounts:code": "opens a session",
    "accounts:enrol": "opens a session",
    "accounts:slip": "the first click spends the slip",
    "accounts:sign_out": "ends the session",
    "accounts:end_other_sessions": "ends sessions",
    "accounts:password": "the first click changes the password that it asks for",
    "accounts:second_factor": "the first click spends the number",
    "accounts:replace_authenticator": "the first click spends the number",
    "accounts:recovery_codes": "codes are shown once, so each click makes new ones",
    "accounts:privacy": "has one column to write",
    "accounts:kept": "sends nothing of its own",
    "accounts:read_all_notices": "as reading one",
    "website:language": "writes a cookie only",
    "schools:confirm": "tests of imports click it twice",
    "schools:reveal_phone": "writes a trace only",
    "schools:export": "writes a trace only",
    "schools:unmark_days": "the opposite of marking",
    "schools:correct_period": "as correcting a unit",
    "certification:retry": "wakes a job that is there",
    "certification:verify": "writes the log of look-ups only",
    "certification:verify_code": "writes the log of look-ups only",
    "evaluation:compute": "tests of its page click it twice",
    "evaluation:announce": "tests of its page click it twice",
    "evaluation:freeze": "tests of its page click it twice",
    "mentoring:check_in": "tests of a mentor's day click it twice",
    "mentoring:handover_offer": "tests of a handover click it twice",
    "mentoring:publish": "tests of its page click it twice",
    "mentoring:repair": "tests of its page click it twice",
    "schools:add_class": "tests of its verb call it twice",
    "schools:move_up": "tests of its verb call it twice",
    "schools:class_teacher": "tests of its verb call it twice",
    "schools:add_pupil": "tests of its verb call it twice",
    "schools:add_guardian": "adds what stands already once only, by a unique constraint",
    "schools:correct_guardian": "writes the same facts again",
    "schools:correct_pupil": "writes the same facts again",
    "schools:place_pupil": "sits in the class already at the second click",
    "schools:leave_school": "has left already at the second click",
    "schools:reveal_number": "writes a trace only",
    "schools:reveal_guardian_phone": "writes a trace only",
    "schools:partial": "goes back to the same preview",
    "wellbeing:confirm_unfounded": "tests of its page click it twice",
    "wellbeing:end": "tests of the ledger's pages click it twice",
}
"""Addresses that take a POST and are not clicked here, and why."""


def test_every_button_is_clicked_or_has_its_reason():
    views = {address.name: address.view for address in addresses() if address.name in ACCESS}
    asked = RequestFactory().options("/")
    mine = {
        name
        for name, view in views.items()
        if not name.startswith(("api:", "wagtail")) and "POST" in view(asked).get("Allow", "")
    }
    assert sorted(mine - set(BUTTONS) - set(LEFT_OUT)) == []
    assert sorted((set(BUTTONS) | set(LEFT_OUT)) - mine) == []
