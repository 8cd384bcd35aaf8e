"""POST imports, its confirmation, and `import_roster`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from core.models import AuditEvent
from schools.models import RosterImport, Teacher
from tests.people import a_teacher
from tests.schools.rosters import roster_xlsx, teachers_csv


@pytest.fixture
def zhao(places) -> Client:
    client = Client()
    client.force_login(places.user(places.zhao))
    return client


def upload(client: Client, data: bytes, unit: str, key: str = "k1"):
    form = {"file": SimpleUploadedFile("a.csv", data), "unit": unit}
    return client.post("/api/v1/imports", form, headers={"Idempotency-Key": key})


def confirm(client: Client, key: str, roster: str):
    return client.post(f"/api/v1/imports/{roster}/confirmation", headers={"Idempotency-Key": key})


def test_a_roster_goes_in_over_the_api(zhao, places, deliver):
    data = teachers_csv(["S0001", "N1", "周涛"], ["S0001", "N2", "孙丽", "1"])
    answer = upload(zhao, data, "S0001")
    assert answer.status_code == 202
    body = answer.json()
    assert set(body) == {"id", "job"}
    assert zhao.get(f"/api/v1/jobs/{body['job']}").json()["state"] == "queued"
    deliver()
    state = zhao.get(f"/api/v1/imports/{body['id']}").json()
    assert state == {
        "id": body["id"],
        "job": body["job"],
        "unit": "S0001",
        "state": "previewed",
        "refusal_code": "",
        "refusal": "",
        "rows": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": [
            {
                "sheet": "教师",
                "row": 3,
                "column": "手机",
                "code": "bad_phone",
                "message": "“1”不是 11 位手机号。",
            }
        ],
        "notes": [
            "有 1 位新增教师没有填手机号，开通账号后只能用工号登录。",
            "有 3 位在册教师不在文件里，导入不会让他们离职；离职请在教师页办理。",
        ],
    }
    done = confirm(zhao, "k2", body["id"])
    assert done.status_code == 202
    assert confirm(zhao, "k3", body["id"]).json() == done.json()
    deliver()
    assert zhao.get(f"/api/v1/imports/{body['id']}").json()["state"] == "done"
    assert Teacher.objects.filter(staff_number="N1").count() == 1


def test_others_find_no_import_over_the_api(zhao, places, deliver):
    roster = upload(zhao, teachers_csv(["S0001", "N1", "周涛"]), "S0001").json()["id"]
    deliver()
    shi = Client()
    shi.force_login(places.user(places.shi))
    assert shi.get(f"/api/v1/imports/{roster}").status_code == 404
    assert confirm(shi, "k9", roster).status_code == 404
    assert upload(shi, b"x", "S0001").status_code == 404
    assert upload(zhao, b"", "S0001", "k5").status_code == 422
    assert zhao.post("/api/v1/imports", {"unit": "S0001"}).status_code in (400, 422)
    assert Client().get(f"/api/v1/imports/{roster}").status_code == 401
    assert RosterImport.objects.count() == 1


def run(*args: str) -> tuple[int, dict]:
    out = StringIO()
    try:
        call_command("import_roster", *args, "--json", stdout=out)
    except SystemExit as end:
        return int(str(end.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path):
    def write(data: bytes, name: str = "名册.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


def test_the_command_previews_writes_and_repeats(places, file):
    path = file(roster_xlsx([["S0001", "N1", "周涛"]]))
    expected = {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": []}
    assert run(path, "--dry-run") == (0, expected)
    assert not Teacher.objects.filter(staff_number="N1").exists()
    assert run(path) == (0, expected)
    assert AuditEvent.objects.get(verb="roster.imported").actor_id is None
    assert run(path) == (0, {**expected, "created": 0, "unchanged": 1})


def test_the_command_tells_rejections_by_exit_code_and_stays_in_its_unit(places, file):
    path = file(roster_xlsx([["S0001", "N1", "周涛"], [places.far.code, "N2", "孙丽"]]))
    code, answer = run(path, "--org", "s0001")
    assert code == 1
    assert (answer["rows"], answer["created"]) == (2, 1)
    assert answer["rejected"] == [
        {
            "sheet": "教师",
            "row": 3,
            "column": "学校代码",
            "code": "school_not_yours",
            "message": "学校代码“S0003”不存在，或不在您的管理范围内。",
        }
    ]
    assert not Teacher.objects.filter(staff_number="N2").exists()


def test_the_command_refuses_with_the_reason(places, file, tmp_path):
    assert run(file(b"PK broken"))[1]["refused"]["code"] == "workbook_damaged"
    assert run(file(roster_xlsx()))[0] == 2
    assert run(str(tmp_path / "none.xlsx"))[1]["refused"]["code"] == "not_found"
    assert run(file(roster_xlsx([["S0001", "N1", "周涛"]])), "--org", "NONE")[0] == 2
    for number in range(9):
        a_teacher("周涛", school=places.school, number=f"M{number}", with_user=False)
    small = file(roster_xlsx([["S0001", "M1", "周涛"]]))
    code, answer = run(small)
    assert (code, answer["refused"]["code"]) == (2, "much_smaller")
    assert run(small, "--partial")[0] == 0


def test_the_same_roster_a_second_time_is_unchanged_and_a_smaller_one_is_refused(places, file):
    for number in range(9):
        a_teacher("周涛", school=places.school, number=f"M{number}", with_user=False)
    rows = [["S0001", f"N{number}", "孙丽"] for number in range(4)]
    told = {"rows": 4, "created": 4, "updated": 0, "unchanged": 0, "rejected": []}
    again = {**told, "created": 0, "unchanged": 4}
    assert run(file(roster_xlsx(rows))) == (0, told)
    assert run(file(roster_xlsx(rows))) == (0, again)
    assert run(file(roster_xlsx(rows)), "--org", "s0001", "--dry-run") == (0, again)
    text = "\n".join(["学校代码,工号,姓名", *(",".join(row) for row in rows)])
    assert run(file(text.encode("gbk"), "名册.csv")) == (0, again)
    code, answer = run(file(roster_xlsx(rows[:3])))
    assert (code, answer["refused"]["code"]) == (2, "much_smaller")
    taken = RosterImport.objects.all()
    assert sorted(roster.created_count for roster in taken) == [0, 0, 4]
    assert {roster.state for roster in taken} == {"done"}


def test_the_command_speaks_to_people_too(places, file):
    out = StringIO()
    path = file(roster_xlsx([["S0001", "N1", "周涛"], ["S0001", "N2", ""]]))
    with pytest.raises(SystemExit):
        call_command("import_roster", path, stdout=out)
    assert out.getvalue().splitlines() == [
        "共 2 行：新增 1，更新 0，不变 0。",
        "教师第 3 行 姓名：没有填写。",
    ]
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("import_roster", "/none.xlsx")
