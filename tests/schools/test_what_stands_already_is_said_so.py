"""A page says that something was written only when it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core.models import AuditEvent
from schools.models import CalendarDay, HelpLine, SchoolYear, Term, Unit
from tests.people import a_county

NOTHING = "这些内容此前已经登记，这次没有改动"
LINE = {
    "number": "0376-12345678",
    "name": "信阳市心理热线",
    "hours": "每天",
    "position": "5",
    "starts_on": "2026-03-02",
}
YEAR = {"name": "2025–2026学年", "starts_on": "2025-09-01", "last_on": "2026-08-31"}


@pytest.fixture
def zheng(places) -> Client:
    """郑华 of the bureau, signed in."""
    client = Client()
    client.force_login(places.user(places.zheng))
    return client


def said(client: Client, address: str, form: dict[str, str]) -> str:
    return client.post(f"/schools/{address}", form, follow=True).content.decode()


def test_a_line_that_is_open_already_is_not_said_to_be_new(zheng):
    assert "热线已登记" in said(zheng, "help-lines/new/", LINE)
    assert NOTHING in said(zheng, "help-lines/new/", LINE)
    other = said(zheng, "help-lines/new/", {**LINE, "name": "别的热线"})
    assert "从2026年3月2日起已登记为“信阳市心理热线”，没有改动" in other
    assert HelpLine.objects.get(number=LINE["number"]).name == "信阳市心理热线"
    assert AuditEvent.objects.filter(verb="help_line.opened").count() == 1


def test_a_changed_line_keeps_its_planned_end_and_a_past_day_is_refused(zheng):
    said(zheng, "help-lines/new/", LINE)
    line = HelpLine.objects.get(number=LINE["number"])
    assert "停用日期已登记" in said(zheng, f"help-lines/{line.pk}/end/", {"ends_on": "2026-09-01"})
    assert NOTHING in said(zheng, f"help-lines/{line.pk}/end/", {"ends_on": "2026-09-01"})
    address = f"help-lines/{line.pk}/"
    change = {**LINE, "hours": "全天", "starts_on": "2026-04-01"}
    assert "日期要在2026年3月2日到" in said(zheng, address, {**change, "starts_on": "2026-03-01"})
    assert "那天不显示" in said(zheng, address, {**change, "starts_on": "2026-09-01"})
    assert NOTHING in said(zheng, address, {**LINE, "starts_on": "2026-04-01"})
    assert "热线已更新" in said(zheng, address, change)
    assert NOTHING in said(zheng, address, change)
    rows = HelpLine.objects.filter(number=LINE["number"]).order_by("starts_on")
    assert [(row.hours, row.starts_on, row.ends_on) for row in rows] == [
        ("每天", date(2026, 3, 2), date(2026, 4, 1)),
        ("全天", date(2026, 4, 1), date(2026, 9, 1)),
    ]


def test_years_terms_and_days_on_record_are_named_as_they_stand(zheng):
    assert "学年已添加" in said(zheng, "calendar/years/", YEAR)
    assert NOTHING in said(zheng, "calendar/years/", YEAR)
    other = said(zheng, "calendar/years/", {**YEAR, "last_on": "2026-07-31"})
    assert "已登记为2025年9月1日至2026年8月31日，没有改动" in other
    term = {
        "school_year": str(SchoolYear.objects.get().pk),
        "code": "2026-1",
        "name": "春季学期",
        "starts_on": "2026-02-23",
        "last_on": "2026-07-03",
    }
    assert "学期已添加" in said(zheng, "calendar/terms/", term)
    assert NOTHING in said(zheng, "calendar/terms/", term)
    assert "没有改动" in said(zheng, "calendar/terms/", {**term, "name": "第二学期"})
    assert Term.objects.get().name == "春季学期"
    days = {"kind": "holiday", "name": "劳动节", "first_on": "2026-05-01", "last_on": "2026-05-02"}
    assert "校历已更新" in said(zheng, "calendar/days/", days)
    assert NOTHING in said(zheng, "calendar/days/", days)
    assert AuditEvent.objects.filter(verb="calendar.marked").count() == 2
    sure = {**days, "sure": "1"}
    assert "标记已取消" in said(zheng, "calendar/days/removal/", sure)
    assert NOTHING in said(zheng, "calendar/days/removal/", sure)
    assert not CalendarDay.objects.exists()


def test_a_school_on_record_is_told_with_its_stage(zheng):
    form = {"code": "S0009", "name": "浉河区第九小学", "stage": "primary"}
    address = f"units/{a_county().pk}/units/"
    assert "单位已添加" in said(zheng, address, form)
    assert NOTHING in said(zheng, address, form)
    assert "已登记为小学，没有改动" in said(zheng, address, {**form, "stage": "junior"})
    assert Unit.objects.get(code="S0009").stage == "primary"
