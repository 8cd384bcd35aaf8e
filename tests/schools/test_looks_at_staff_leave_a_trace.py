"""Who looked at whose record stands in the trace; a phone number is shown only on request."""

from __future__ import annotations

import pytest
from django.test import Client

from core import audit
from core.models import AuditEvent
from core.workbooks import write_workbook
from schools import services
from schools.selectors.imports import imports_to_confirm
from tests.schools.rosters import roster_xlsx, uploaded


def as_person(places, teacher) -> Client:
    client = Client()
    client.force_login(places.user(teacher))
    return client


def looks() -> list[tuple[str, str, str]]:
    """(verb, thing, unit path) of every look, oldest first."""
    verbs = ("teacher.", "roster.view", "roster.download")
    return [
        (row.verb, row.thing_id, row.unit_path)
        for row in AuditEvent.objects.order_by("at")
        if row.verb.startswith(verbs)
    ]


def test_the_record_of_another_person_leaves_a_trace_the_own_does_not(places):
    address = f"/schools/teachers/{places.wang.pk}/"
    assert as_person(places, places.wang).get(address).status_code == 200
    assert looks() == []
    assert as_person(places, places.li).get(address).status_code == 200
    assert looks() == [("teacher.view", str(places.wang.pk), places.school.path)]
    row = AuditEvent.objects.get(verb="teacher.view")
    assert (row.actor_id, row.basis) == (places.li.user_id, "post")


def test_a_list_of_people_leaves_one_trace_with_its_length(places):
    page = f"/schools/units/{places.school.pk}/"
    assert as_person(places, places.li).get(f"{page}?q=wang").status_code == 200
    row = AuditEvent.objects.get(verb="teacher.list")
    assert row.detail == {"rows": 1, "searched": True}
    assert row.thing_id == str(places.school.pk)


def test_a_phone_number_is_masked_until_it_is_asked_for(places):
    address = f"/schools/teachers/{places.wang.pk}/"
    li = as_person(places, places.li)
    masked = li.get(address).content.decode()
    assert "138****0001" in masked
    assert "13800000001" not in masked
    assert li.get(f"{address}phone/")["Location"] == address
    shown = li.post(f"{address}phone/")
    assert "13800000001" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert [verb for verb, *_rest in looks()] == ["teacher.view", "teacher.phone"]
    own = as_person(places, places.wang).get(address).content.decode()
    assert "13800000001" in own
    assert 'data-testid="reveal-phone"' not in own
    assert len(looks()) == 2


def test_a_number_out_of_reach_is_missing_and_leaves_nothing(places):
    shi = as_person(places, places.shi)
    assert shi.post(f"/schools/teachers/{places.wang.pk}/phone/").status_code == 404
    assert looks() == []


def test_more_than_a_hundred_numbers_a_day_are_refused(places, monkeypatch):
    monkeypatch.setattr("schools.services.reading.REVEALS_A_DAY", 1)
    li = as_person(places, places.li)
    assert li.post(f"/schools/teachers/{places.wang.pk}/phone/").status_code == 200
    refused = li.post(f"/schools/teachers/{places.wang.pk}/phone/")
    assert (refused.status_code, refused["Retry-After"]) == (429, "86400")
    assert "13800000001" not in refused.content.decode()


def test_rows_of_an_import_and_their_download_leave_a_trace(places, deliver, at):
    rows = [["S0001", "A1", "王芳", "13800000009"], ["S0001", "N2", "孙丽", "123"]]
    roster = uploaded(
        places.user(places.zhao), places.school, roster_xlsx(rows), deliver, partial=True
    )
    zhao = as_person(places, places.zhao)
    page = zhao.get(f"/schools/imports/{roster.pk}/?verdict=updated").content.decode()
    assert "<del>138****0001</del> → <ins>13800000009</ins>" in " ".join(page.split())
    assert "13800000001" not in page
    assert zhao.get(f"/schools/imports/{roster.pk}/errors/").status_code == 200
    assert zhao.get(f"/api/v1/imports/{roster.pk}").status_code == 200
    path, key = places.school.path, str(roster.pk)
    assert looks() == [
        ("roster.view", key, path),
        ("roster.download", key, path),
    ]
    assert AuditEvent.objects.get(verb="roster.download").detail == {"rows": 1}
    at("2026-03-02T09:10:01+08:00")
    assert zhao.get(f"/schools/imports/{roster.pk}/").status_code == 200
    assert looks()[2:] == [("roster.view", key, path)]


def test_waiting_for_an_import_shows_nobody_and_leaves_no_trace(places, deliver):
    rows = [["S0001", "A1", "王方"], ["S0001", "N2", "孙丽", "123"]]
    actor = places.user(places.zhao)
    roster = uploaded(actor, places.school, roster_xlsx(rows), deliver, partial=True)
    services.confirm_roster(actor=actor, roster=roster)
    zhao = as_person(places, places.zhao)
    for _poll in range(3):
        page = zhao.get(f"/schools/imports/{roster.pk}/").content.decode()
        assert "孙丽" not in page
        assert zhao.get(f"/api/v1/imports/{roster.pk}").json()["rejected"] == []
    assert looks() == []


def test_without_the_trace_there_is_no_look(places, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("the trace cannot be written")

    monkeypatch.setattr(audit, "record", refuse)
    zhao = places.user(places.zhao)
    for look in (
        lambda: services.open_teacher(actor=zhao, teacher_id=places.wang.pk),
        lambda: services.open_staff(actor=zhao, unit=places.school),
        lambda: services.reveal_phone(actor=zhao, teacher_id=places.wang.pk),
    ):
        with pytest.raises(RuntimeError):
            look()


def test_a_preview_opens_on_what_it_changes_and_is_due_while_it_would_write(places, deliver):
    actor = places.user(places.zhao)
    rows = [["S0001", "A1", "王方"], ["S0001", "N2", "孙丽", "123"], ["S0001", "N3", "周涛"]]
    roster = uploaded(actor, places.school, roster_xlsx(rows), deliver, partial=True)
    zhao = as_person(places, places.zhao)
    page = zhao.get(f"/schools/imports/{roster.pk}/").content.decode()
    assert "<ins>王方</ins>" in page
    assert "孙丽" not in page
    assert "确认导入：新增 1 行，更新 1 行" in page
    assert "有 1 位新增教师没有填手机号" in page
    same = uploaded(
        actor, places.school, roster_xlsx([["S0001", "A1", "王芳"]]), deliver, partial=True
    )
    assert list(imports_to_confirm(actor)) == [roster]
    assert (same.state, same.unchanged_count) == ("previewed", 1)


def test_the_sheet_of_explanations_is_not_called_unknown(places, deliver):
    sheets = {
        "说明": [["填写说明"]],
        "备注": [["x"]],
        "教师": [["学校代码", "工号", "姓名"], ["S0001", "A1", "王方"]],
    }
    actor = places.user(places.zhao)
    roster = uploaded(actor, places.school, write_workbook(sheets), deliver, partial=True)
    assert [note for note in roster.notes if note["code"] == "ignored_sheets"] == [
        {"code": "ignored_sheets", "params": {"names": "备注"}}
    ]
