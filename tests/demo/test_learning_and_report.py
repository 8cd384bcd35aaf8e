"""The demo bureau has a past: certificates in every state, courses under way, and a report."""

from __future__ import annotations

import io
import json
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import override_settings

from certification.models import Certificate, CreditPosting
from core import clock, events
from courses.models import Enrolment, QuestionVersion
from courses.selectors.progress import progress_of
from demo.services import build, report
from demo.services.report import open_run

pytestmark = pytest.mark.django_db


SIGN_INS = [
    "teacher",
    "mentor",
    "classteacher",
    "psych",
    "principal",
    "schooladmin",
    "registrar",
    "county",
    "bureau",
    "editor",
    "auditor",
    "stranger",
]


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_building_the_bureau_again_adds_no_row_to_any_table(built):
    before = rows()
    build(size="s", seed=2026)
    assert rows() == before
    assert before["certification.Certificate"] == 13
    assert before["courses.CourseCompletion"] == 12


def test_there_is_a_certificate_in_every_state_numbered_without_gaps(built):
    made = Certificate.objects.with_state(clock.today()).order_by("year", "sequence")
    assert [(row.holder_name, row.state) for row in made] == [
        ("叶知秋", "expired"),
        ("周晓岚", "valid"),
        ("吴桂芳", "valid"),
        ("胡远航", "valid"),
        ("沈𱍊", "pending"),
        ("胡雪颖", "superseded"),
        ("陈立明", "valid"),
        ("陈立明", "revoked"),
        ("郭晓军", "valid"),
        ("叶知秋", "valid"),
        ("石建杰", "valid"),
        ("石俊峰", "valid"),
        ("胡雪颖", "valid"),
    ]
    newest = [row.sequence for row in made if row.year == made.last().year]
    assert newest == list(range(newest[0], newest[0] + len(newest)))


def test_every_completion_has_its_credit_and_the_revoked_one_was_reversed(built):
    kinds = list(CreditPosting.objects.values_list("kind", flat=True))
    assert (kinds.count("award"), len(kinds)) == (12, 13)


def test_delivering_the_past_facts_changes_nothing_that_was_earned(built):
    before = rows()
    for fact in events.due_events():
        assert events.deliver(fact)
    after = rows()
    earned = ("certification.Certificate", "certification.CreditPosting", "courses.Enrolment")
    assert [after[label] for label in earned] == [before[label] for label in earned]


def test_work_is_under_way_at_several_stages(built):
    mine = Enrolment.objects.filter(teacher__user__username="teacher")
    shown = {row.run.code: (row.state, progress_of(row).percent) for row in mine}
    assert shown == {
        "XL101-02": ("completed", 100),
        "XL201-03": ("enrolled", 40),
        "DS101-03": ("enrolled", 0),
    }
    full = Enrolment.objects.filter(run__code="DS101-04").first().run
    assert (full.capacity, full.taken) == (2, 2)


def test_the_report_names_for_each_sign_in_what_it_may_and_may_not_reach(built):
    facts = report(size="s", seed=2026)
    assert list(facts["sign_ins"]) == SIGN_INS
    assert facts["sign_ins"]["teacher"]["unit"]["name"] == "浉河区茗山初级中学"
    assert facts["sign_ins"]["registrar"]["roles"] == ["registrar"]
    assert {row["state"] for row in facts["certificates"]} == {
        "valid",
        "revoked",
        "expired",
        "superseded",
        "pending",
    }
    json.dumps(facts)


EVERY_TIME = {"teacher", "schooladmin", "registrar", "editor", "principal"}


@pytest.mark.parametrize(
    "name",
    [
        name if name in EVERY_TIME else pytest.param(name, marks=pytest.mark.full_sweep)
        for name in SIGN_INS
    ],
)
def test_each_sign_in_reaches_what_the_report_says_and_nothing_else(built, client, name):
    person = report(size="s", seed=2026)["sign_ins"][name]
    sign_in(client, name)
    wrong = [
        (word, row["address"], answer.status_code)
        for word, right in (("may", {200}), ("may_not", {404}))
        for row in person[word]
        if (answer := client.get(row["address"])).status_code not in right
    ]
    assert wrong == []
    counted = Counter(row["kind"] for row in [*person["may"], *person["may_not"]])
    assert counted == {
        "page": 13,
        "certificate": 13,
        "enrolment": 13,
        "teacher": 12,
        "unit": 5,
        "sheet": 13,
        "entry": 6,
        "signal": 3,
    }


def sign_in(client, name: str) -> None:
    words = {"username": name, "password": "xinyang-demo"}
    answer = client.post("/sign-in/", words)
    if answer.url.startswith("/sign-in/code/"):
        answer = client.post(answer.url, {"code": "000000"})
    assert (answer.status_code, answer.url) == (302, "/home/")


def test_the_right_answers_of_the_open_run_are_in_the_report(built):
    run = open_run()
    assert run["code"] == "XL102-03"
    assert [lesson["kind"] for lesson in run["lessons"]] == [
        "recording",
        "reading",
        "reading",
        "quiz",
    ]
    assert len(run["answers"]) == 10 + 3, "the quiz, and the check questions of the film"
    for question, answer in run["answers"].items():
        version = QuestionVersion.objects.get(question=question)
        assert version.text == answer["text"]
        assert version.correct == answer["right"] != []


def test_no_sign_in_has_joined_the_open_run_so_anyone_can(built):
    assert not Enrolment.objects.filter(run__code="XL102-03").exists()


def test_the_command_prints_json_and_repeating_it_is_harmless(built):
    out = io.StringIO()
    call_command("demo", "--seed", "2026", "--json", stdout=out)
    facts = json.loads(out.getvalue())
    assert list(facts) == [
        "size",
        "seed",
        "password",
        "code",
        "sign_ins",
        "certificates",
        "open_run",
    ]


def test_the_command_refuses_where_demo_sign_ins_are_not_allowed():
    with override_settings(DEMO_SIGN_INS=False), pytest.raises(CommandError) as refusal:
        call_command("demo")
    assert (str(refusal.value), refusal.value.returncode) == ("正式环境不能载入演示数据。", 2)
