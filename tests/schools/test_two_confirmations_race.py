"""Two people press 确认 at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from accounts.models import User
from core import clock
from core.models import AuditEvent
from schools import services
from schools.models import Employment, RosterImport, Teacher
from schools.services import applying
from tests.people import a_school, a_teacher
from tests.schools.rosters import roster_xlsx, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Run the acts in threads that start together; returns what they raised."""
    gate = threading.Barrier(len(acts))
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def previewed(deliver) -> RosterImport:
    school = a_school("浉河区第一小学")
    admin = a_teacher("赵静", school=school, posts=["school_admin"], number="A0").user
    assert admin is not None
    rows = [["S0001", f"B{number}", "王芳", "", "班主任"] for number in range(30)]
    return uploaded(admin, school, roster_xlsx(rows), deliver)


def admin() -> User:
    return User.objects.get(teacher__staff_number="A0")


def imported() -> int:
    return AuditEvent.objects.filter(verb="roster.imported").count()


def confirm_and_apply(roster: RosterImport) -> Callable[[], object]:
    def act() -> None:
        own = RosterImport.objects.get(pk=roster.pk)
        services.confirm_roster(actor=admin(), roster=own)
        services.apply_roster(actor=admin(), roster_id=roster.pk)

    return act


def test_two_confirmations_at_once_import_once(previewed):
    assert at_once(*[confirm_and_apply(previewed)] * 4) == []
    previewed.refresh_from_db()
    assert (previewed.state, previewed.created_count) == ("done", 30)
    assert Teacher.objects.filter(staff_number__startswith="B").count() == 30
    assert Employment.objects.filter(teacher__staff_number__startswith="B").count() == 30
    assert imported() == 1
    assert AuditEvent.objects.filter(verb="roster.confirmed").count() == 1


def test_the_control_that_only_looks_at_the_state_imports_twice(previewed):
    """Without the conditional update and the lock, both writers believe to be the only one."""
    looked = threading.Barrier(2)
    RosterImport.objects.filter(pk=previewed.pk).update(state="applying", confirmed_at=clock.now())

    def naive() -> None:
        own = RosterImport.objects.select_related("unit").get(pk=previewed.pk)
        assert own.state == "applying"
        looked.wait(30)
        applying.announce(actor=admin(), roster=own)
        RosterImport.objects.filter(pk=own.pk).update(state="done")

    assert at_once(naive, naive) == []
    assert imported() == 2
