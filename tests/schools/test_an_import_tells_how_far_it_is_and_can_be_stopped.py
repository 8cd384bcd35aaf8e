"""The rows examined and written are counted on the page; who stops an import gets it all back."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from core import clock, jobs
from core.jobs import LeaseLost
from core.models import AuditEvent, Job
from schools import services
from schools.models import Employment, RosterImport, Teacher
from schools.rules import files
from schools.selectors.imports import job_of
from schools.services import writing_rosters
from tests.people import a_school, a_teacher
from tests.schools.rosters import counts, roster_xlsx, uploaded

ROWS = [["S0001", f"B{number:02}", "王芳", "", "班主任"] for number in range(25)]


def browser_of(places: Any) -> Client:
    client = Client()
    client.force_login(places.user(places.zhao))
    return client


def test_examining_and_writing_are_counted_row_by_row(places, deliver, monkeypatch):
    monkeypatch.setattr(files, "STEP", 10)
    monkeypatch.setattr(writing_rosters, "STEP", 10)
    zhao, heard = places.user(places.zhao), []

    def tell(done: int, total: int) -> None:
        heard.append((done, total))

    data = roster_xlsx(ROWS)
    roster = uploaded(zhao, places.school, data, deliver, partial=True)
    assert (job_of(roster).done, job_of(roster).total) == (25, 25)
    services.examine_file(
        actor=zhao, unit=places.school, file=io.BytesIO(data), name="x.xlsx", tell=tell
    )
    assert heard == [(0, 25), (0, 25), (10, 25), (20, 25), (25, 25)]
    heard.clear()
    services.confirm_roster(actor=zhao, roster=roster)
    services.apply_roster(actor=zhao, roster_id=roster.pk, tell=tell)
    judged_again, written = heard[:4], heard[4:]
    assert judged_again == [(0, 25)] * 4
    assert written == [(0, 25), (10, 25), (20, 25), (25, 25)]
    roster.refresh_from_db()
    assert counts(roster) == (25, 0, 0, 0)


def test_the_page_shows_the_count_and_is_found_again_after_it_was_closed(places):
    client = browser_of(places)
    file = io.BytesIO(roster_xlsx(ROWS))
    file.name = "名册.xlsx"
    page = client.post("/schools/imports/", {"file": file, "unit": str(places.school.pk)})
    Job.objects.update(done=10, total=25)
    assert "已核对 10 / 25 行" in client.get(page["Location"]).content.decode()
    assert page["Location"] in client.get("/schools/imports/").content.decode()
    RosterImport.objects.update(state="applying", confirmed_at=clock.now())
    assert "已写入 10 / 25 行" in client.get(page["Location"]).content.decode()


def test_an_import_is_stopped_while_it_is_read(places, deliver):
    client = browser_of(places)
    zhao = places.user(places.zhao)
    roster = services.upload_roster(
        actor=zhao, unit=places.school, file=io.BytesIO(roster_xlsx(ROWS)), name="名册.xlsx"
    )
    page = f"/schools/imports/{roster.pk}/"
    assert 'data-testid="cancel-import"' in client.get(page).content.decode()
    assert client.post(f"{page}cancellation/").status_code == 302
    deliver()
    roster.refresh_from_db()
    assert (roster.state, roster.content, roster.lines.count()) == ("cancelled", None, 0)
    assert Job.objects.get().state == "cancelled"
    again = uploaded(zhao, places.school, roster_xlsx(ROWS), deliver)
    assert again.pk != roster.pk
    assert again.state == "previewed"


def test_an_import_is_stopped_before_it_is_written_and_never_after(places, deliver):
    client, zhao = browser_of(places), places.user(places.zhao)
    roster = uploaded(zhao, places.school, roster_xlsx(ROWS), deliver)
    services.confirm_roster(actor=zhao, roster=roster)
    assert client.post(f"/schools/imports/{roster.pk}/cancellation/").status_code == 302
    deliver()
    roster.refresh_from_db()
    assert roster.state == "cancelled"
    assert not Teacher.objects.filter(staff_number="B00").exists()
    assert AuditEvent.objects.filter(verb="roster.cancelled").count() == 1
    second = uploaded(zhao, places.school, roster_xlsx(ROWS), deliver)
    services.confirm_roster(actor=zhao, roster=second)
    deliver()
    answer = client.post(f"/schools/imports/{second.pk}/cancellation/", follow=True)
    assert "已经完成，不能再放弃" in answer.content.decode()
    second.refresh_from_db()
    assert second.state == "done"


def test_what_is_raised_while_writing_takes_everything_back(places, deliver, monkeypatch):
    monkeypatch.setattr(writing_rosters, "STEP", 10)
    zhao = places.user(places.zhao)
    roster = uploaded(zhao, places.school, roster_xlsx(ROWS), deliver)
    services.confirm_roster(actor=zhao, roster=roster)
    before = Employment.objects.count()

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise LeaseLost

    with pytest.raises(LeaseLost):
        services.apply_roster(actor=zhao, roster_id=roster.pk, tell=stop)
    assert Employment.objects.count() == before
    assert not Teacher.objects.filter(staff_number="B00").exists()
    roster.refresh_from_db()
    assert roster.state == "applying"


def in_another_connection(act: Callable[[], Any]) -> Any:
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return found[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite has one writer: who stops an import waits until it is written",
)
def test_others_see_the_count_and_stop_a_writing_in_the_middle(deliver, monkeypatch):
    monkeypatch.setattr(writing_rosters, "STEP", 10)
    school = a_school("浉河区第一小学")
    zhao = a_teacher("赵静", school=school, posts=["school_admin"], number="A0").user
    roster = uploaded(zhao, school, roster_xlsx(ROWS), deliver)
    services.confirm_roster(actor=zhao, roster=roster)
    write, seen = writing_rosters.write_changes, []

    def watched(*args: Any) -> None:
        write(*args)
        done = in_another_connection(lambda: Job.objects.get(pk=roster.applying_job_id).done)
        seen.append(done)
        if done == 10:
            assert in_another_connection(lambda: jobs.cancel(roster.applying_job_id))

    monkeypatch.setattr(writing_rosters, "write_changes", watched)
    deliver()
    assert seen == [0, 10]
    assert not Teacher.objects.filter(staff_number__startswith="B").exists()
    services.cancel_roster(actor=zhao, roster=roster)
    roster.refresh_from_db()
    assert roster.state == "cancelled"
