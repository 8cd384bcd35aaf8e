"""What dated posts mean at the door: who needs a second factor, how long sessions live, what daily
work the menu leads to, who looks after whose account."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import HeldPost, MenuEntry, Standing
from accounts.rules import LEARNER_AGES, PUPIL_DATA_AGES
from core import clock
from schools.models import Employment, Post, Role, Teacher
from schools.permissions import ROSTER_KEEPERS, paths_q, scope_of, works_under
from wellbeing.selectors.naming import may_raise

PUPIL_DATA_ROLES = frozenset(
    {
        Role.PRINCIPAL,
        Role.DEPUTY,
        Role.CLASS_TEACHER,
        Role.GRADE_HEAD,
        Role.PSYCHOLOGY_TEACHER,
        Role.SCHOOL_ADMIN,
    }
)
"""Who reaches pupils' data: 30 minutes idle, 8 hours in all. Source: docs/features/access.md."""

SECOND_FACTOR_ROLES = PUPIL_DATA_ROLES | {
    Role.REGISTRAR,
    Role.COUNTY_OFFICER,
    Role.BUREAU_OFFICER,
    Role.AUDITOR,
    Role.EDITOR,
}
"""Who reaches pupils' data, exports, accounts, the trace or the content admin."""

CMS_ROLES = frozenset({Role.EDITOR})
HEADS = (Role.PRINCIPAL, Role.DEPUTY)


def standing_from(held: frozenset[str], *, superuser: bool = False) -> Standing:
    """What these roles together mean at the door."""
    return Standing(
        needs_second_factor=superuser or not held.isdisjoint(SECOND_FACTOR_ROLES),
        enters_cms=superuser or not held.isdisjoint(CMS_ROLES),
        ages=LEARNER_AGES if held.isdisjoint(PUPIL_DATA_ROLES) else PUPIL_DATA_AGES,
        roles=held,
    )


class PostStanding:
    """Answers from the posts that are held today; nothing outlives its post."""

    def standing_of(self, user: User) -> Standing:
        held = frozenset(role for role, _path in scope_of(user).posts)
        return standing_from(held, superuser=user.is_superuser)

    def posts_of(self, user: User) -> tuple[HeldPost, ...]:
        teacher = scope_of(user).teacher
        if teacher is None:
            return ()
        held = Post.objects.on(clock.today()).filter(teacher=teacher).select_related("unit")
        return tuple(
            HeldPost(
                role=post.role,
                role_name=post.get_role_display(),
                unit_code=post.unit.code,
                unit_name=post.unit.name,
            )
            for post in held.order_by("unit__path", "role")
        )

    def menu_of(self, user: User) -> tuple[MenuEntry, ...]:
        """At a school the own pupils, what the work comes to and a worry; then the desks."""
        scope, entries = scope_of(user), []
        if may_raise(user):
            entries += [
                MenuEntry(_("我的学生"), reverse("mentoring:caseload"), "account-pupils"),
                MenuEntry(_("导师工作评价"), reverse("evaluation:index"), "account-evaluation"),
                MenuEntry(_("报告担心"), reverse("wellbeing:raise"), "account-worry"),
            ]
        if scope.holds(Role.REGISTRAR):
            entries += [
                MenuEntry(_("证书登记簿"), reverse("certification:registry"), "account-registry"),
                MenuEntry(_("批量查验"), reverse("certification:checks"), "account-checks"),
            ]
        if scope.holds(*ROSTER_KEEPERS):
            entries.append(MenuEntry(_("账号管理"), reverse("accounts:people"), "to-accounts"))
        return tuple(entries)

    def managed_by(self, actor: User) -> QuerySet[User]:
        """Accounts of people who work under the actor's units and hold no post beyond them, today
        or later: tomorrow's officer is not managed by today's school."""
        paths = scope_of(actor).paths(*ROSTER_KEEPERS)
        beyond = Post.objects.reaching(clock.today()).filter(
            ~paths_q("unit__path", paths), teacher=OuterRef("pk")
        )
        people = Teacher.objects.filter(works_under(paths)).exclude(Exists(beyond))
        found = User.objects.filter(Q(teacher__in=people), is_superuser=False)
        return found.annotate(spelled=F("teacher__pinyin"), initials=F("teacher__initials"))

    def place_of(self, user: User) -> str:
        """The path of the unit that employs the person today; "" for none."""
        work = Employment.objects.on(clock.today()).filter(teacher__user=user.pk)
        path: str | None = work.values_list("unit__path", flat=True).first()
        return path or ""

    def watchers_of(self, user: User, actor: User) -> QuerySet[User]:
        """For whoever enters the locked room from a school's post: the school's other heads; for a
        head, or where there is no other, the officers of the county, and where there is none, of
        the bureau. Never the two themselves."""
        scope = scope_of(user)
        places = scope.paths(Role.PSYCHOLOGY_TEACHER, Role.CLASS_TEACHER, *HEADS)
        both = (user.pk, actor.pk)
        found = _holding(places, *HEADS).exclude(pk__in=both)
        if scope.holds(*HEADS) or not found.exists():
            for officer in (Role.COUNTY_OFFICER, Role.BUREAU_OFFICER):
                places = tuple(map(_parent, places))
                above = _holding(places, officer).exclude(pk__in=both)
                if above.exists():
                    return (found | above).distinct()
        return found.distinct()


def _holding(paths: Iterable[str], *roles: str) -> QuerySet[User]:
    posts = Post.objects.on(clock.today()).filter(unit__path__in=list(paths), role__in=roles)
    return User.objects.filter(teacher__posts__in=posts, is_active=True)


def _parent(path: str) -> str:
    return f"{path.rstrip('/').rpartition('/')[0]}/"
