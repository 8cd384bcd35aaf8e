"""Bulk checks: a verdict per row, whatever a spreadsheet program did to the file."""

from __future__ import annotations

import io
import json
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from certification.models import CertificateCheck
from certification.permissions import can_view_check, visible_checks
from certification.rules import verdicts
from certification.selectors import Claim, findings
from certification.services import (
    check_workbook,
    claim_tables,
)
from certification.services.checking import UploadInvalid, drop_expired
from core import jobs
from core.errors import Missing
from core.models import AuditEvent, Job
from core.workbooks import write_workbook
from tests.people import a_county, a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HEADERS = ["序号", "姓名", "证书编号", "课程名称", "学时", "发证日期", "备注"]


def a_book(rows, headers=HEADERS) -> bytes:
    return write_workbook({"名单": [headers, *rows]})


def judged(rows, **options):
    claims = [Claim(n, row[2], {"name": row[1]}) for n, row in enumerate(rows, start=2)]
    return [(f.verdict, f.field, f.notes) for f in findings(claims, **options)]


def test_every_verdict_is_reached(shelf):
    rows = [["", c.holder_name, c.number] for c in shelf.values()]
    rows += [
        ["", "王晓明", shelf["valid"].number],
        ["", "王小明", "信教体培证字〔2026〕009999号"],
        ["", "王小明", "4.13E+17"],
        ["", "王小明", ""],
        ["", "王小明", "信教体培证字[2026]1"],
        ["", "王\ue863", "信教体培证字〔2026〕009999号"],
    ]
    assert judged(rows) == [
        ("expired", "", ()),
        ("valid", "", ()),
        ("superseded", "", ()),
        ("revoked", "", ()),
        ("valid", "", ()),
        ("pending", "", ()),
        ("mismatch", "name", ("repeated",)),
        ("unknown", "number", ()),
        ("unknown", "number", ("number_unreadable",)),
        ("unknown", "number", ("number_missing",)),
        ("valid", "", ("repeated",)),
        ("unknown", "number", ("repeated", "private_use_character")),
    ]


def test_outside_the_own_county_staff_learns_what_the_public_would(shelf):
    far, paths = shelf["far"], (a_county().path,)
    rows = [["", "周远方", far.number], ["", "周远", far.number]]
    assert [v for v, *_ in judged(rows, paths=paths)] == ["valid", "unknown"]
    assert [v for v, *_ in judged(rows)] == ["valid", "mismatch"]


def test_many_rows_ask_the_database_in_chunks(shelf, django_assert_num_queries):
    rows = [["", "王小明", shelf["valid"].number]] * 1200
    with django_assert_num_queries(3):
        assert len(judged(rows)) == 1200


