"""School years, terms, holidays and help lines, as the bureau keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core.errors import Missing
from core.models import AuditEvent
from schools import services
from schools.models import CalendarDay, HelpLine, SchoolYear, Teacher, Term
from schools.selectors import help_lines, school_days
from tests.people import a_bureau, a_teacher


def as_person(places, teacher) -> Client:
    client = Client()
    client.force_login(places.user(teacher))
    return client


@pytest.fixture
def zheng(places) -> Client:
    return as_person(places, places.zheng)


YEAR = {"name": "2025–2026学年", "starts_on": "2025-09-01", "last_on": "2026-08-31"}


def with_term(zheng: Client) -> Term:
    assert zheng.post("/schools/calendar/years/", YEAR).status_code == 302
    year = SchoolYear.objects.get()
    form = {
        "school_year": str(year.pk),
        "code": "2026-1",
        "name": "春季学期",
        "starts_on": "2026-02-23",
        "last_on": "2026-07-03",
    }
    assert zheng.post("/schools/calendar/terms/", form).status_code == 302
    return Term.objects.get()


def test_the_bureau_adds_years_terms_and_days(zheng):
    term = with_term(zheng)
    assert (term.starts_on, term.ends_on) == (date(2026, 2, 23), date(2026, 7, 4))
    assert SchoolYear.objects.get().ends_on == date(2026, 9, 1)
    form = {"kind": "holiday", "name": "劳动节", "first_on": "2026-05-01", "last_on": "2026-05-05"}
    assert zheng.post("/schools/calendar/days/", form)["Location"].endswith("/?year=2026")
    make_up = {"kind": "workday", "first_on": "2026-05-09", "last_on": "2026-05-09"}
    assert zheng.post("/schools/calendar/days/", make_up).status_code == 302
    assert [day.day for day in school_days(date(2026, 5, 1), date(2026, 5, 10))] == [6, 7, 8, 9]
    page = zheng.get("/schools/calendar/?year=2026").content.decode()
    assert "劳动节" in page
    assert "2026年7月3日" in page
    assert page.count('data-testid="unmark"') == 2
    gone = {"first_on": "2026-05-01", "last_on": "2026-05-05"}
    asked = zheng.post("/schools/calendar/days/removal/", gone).content.decode()
    assert "2026年5月1日到2026年5月5日的标记取消后，这些日期按星期几上课" in asked
    assert asked.count("放假 · 劳动节") == 5
    assert CalendarDay.objects.count() == 6
    sure = gone | {"sure": "1"}
    assert zheng.post("/schools/calendar/days/removal/", sure).status_code == 302
    assert CalendarDay.objects.get().day == date(2026, 5, 9)
    assert AuditEvent.objects.filter(verb="calendar.unmarked").count() == 5
    new_year = form | {"name": "元旦", "first_on": "2027-01-01", "last_on": "2027-01-01"}
    landed = zheng.post("/schools/calendar/days/", new_year, follow=True).content.decode()
    assert "2027 年放假与调休" in landed
    assert "元旦" in landed
    assert zheng.get("/schools/calendar/?year=nonsense").status_code == 200
    assert zheng.get("/schools/calendar/days/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"last_on": "2026-01-01"}, "结束日期不能早于开始日期"),
        ({"starts_on": "2025-08-01"}, "学期必须落在所属学年之内"),
        ({"code": "2026-2"}, "日期重叠"),
        ({"school_year": "00000000-0000-4000-8000-000000000000"}, "有效的选项"),
    ],
)
def test_a_term_that_cannot_be_is_asked_again(zheng, changes, text):
    term = with_term(zheng)
    form = {
        "school_year": str(term.school_year_id),
        "code": "2026-3",
        "name": "另一学期",
        "starts_on": "2026-03-01",
        "last_on": "2026-04-01",
        **changes,
    }
    answer = zheng.post("/schools/calendar/terms/", form)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert Term.objects.count() == 1


def test_dates_are_corrected_and_the_trace_keeps_the_old_ones(zheng):
    term = with_term(zheng)
    address = f"/schools/calendar/term/{term.pk}/"
    assert 'value="2026-07-03"' in zheng.get(address).content.decode()
    form = {"name": "春季学期", "starts_on": "2026-02-23", "last_on": "2026-07-10"}
    assert zheng.post(address, form).status_code == 302
    assert zheng.post(address, form).status_code == 302
    term.refresh_from_db()
    assert term.ends_on == date(2026, 7, 11)
    assert AuditEvent.objects.get(verb="calendar.corrected").detail == {
        "before": ["2026-02-23", "2026-07-04"],
        "after": ["2026-02-23", "2026-07-11"],
    }
    year = f"/schools/calendar/year/{term.school_year_id}/"
    short = {"name": YEAR["name"], "starts_on": "2026-03-01", "last_on": "2026-08-31"}
    assert "请先调整学期" in zheng.post(year, short).content.decode()
    assert zheng.post(year, {**YEAR, "last_on": "2026-08-30"}).status_code == 302
    assert zheng.get(f"/schools/calendar/week/{term.pk}/").status_code == 404


def test_too_many_days_at_once_are_refused(zheng):
    for last in ("2027-05-01", "2026-04-30"):
        form = {"kind": "holiday", "first_on": "2026-05-01", "last_on": last}
        answer = zheng.post("/schools/calendar/days/", form)
        assert answer.status_code == 422
        assert "1 到 100 天" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_who_does_not_keep_the_calendar_reads_it_and_changes_nothing(zheng, places):
    term = with_term(zheng)
    for person in (places.chen, places.zhao, places.wang):
        client = as_person(places, person)
        page = client.get("/schools/calendar/")
        assert page.status_code == 200
        assert "add-year" not in page.content.decode()
        for address in (
            "/schools/calendar/years/",
            "/schools/calendar/terms/",
            "/schools/calendar/days/",
            "/schools/calendar/days/removal/",
            f"/schools/calendar/term/{term.pk}/",
        ):
            assert client.post(address, YEAR).status_code == 404
        actor = places.user(person)
        with pytest.raises(Missing):
            services.mark_days(
                actor=actor, first_on=date(2026, 5, 1), last_on=date(2026, 5, 1), kind="holiday"
            )
        with pytest.raises(Missing):
            services.unmark_days(actor=actor, first_on=date(2026, 5, 1), last_on=date(2026, 5, 1))
        with pytest.raises(Missing):
            services.add_school_year(
                actor=actor, name="X", starts_on=date(2030, 9, 1), ends_on=date(2031, 9, 1)
            )
    assert SchoolYear.objects.count() == 1


@pytest.fixture
def wen(places) -> Client:
    """文静, who edits."""
    return as_person(places, a_teacher("文静", school=a_bureau(), posts=["editor"], number="W1"))


LINE = {
    "number": "0376-12345678",
    "name": "信阳市心理热线",
    "description": "想找人说说话",
    "hours": "每天 8:00–22:00",
    "position": "5",
    "starts_on": "2026-03-02",
}


def test_an_editor_opens_changes_and_closes_a_help_line(wen, places, at):
    assert wen.get("/schools/help-lines/new/").status_code == 200
    assert wen.post("/schools/help-lines/new/", LINE).status_code == 302
    line = HelpLine.objects.get(number=LINE["number"])
    assert "信阳市心理热线" in Client().get("/help/").content.decode()
    change = {**LINE, "hours": "全天", "starts_on": "2026-04-01"}
    address = f"/schools/help-lines/{line.pk}/"
    assert "每天 8:00–22:00" in wen.get(address).content.decode()
    assert wen.post(address, change).status_code == 302
    line.refresh_from_db()
    assert line.ends_on == date(2026, 4, 1)
    page = wen.get("/schools/help-lines/").content.decode()
    assert "即将启用" in page
    at("2026-04-01T08:00:00+08:00")
    wen = as_person(places, Teacher.objects.get(staff_number="W1"))
    shown = help_lines(date(2026, 4, 1)).get(number=LINE["number"])
    assert shown.hours == "全天"
    end = f"/schools/help-lines/{shown.pk}/end/"
    assert wen.get(end).status_code == 200
    assert wen.post(end, {"ends_on": "2026-03-01"}).status_code == 422
    assert wen.post(end, {"ends_on": "2026-04-01"}).status_code == 302
    assert not help_lines(date(2026, 4, 1)).filter(number=LINE["number"]).exists()
    assert wen.post(end, {"ends_on": "2026-05-01"}).status_code == 422
    assert "已停用" in wen.get("/schools/help-lines/").content.decode()


def test_an_emergency_number_is_switched_off_only_by_who_confirms_it(wen):
    line = HelpLine.objects.get(number="110")
    end = f"/schools/help-lines/{line.pk}/end/"
    assert "求助页不再显示这个号码" in wen.get(end).content.decode()
    day = {"ends_on": "2026-04-01"}
    refused = wen.post(end, day)
    assert (refused.status_code, "请勾选确认" in refused.content.decode()) == (422, True)
    line.refresh_from_db()
    assert line.ends_on is None
    assert wen.post(end, day | {"sure": "on"}).status_code == 302
    line.refresh_from_db()
    assert line.ends_on == date(2026, 4, 1)


def test_a_number_that_is_no_number_or_planned_already_is_asked_again(wen):
    for number in ("abc", "1", "<b>"):
        assert wen.post("/schools/help-lines/new/", {**LINE, "number": number}).status_code == 422
    later = {**LINE, "starts_on": "2026-09-01"}
    assert wen.post("/schools/help-lines/new/", later).status_code == 302
    answer = wen.post("/schools/help-lines/new/", LINE)
    assert "已定于以后启用" in answer.content.decode()
    assert HelpLine.objects.filter(number=LINE["number"]).count() == 1


def test_others_keep_no_help_lines(places):
    line, _new = services.open_help_line(
        actor=None, number="0376-1", name="热线", starts_on=date(2026, 1, 1)
    )
    for person in (places.chen, places.zhao, places.wang):
        client = as_person(places, person)
        assert client.get("/schools/help-lines/").status_code == 404
        assert client.post("/schools/help-lines/new/", LINE).status_code == 404
        with pytest.raises(Missing):
            services.close_help_line(actor=places.user(person), line=line, ends_on=date(2026, 3, 2))
    line.refresh_from_db()
    assert line.ends_on is None
