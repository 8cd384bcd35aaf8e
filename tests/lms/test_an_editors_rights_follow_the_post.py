"""An appointed editor edits pages, from the day of the post to its last."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import AuditEvent
from courses.permissions import share_course
from lms.editors import GROUP, is_member, settle_editors
from lms.tasks import editors_of_today
from schools import services as schools
from schools.models import Role
from tests.courses.build import a_course
from tests.people import a_bureau, a_school, a_teacher
from website.models import SiteSettings, StandardPage


@pytest.fixture
def site(site: dict[str, Any], at: Any) -> dict[str, Any]:
    at("2026-03-02T09:00:00+08:00")
    return site


@pytest.fixture
def wen(site: dict[str, Any]) -> Any:
    """文静, employed by the bureau, without any post."""
    return a_teacher("文静", school=a_bureau(), number="W1")


def browser_of(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def appointed(person: Any, deliver: Any, **values: Any) -> Any:
    post = schools.give_post(
        actor=None, teacher=person, role=Role.EDITOR, unit=a_bureau(), **values
    )
    deliver()
    return post


def test_an_appointed_editor_changes_and_publishes_a_page(wen, site, deliver):
    client, page = browser_of(wen), site["privacy"]
    assert client.get("/cms/").status_code == 404
    appointed(wen, deliver)
    assert client.get("/cms/").status_code == 200
    edit = f"/cms/pages/{page.pk}/edit/"
    assert client.get(edit).status_code == 200
    form = nested_form_data(
        {
            "title": "隐私说明（新）",
            "slug": "privacy",
            "lead": "",
            "body": streamfield([("text", rich_text("<p>只收集必需的信息。</p>"))]),
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
        }
    )
    answer = client.post(edit, form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert StandardPage.objects.get(pk=page.pk).title == "隐私说明（新）"


def test_an_editor_keeps_filing_numbers_privacy_notice_pictures_and_redirects(wen, site, deliver):
    appointed(wen, deliver)
    client = browser_of(wen)
    settings = SiteSettings.objects.get()
    for address in (
        f"/cms/settings/website/sitesettings/{settings.site_id}/",
        "/cms/snippets/accounts/privacynotice/",
        "/cms/snippets/accounts/privacynotice/add/",
        "/cms/images/add/",
        "/cms/documents/multiple/add/",
        "/cms/redirects/add/",
        "/cms/course-content/",
    ):
        assert client.get(address).status_code == 200, address
    for address in ("/cms/groups/", "/cms/sites/", "/cms/users/", "/cms/collections/"):
        assert client.get(address).status_code in {302, 404}, address


def test_the_rights_end_with_the_post(wen, site, deliver):
    post = appointed(wen, deliver)
    client = browser_of(wen)
    schools.end_post(actor=None, post=post)
    assert client.get("/cms/").status_code == 404
    deliver()
    assert not is_member(wen.user)
    assert [
        (row.verb, row.thing_id) for row in AuditEvent.objects.filter(verb__startswith="editor.")
    ] == [("editor.rights_given", str(wen.user.pk)), ("editor.rights_taken", str(wen.user.pk))]


def test_an_end_by_date_alone_closes_the_door_that_day_and_the_sweep_takes_the_rights(
    wen, site, deliver, at
):
    post = appointed(wen, deliver)
    schools.end_post(actor=None, post=post, ends_on=date(2026, 4, 1))
    deliver()
    client = browser_of(wen)
    assert client.get("/cms/").status_code == 200
    at("2026-04-01T00:00:00+08:00")
    client = browser_of(wen)
    assert is_member(wen.user)
    assert client.get("/cms/").status_code == 404
    editors_of_today()
    assert not is_member(wen.user)


def test_a_shared_course_does_not_keep_ended_rights_alive(wen, site, deliver, at):
    wen.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    share_course(wen.user, a_course())
    post = appointed(wen, deliver)
    schools.end_post(actor=None, post=post, ends_on=date(2026, 4, 1))
    at("2026-04-01T00:00:00+08:00")
    client = browser_of(wen)
    assert client.get("/cms/").status_code == 404
    editors_of_today()
    assert client.get("/cms/course-content/").status_code == 200
    assert client.get(f"/cms/pages/{site['privacy'].pk}/edit/").status_code in {302, 404}


def test_a_post_that_begins_later_gives_its_rights_on_its_day(wen, site, deliver, at):
    appointed(wen, deliver, starts_on=date(2026, 4, 1))
    assert not is_member(wen.user)
    at("2026-04-01T00:01:00+08:00")
    assert settle_editors() == 1
    assert settle_editors() == 0
    assert browser_of(wen).get("/cms/").status_code == 200


def test_who_moves_away_loses_the_rights_and_nobody_is_a_member_without_a_post(wen, site, deliver):
    appointed(wen, deliver)
    schools.move_teacher(actor=None, teacher=wen, unit=a_school())
    deliver()
    assert not is_member(wen.user)
    from django.contrib.auth.models import Group

    wen.user.groups.add(Group.objects.get(name=GROUP))
    assert settle_editors() == 1
    assert not is_member(wen.user)


def test_other_posts_touch_no_rights_in_the_content_admin(wen, site, deliver):
    schools.give_post(actor=None, teacher=wen, role=Role.REGISTRAR, unit=a_bureau())
    deliver()
    assert browser_of(wen).get("/cms/").status_code == 404
    assert not AuditEvent.objects.filter(verb__startswith="editor.").exists()


def test_an_account_opened_after_the_appointment_gets_the_rights_at_the_next_sweep(site, deliver):
    late = a_teacher("温静怡", school=a_bureau(), number="W2", with_user=False)
    chief = a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER], number="Z1")
    appointed(late, deliver)
    schools.open_accounts(actor=chief.user, unit=a_bureau(), teachers=[late.pk])
    late.refresh_from_db()
    assert browser_of(late).get("/cms/").status_code == 404
    editors_of_today()
    assert browser_of(late).get("/cms/").status_code == 200