def test_a_registrar_uploads_and_gets_the_same_workbook_with_verdicts(
    client, shelf, registrar, deliver
):
    client.force_login(registrar.user)
    valid = shelf["valid"]
    book = a_book(
        [
            ["1", "王小明", valid.number, "青少年心理健康教育", "12.5", "2026-11-23", "=1+1"],
            ["2", "王小明", valid.number, "家校沟通", "12.5", "", ""],
            ["3", "王小明", valid.number, "", "13", "", ""],
            ["4", "王小明", valid.number, "", "", "2026-11-22", ""],
        ]
    )
    assert client.get("/certificates/checks/").status_code == 200
    token = str(uuid.uuid4())

    def upload():
        file = SimpleUploadedFile("职称 名单.xlsx", book)
        form = {"file": file, "purpose": "titles", "token": token}
        return client.post("/certificates/checks/", form)

    first, second = upload(), upload()
    assert first.status_code == 302
    assert first["Location"] == second["Location"] == f"/certificates/checks/{token}/"
    assert CertificateCheck.objects.count() == 1
    page = client.get(first["Location"]).content.decode()
    assert 'data-state="queued"' in page
    assert client.get(f"{first['Location']}result/").status_code == 404
    deliver()
    page = client.get(first["Location"]).content.decode()
    assert 'data-state="done"' in page
    assert 'data-testid="count-valid">1<' in page
    assert 'data-testid="count-mismatch">3<' in page
    past = client.get("/certificates/checks/").content.decode().partition('id="past"')[2]
    assert 'data-state="done"' in past
    assert "<span>有效 1<br>信息不符 3<br></span>" in past
    assert "2026年11月24日 09:00</td>" in past
    fragment = client.get(first["Location"], headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith("<section")
    result = client.get(f"{first['Location']}result/")
    sheet = openpyxl.load_workbook(io.BytesIO(result.content)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [*HEADERS, "查验结论", "不符的内容", "说明"]
    assert rows[1] == [
        "1", "王小明", valid.number, "青少年心理健康教育", "12.5", "2026-11-23", "=1+1",
        "有效", "", "",
    ]  # fmt: skip
    assert [row[7:] for row in rows[2:]] == [
        ["信息不符", "课程名称", "与第 2 行编号重复"],
        ["信息不符", "学时", "与第 2 行编号重复"],
        ["信息不符", "发证日期", "与第 2 行编号重复"],
    ]
    assert "陈登记" in sheet.oddFooter.left.text
    assert AuditEvent.objects.filter(verb="certificate.check_download").count() == 1


def test_the_workbook_says_why_a_right_row_is_not_valid_and_what_was_never_looked_up(shelf):
    rows = [["", c.holder_name, c.number] for c in shelf.values()]
    rows += [["", "王小明", ""], ["", "", shelf["valid"].number], ["", "王晓明", "乱写"]]
    table = claim_tables.read_claims(io.BytesIO(a_book(rows, HEADERS[:3])), "x.xlsx")
    successor = shelf["superseded"].successor.number

    def told(paths):
        found = list(findings(table.claims(), paths=paths))
        book = claim_tables.result_workbook(table, found, footer="")
        sheet = openpyxl.load_workbook(io.BytesIO(book)).active
        return [
            [cell or "" for cell in row[3:]] for row in sheet.iter_rows(min_row=2, values_only=True)
        ]

    everywhere = told(["/"])
    assert everywhere == [
        ["已过期", "", "有效期至 2026年1月9日"],
        ["有效", "", ""],
        ["已换发（旧证）", "", f"2026年11月23日换发，新编号 {successor}"],
        ["已撤销", "", "2026年11月23日撤销，原因：其他原因"],
        ["有效", "", ""],
        ["待签发", "", ""],
        ["信息不全，未查验", "", "没有填写证书编号"],
        ["信息不符", "姓名", "没有填写姓名；与第 3 行编号重复"],
        ["查无此证", "证书编号", "证书编号格式不对，无法辨认"],
    ]
    elsewhere = told([a_county("罗山县").path])
    assert elsewhere[2] == ["已换发（旧证）", "", "2026年11月23日换发"], "no successor is told"
    assert elsewhere[3] == everywhere[3]


def test_a_long_list_shows_how_far_it_is(shelf, registrar, monkeypatch):
    rows = [[str(n), "王小明", shelf["valid"].number] for n in range(1001)]
    check = check_workbook(
        actor=registrar.user,
        file=io.BytesIO(a_book(rows)),
        file_name="x.xlsx",
        purpose="titles",
        token=uuid.uuid4(),
    )
    told = []
    real = jobs.JobRun.progress
    monkeypatch.setattr(
        jobs.JobRun,
        "progress",
        lambda run, done, total=None: told.append((done, total)) or real(run, done, total),
    )
    assert jobs.run(check.job_id) == "done"
    assert told == [(0, 1001), (500, None), (1000, None), (1001, None)]


def test_what_a_spreadsheet_program_did_is_said(shelf):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["证书编号 ", "姓名", "学时", "发证日期"])
    sheet.append([413000000000000000.0, "王小明", None, None])
    sheet.append([shelf["valid"].number, '="王小明"', 12.5, 46349])
    sheet.append([shelf["valid"].number, "王小明", 12.5, 46349])
    sheet.append([shelf["valid"].number, "王小明", 12.5, 12])
    sheet.append([None, "王小明", None, None])
    sheet.append([shelf["valid"].number, "#N/A", None, None])
    sheet.merge_cells("A5:A6")
    sheet.row_dimensions[4].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    table = claim_tables.read_claims(io.BytesIO(buffer.getvalue()), "x.xlsx")
    found = list(findings(table.claims()))
    told = [
        (finding.verdict, finding.field, claim_tables.notes_of(table, row))
        for finding, row in zip(found, table.sheet.rows, strict=True)
    ]
    assert told[0] == ("unknown", "number", ["damaged_cell"])
    assert told[1][2] == ["formula_cell"]
    assert told[2] == ("valid", "", ["hidden_row"])
    assert told[3] == ("mismatch", "issued_on", [])
    assert told[4] == ("unknown", "number", ["merged_cell"])
    assert told[5][0] == "mismatch"


def test_a_gbk_table_is_read(shelf):
    text = f"编号,持证人\r\n{shelf['valid'].number},王小明\r\n"
    table = claim_tables.read_claims(io.BytesIO(text.encode("gbk")), "名单.csv")
    assert [f.verdict for f in findings(table.claims())] == ["valid"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no workbook", "columns_missing"),
        (a_book([["1", "x", "y"]], ["甲", "乙", "丙"]), "columns_missing"),
        (b"PK\x03\x04 broken", "workbook_damaged"),
    ],
)
def test_an_unreadable_file_ends_with_its_reason(registrar, deliver, client, content, code):
    check = check_workbook(
        actor=registrar.user,
        file=io.BytesIO(content),
        file_name="x.xlsx",
        purpose="titles",
        token=uuid.uuid4(),
    )
    deliver()
    job = Job.objects.get(pk=check.job_id)
    assert (job.state, job.error_code) == ("failed", code)
    client.force_login(registrar.user)
    past = client.get("/certificates/checks/").content.decode().partition('id="past"')[2]
    assert 'data-state="failed"' in past
    assert past.count(">—</") == 2, "neither results nor a day until which they are kept"
    page = client.get(f"/certificates/checks/{check.pk}/").content.decode()
    assert "查验没有完成" in page
    assert str(job.error)[:10] in page


