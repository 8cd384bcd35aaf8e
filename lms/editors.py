"""The content admin's rights follow the dated posts of editors.

Wagtail keeps rights over pages and collections in groups. The members of one group are
recomputed here from the posts of today: when a post is given or ended, when somebody moves, and
every minute, because a post may begin or end by its date alone and an account may come later. The
door of ``/cms/`` (``lms/doors.py``) asks the posts themselves, so a membership that outlives its
post opens nothing. Co-editors of a course are kept the same way, in a group that has no right but
to enter; where, the door says.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from accounts.models import User
from core import audit, clock
from core.locks import one_at_a_time
from courses.permissions import co_editors
from schools.models import Post, Role

GROUP = "内容编辑"
CO_EDITORS = "课程共同编辑"
ADMIN = (
    ("wagtailadmin", "access_admin"),
    ("website", "change_sitesettings"),
    ("accounts", "add_privacynotice"),
    ("accounts", "change_privacynotice"),
    ("accounts", "view_privacynotice"),
    ("wagtail_localize", "submit_translation"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
)
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
COLLECTIONS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


@transaction.atomic
def settle_editors() -> int:
    """Make whoever holds a post as editor today, and nobody else, a member, and likewise whoever
    shares a course a member of the co-editors; returns how many people changed. Harmless to
    repeat."""
    one_at_a_time("lms.editors")
    holders = Post.objects.on(clock.today()).filter(role=Role.EDITOR).values("teacher")
    by_post = _settle(editors_group(), Q(is_active=True, teacher__in=holders))
    return by_post + _settle(co_editors_group(), Q(is_active=True, pk__in=co_editors()))


def _settle(group: Group, entitled: Q) -> int:
    coming = list(User.objects.filter(entitled).exclude(groups=group))
    going = list(User.objects.filter(groups=group).exclude(entitled))
    group.user_set.add(*coming)
    group.user_set.remove(*going)
    for verb, people in (("editor.rights_given", coming), ("editor.rights_taken", going)):
        for user in people:
            audit.record(None, verb, user)
    return len(coming) + len(going)


def co_editors_group() -> Group:
    """The group of those who share a course: it enters the content admin and owns nothing there."""
    group, created = Group.objects.get_or_create(name=CO_EDITORS)
    if created:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


def is_member(user: User) -> bool:
    """Whether the group's rights lie with the user at this moment."""
    return user.groups.filter(name=GROUP).exists()


def editors_group() -> Group:
    """The group with its rights; made at the first call, what the administrator adds stays."""
    group, created = Group.objects.get_or_create(name=GROUP)
    if not created:
        return group
    for app, codename in ADMIN:
        found = Permission.objects.get(content_type__app_label=app, codename=codename)
        group.permissions.add(found)
    root = Page.objects.get(depth=1)
    for found in _named("wagtailcore", PAGES):
        GroupPagePermission.objects.create(group=group, page=root, permission=found)
    everything = Collection.get_first_root_node()
    for app in ("wagtailimages", "wagtaildocs"):
        for found in _named(app, COLLECTIONS):
            GroupCollectionPermission.objects.create(
                group=group, collection=everything, permission=found
            )
    for task in GroupApprovalTask.objects.filter(active=True):
        task.groups.add(group)
    return group


def _named(app: str, codenames: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
