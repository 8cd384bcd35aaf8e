"""Nobody has a mail address here, and the framework's letters do not stumble over that."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask

from accounts.models import User


@pytest.mark.django_db
def test_a_page_goes_through_its_approval_without_a_letter():
    editor = User.objects.create_user("editor-a", name="编辑甲")
    checker = User.objects.create_user("editor-b", name="编辑乙")
    checkers = Group.objects.create(name="审核组")
    checker.groups.add(checkers)
    page = Page.objects.get(depth=2)
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=checkers, page=page, permission=publish)
    task = GroupApprovalTask.objects.create(name="审核")
    task.groups.add(checkers)
    workflow = Workflow.objects.create(name="先审后发")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page.save_revision(user=editor)
    state = workflow.start(page, editor)
    state.current_task_state.task.specific.on_action(
        state.current_task_state, checker, "reject", comment="请补充目标"
    )
    state.refresh_from_db()
    assert state.status == state.STATUS_NEEDS_CHANGES
    state.resume(user=editor)
    state.current_task_state.task.specific.on_action(state.current_task_state, checker, "approve")
    state.refresh_from_db()
    assert state.status == state.STATUS_APPROVED
    assert mail.outbox == []