def test_too_many_rows_are_refused(monkeypatch, registrar):
    monkeypatch.setattr(claim_tables, "MAX_ROWS", 1)
    with pytest.raises(claim_tables.TooManyRows, match="1 行"):
        claim_tables.read_claims(io.BytesIO(a_book([["1", "a", "b"], ["2", "a", "b"]])), "x.xlsx")


def test_an_upload_without_file_or_purpose_is_shown_again(client, registrar):
    client.force_login(registrar.user)
    page = client.post("/certificates/checks/", {"purpose": "titles", "token": str(uuid.uuid4())})
    assert page.status_code == 422
    for content, purpose in ((b"", "titles"), (b"x", "curiosity"), (b"x" * 10485761, "titles")):
        with pytest.raises(UploadInvalid):
            check_workbook(
                actor=registrar.user,
                file=io.BytesIO(content),
                file_name="x.xlsx",
                purpose=purpose,
                token=uuid.uuid4(),
            )
    assert CertificateCheck.objects.count() == 0


def test_a_check_belongs_to_its_registrar_and_expires(shelf, registrar, deliver, client, at):
    other = a_teacher("另一登记", school=a_county(), posts=["registrar"])
    check = check_workbook(
        actor=registrar.user,
        file=io.BytesIO(a_book([["1", "王小明", shelf["valid"].number]])),
        file_name="x.xlsx",
        purpose="titles",
        token=uuid.uuid4(),
    )
    deliver()
    check.refresh_from_db()
    for person in (registrar, other, shelf["valid"].teacher):
        sees = person == registrar
        assert can_view_check(person.user, check) is sees
        assert visible_checks(person.user).filter(pk=check.pk).exists() is sees
    address = f"/certificates/checks/{check.pk}/"
    for person, status in ((registrar, 200), (other, 404), (shelf["valid"].teacher, 404)):
        client.force_login(person.user)
        assert client.get(address).status_code == status
        assert client.get(f"{address}result/").status_code == status
    with pytest.raises(Missing):
        check_workbook(
            actor=other.user, file=io.BytesIO(b"x"), file_name="", purpose="titles", token=check.pk
        )
    with pytest.raises(Missing):
        check_workbook(
            actor=shelf["valid"].teacher.user,
            file=io.BytesIO(b"x"),
            file_name="",
            purpose="titles",
            token=uuid.uuid4(),
        )
    at("2026-11-24T09:00:00+08:00")
    client.force_login(registrar.user)
    assert client.get(address).status_code == 404
    deliver()
    assert drop_expired() == 0
    check.refresh_from_db()
    assert (check.source, check.result) == (None, None)
    assert check.counts["valid"] == 1


def test_a_check_stops_when_the_post_or_the_file_is_gone(registrar, at):
    def enqueued():
        check = check_workbook(
            actor=registrar.user,
            file=io.BytesIO(b"x"),
            file_name="x.xlsx",
            purpose="titles",
            token=uuid.uuid4(),
        )
        return check.job_id

    late, without_post, without_account = enqueued(), enqueued(), enqueued()
    post = registrar.posts.get()
    post.ends_on = "2026-11-23"
    post.save()
    jobs.run(without_post)
    assert Job.objects.get(pk=without_post).error_code == "not_allowed"
    registrar.user.is_active = False
    registrar.user.save()
    jobs.run(without_account)
    assert Job.objects.get(pk=without_account).error_code == "not_allowed"
    at("2026-11-25T09:00:00+08:00")
    jobs.run(late)
    assert Job.objects.get(pk=late).error_code == "expired"


def test_the_command_answers_in_json_and_writes_the_workbook(shelf, tmp_path, capsys):
    file, out = tmp_path / "list.xlsx", tmp_path / "out.xlsx"
    valid = shelf["valid"]
    file.write_bytes(a_book([["1", "王小明", valid.number], ["2", "张三", valid.number]]))
    with pytest.raises(SystemExit) as end:
        call_command("verify_certificates", str(file), "--out", str(out), "--json")
    assert end.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == 2
    assert report["counts"] == {
        **dict.fromkeys(verdicts.VERDICTS, 0), "valid": 1, "mismatch": 1,
    }  # fmt: skip
    assert report["results"] == [
        {"row": 2, "verdict": "valid", "field": "", "notes": []},
        {"row": 3, "verdict": "mismatch", "field": "name", "notes": ["repeated"]},
    ]
    sheet = openpyxl.load_workbook(out).active
    assert [row[7].value for row in sheet.iter_rows(min_row=2)] == ["有效", "信息不符"]


def test_the_command_is_content_with_a_sound_list_and_refuses_a_broken_one(shelf, tmp_path, capsys):
    file = tmp_path / "list.csv"
    file.write_text(f"证书编号,姓名\n{shelf['valid'].number},王小明\n", encoding="utf-8")
    call_command("verify_certificates", str(file))
    assert capsys.readouterr().out == "有效\t1\n"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    for path in (file, tmp_path / "none.xlsx"):
        with pytest.raises(CommandError) as refusal:
            call_command("verify_certificates", str(path))
        assert refusal.value.returncode == 2
