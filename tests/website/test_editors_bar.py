"""An editor who is signed in sees the bar that leads to the page's editor."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Task, Workflow
from wagtail.users.models import UserProfile

from tests.people import a_user


def test_an_editor_gets_the_bar_and_others_do_not(site: dict[str, Any]):
    editor = a_user("zhou", name="周编辑")
    editor.is_superuser = True
    editor.save()
    client = Client()
    client.force_login(editor)
    assert "<wagtail-userbar" not in client.get("/privacy/").content.decode()
    UserProfile.get_for_user(editor)
    assert "<wagtail-userbar" in client.get("/privacy/").content.decode()
    assert "<wagtail-userbar" not in Client().get("/privacy/").content.decode()


def test_the_content_administration_bears_our_name_and_leads_to_no_other_host(
    site: dict[str, Any],
):
    editor = a_user("zhou", name="周编辑")
    editor.is_superuser = True
    editor.save()
    client = Client()
    client.force_login(editor)
    page = client.get("/cms/").content.decode()
    assert "内容管理</title>" in page
    assert "/static/css/cms.css" in page
    assert "guide.wagtail.org" not in page
    assert 'class="brand-mark"' in page
    root = client.get("/cms/pages/").content.decode()
    assert "全部网站" in root


@pytest.mark.django_db
def test_nothing_in_the_content_administration_bears_an_english_name():
    assert Workflow.objects.get().name == "编辑审核"
    assert Task.objects.get().name == "编辑审核"
    assert set(Group.objects.values_list("name", flat=True)) >= {"审核编辑", "撰稿编辑"}
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
