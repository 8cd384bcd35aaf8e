"""What a roster says of pupils is kept from strangers, and written in bulk."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.workbooks import read_table
from schools import services
from schools.models import ClassMembership, Pupil, RosterImport
from schools.permissions import visible_imports
from schools.selectors.imports import error_workbook, shown, template_workbook
from tests.people import a_class
from tests.schools.rosters import (
    CLASS_HEADERS,
    PUPIL_HEADERS,
    book,
    counts,
    lin,
    problems_told,
    uploaded,
)

TODAY = date(2026, 3, 2)


@pytest.fixture
def admin(places) -> User:
    a_class(1, school=places.school)
    return places.user(places.zhao)


@pytest.fixture
def imported(places, admin, deliver):
    """Upload, confirm and write a workbook as 赵静 of the own school."""

    def run(data: bytes, **options) -> RosterImport:
        roster = uploaded(admin, places.school, data, deliver, **options)
        if roster.state != "previewed":
            return roster
        services.confirm_roster(actor=User.objects.get(pk=admin.pk), roster=roster)
        deliver()
        roster.refresh_from_db()
        return roster

    return run


def test_identities_of_pupils_lie_encrypted_and_are_gone_when_the_import_is_dropped(
    imported, admin, places, deliver
):
    roster = uploaded(
        admin, places.school, book(pupils=[lin(监护人="林建国", 监护人手机="13800000021")]), deliver
    )
    line = roster.lines.get()
    assert (line.cells, line.changes, line.problems) == ({}, {}, [])
    assert b"13800000021" not in stored_bytes("schools_importsecret")
    assert shown(line).name == "林小雨"
    services.cancel_roster(actor=admin, roster=roster)
    assert stored_bytes("schools_importsecret") == b""


def stored_bytes(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {table}")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def test_an_uploaded_file_waits_encrypted(admin, places):
    data = "\n".join([",".join(PUPIL_HEADERS), ",".join(lin())]).encode()
    services.upload_roster(actor=admin, unit=places.school, file=io.BytesIO(data), name="a.csv")
    assert "林小雨".encode() not in stored_bytes("schools_rosterimport")
    assert b"G1001" not in stored_bytes("schools_rosterimport")


def test_a_county_officer_sees_no_import_with_pupils_and_brings_none_in(imported, places, deliver):
    chen = places.user(places.chen)
    roster = imported(book(pupils=[lin()]))
    assert roster.has_pupils
    assert list(visible_imports(chen)) == []
    assert list(visible_imports(places.user(places.zhao))) == [roster]
    data = book(classes=[["S0001", "2025", "5", ""]], pupils=[lin("G2", 姓名="高子涵")])
    own = uploaded(chen, places.school, data, deliver)
    assert counts(own) == (1, 0, 0, 0)
    assert [note["code"] for note in own.notes] == ["pupils_by_school"]
    assert (own.has_pupils, own.secrets.count()) == (False, 0)
    only = uploaded(chen, places.school, book(pupils=[lin("G3")]), deliver)
    assert (only.state, only.refusal_code) == ("refused", "pupils_by_school")


def test_what_became_wrong_since_the_preview_is_rejected_at_commit(
    imported, admin, places, deliver
):
    imported(book(pupils=[lin(), lin("G2", 姓名="高子涵")]))
    data = book(pupils=[lin(姓名="林晓雨"), lin("G2", 姓名="高子晗"), lin("G3", 姓名="唐糖")])
    roster = uploaded(admin, places.school, data, deliver)
    assert counts(roster) == (1, 2, 0, 0)
    Pupil.objects.filter(name="林小雨").update(name="林小羽")
    far = a_class(1, school=places.far)
    services.add_pupil(actor=None, school_class=far, name="唐糖", sex="female", number="G3")
    services.confirm_roster(actor=User.objects.get(pk=admin.pk), roster=roster)
    deliver()
    roster.refresh_from_db()
    assert counts(roster) == (0, 1, 0, 2)
    assert problems_told(roster) == [
        (2, "姓名", "changed_meanwhile"),
        (4, "学籍号", "pupil_number_held"),
    ]
    assert Pupil.objects.get(number_index=Pupil.objects.get(name="高子晗").number_index)


def test_check_signs_that_do_not_fit_are_noted_and_let_in(imported):
    roster = imported(book(pupils=[lin("G411502201805120023")]))
    assert counts(roster) == (1, 0, 0, 0)
    assert {"code": "check_signs", "params": {"count": 1, "rows": "2"}} in roster.notes


def test_the_error_workbook_gives_the_rows_back_as_typed(imported):
    roster = imported(book(pupils=[lin("G5", 班号="7", 监护人="林建国")]))
    book_back = read_table(io.BytesIO(error_workbook(roster)), "a.xlsx")
    row = book_back.sheets["学生"].rows[0]
    assert [row.text(header) for header in ("学籍号", "班号", "监护人")] == ["G5", "7", "林建国"]
    assert "没有班级“2024级7班”" in row.text("原因")
    sheets = read_table(io.BytesIO(template_workbook()), "a.xlsx").sheets
    assert sheets["学生"].headers == tuple(PUPIL_HEADERS)
    assert sheets["班级"].headers == tuple(CLASS_HEADERS)


def test_two_thousand_pupils_go_in_with_few_queries(admin, places, deliver):
    for number in range(2, 41):
        a_class(number, school=places.school)
    names = [a + b for a in "赵钱孙李周吴郑王冯陈" for b in ("雨", "涵", "桐", "轩", "悦")]
    rows = [
        lin(
            f"G{index:06}",
            姓名=names[index % 50],
            班号=str(index % 40 + 1),
            监护人="林建国",
            监护人手机=f"138{index:08}",
        )
        for index in range(2_000)
    ]
    data = book(pupils=rows)
    with CaptureQueriesContext(connection) as reading:
        roster = uploaded(admin, places.school, data, deliver)
    assert counts(roster) == (2_000, 0, 0, 0)
    assert len(reading) <= 120
    services.confirm_roster(actor=User.objects.get(pk=admin.pk), roster=roster)
    with CaptureQueriesContext(connection) as writing:
        services.apply_roster(actor=User.objects.get(pk=admin.pk), roster_id=roster.pk)
    assert len(writing) <= 150
    assert ClassMembership.objects.on(TODAY).count() == 2_000
    again = uploaded(admin, places.school, book(pupils=[*rows, rows[0]]), deliver)
    assert counts(again) == (0, 0, 2_000, 1)
