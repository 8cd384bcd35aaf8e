"""A household is kept: its guardians, and which children belong to it."""

from __future__ import annotations

import pytest
from django.test import Client

from core.errors import Invalid, Missing
from core.models import AuditEvent
from schools import services
from schools.models import Guardian
from schools.selectors import pupils
from tests.people import a_pupil
from tests.schools.classroom import Classroom, a_classroom


@pytest.fixture
def room(places) -> Classroom:
    return a_classroom(places)


def as_person(room: Classroom, teacher) -> Client:
    client = Client()
    client.force_login(room.user(teacher))
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_guardians_are_added_corrected_and_taken_off(room):
    lin, keeper = room.lin, {"actor": room.admin, "pupil": room.lin}
    guardian, new = services.add_guardian(
        name="林建国", relation="父亲", phone="13800000021", **keeper
    )
    assert new
    same = {"name": "林建国", "relation": "父亲", "phone": "13800000021"}
    assert services.add_guardian(**same, **keeper) == (guardian, False)
    with pytest.raises(services.GuardianStands):
        services.add_guardian(name="林建国", phone="13800000022", **keeper)
    services.correct_guardian(guardian=guardian, name="林建国", relation="祖父", **keeper)
    guardian.refresh_from_db()
    assert (guardian.relation, guardian.phone) == ("祖父", "13800000021")
    services.correct_guardian(
        guardian=guardian, name="林建国", relation="祖父", phone="13800000022", **keeper
    )
    found = Guardian.objects.get(phone_index=pupils.index_of("13800000022", pupils.PHONE))
    assert found == guardian
    with pytest.raises(Missing):
        services.correct_guardian(
            actor=room.admin, pupil=room.gao, guardian=guardian, name="林建国"
        )
    with pytest.raises(Invalid):
        services.remove_guardian(guardian=guardian, reason="", **keeper)
    assert services.remove_guardian(guardian=guardian, reason="deceased", **keeper)
    assert not services.remove_guardian(guardian=guardian, reason="deceased", **keeper)
    assert lin.household.guardians.count() == 0
    verbs = AuditEvent.objects.filter(verb__startswith="guardian.").order_by("at")
    assert [row.verb for row in verbs] == [
        "guardian.added",
        "guardian.corrected",
        "guardian.corrected",
        "guardian.removed",
    ]
    assert [row.detail.get("columns") for row in verbs][1:3] == [["relation"], ["phone"]]
    assert verbs[3].detail == {"guardian": str(guardian.pk), "reason": "deceased"}


def test_two_guardians_of_a_household_do_not_share_a_name(room):
    keeper = {"actor": room.admin, "pupil": room.lin}
    services.add_guardian(name="林建国", **keeper)
    mother, _new = services.add_guardian(name="李梅", **keeper)
    with pytest.raises(services.GuardianStands):
        services.correct_guardian(guardian=mother, name="林建国", **keeper)


def test_an_only_child_gives_the_household_its_code_and_a_sibling_joins_with_the_guardians(room):
    keeper = {"actor": room.admin}
    home = room.lin.household
    household, changed = services.join_household(pupil=room.lin, family="h001", **keeper)
    assert (household, household.code, changed) == (home, "H001", True)
    assert services.join_household(pupil=room.lin, family="H001", **keeper) == (home, False)
    services.add_guardian(pupil=room.gao, name="李梅", **keeper)
    with pytest.raises(services.HouseholdHasPupils) as caught:
        services.join_household(pupil=room.gao, family="H001", **keeper)
    assert "编号H001下已有 1 名学生：林小雨。" in str(caught.value)
    joined, _changed = services.join_household(
        pupil=room.gao, family="H001", seen=caught.value.seen, **keeper
    )
    room.gao.refresh_from_db()
    assert (joined, room.gao.household) == (home, home)
    assert [one.name for one in home.guardians.all()] == ["李梅"]
    moved, _changed = services.join_household(pupil=room.gao, family="H002", **keeper)
    assert (moved == home, moved.code) == (False, "H002")
    with pytest.raises(Invalid):
        services.join_household(pupil=room.gao, family="", **keeper)


def test_two_clerks_correct_one_guardian_and_the_second_sees_what_the_first_wrote(room):
    guardian, _new = services.add_guardian(actor=None, pupil=room.lin, name="林建国")
    zhao = as_person(room, room.town.zhao)
    page = f"/schools/pupils/{room.lin.pk}/"
    address = f"{page}guardians/{guardian.pk}/correction/"
    assert f'href="{address}"' in text_of(zhao, page)
    seen = zhao.get(address).context["form"].initial["seen"]
    services.correct_guardian(
        actor=None, pupil=room.lin, guardian=guardian, name="林建国", relation="祖父"
    )
    late = zhao.post(address, {"name": "林建民", "relation": "父亲", "seen": seen})
    assert late.status_code == 422
    words = late.content.decode()
    assert "已被他人更正，现在登记的是：林建国、祖父。" in words
    assert 'value="林建民"' in words
    again = late.context["form"]["seen"].value()
    sent = {"name": "林建民", "relation": "父亲", "seen": again}
    assert zhao.post(address, sent).status_code == 302
    guardian.refresh_from_db()
    assert (guardian.name, guardian.relation) == ("林建民", "父亲")


def test_a_clerk_takes_a_guardian_off_with_a_reason_for_the_siblings_too(room):
    guardian, _new = services.add_guardian(actor=None, pupil=room.lin, name="林建国")
    services.add_guardian(actor=None, pupil=room.lin, name="李梅")
    zhao = as_person(room, room.town.zhao)
    page = f"/schools/pupils/{room.lin.pk}/"
    address = f"{page}guardians/{guardian.pk}/removal/"
    assert f'href="{address}"' in text_of(zhao, page)
    assert "同一家庭的兄弟姐妹也不再有这位监护人" in text_of(zhao, address)
    assert zhao.post(address, {"reason": ""}).status_code == 422
    assert Guardian.objects.count() == 2
    answer = zhao.post(address, {"reason": "no_longer"}, follow=True)
    assert "监护人已删除。" in answer.content.decode()
    assert [one.name for one in Guardian.objects.all()] == ["李梅"]
    assert AuditEvent.objects.get(verb="guardian.removed").detail["reason"] == "no_longer"
    assert zhao.post(address, {"reason": "no_longer"}).status_code == 404


def test_a_guardian_who_was_corrected_meanwhile_is_not_taken_off_by_an_old_page(room):
    guardian, _new = services.add_guardian(actor=None, pupil=room.lin, name="林建国")
    zhao = as_person(room, room.town.zhao)
    address = f"/schools/pupils/{room.lin.pk}/guardians/{guardian.pk}/removal/"
    seen = zhao.get(address).context["form"].initial["seen"]
    services.correct_guardian(actor=None, pupil=room.lin, guardian=guardian, name="林建民")
    late = zhao.post(address, {"reason": "mistake", "seen": seen})
    assert late.status_code == 422
    assert "已被他人更正，现在登记的是：林建民。" in late.content.decode()
    assert Guardian.objects.get().name == "林建民"
    again = late.context["form"]["seen"].value()
    assert zhao.post(address, {"reason": "mistake", "seen": again}).status_code == 302
    assert not Guardian.objects.exists()


def test_a_clerk_sees_who_is_in_a_household_before_a_pupil_joins_it(room):
    services.join_household(actor=None, pupil=room.gao, family="H001")
    services.add_guardian(actor=None, pupil=room.gao, name="高强")
    zhao = as_person(room, room.town.zhao)
    page = f"/schools/pupils/{room.lin.pk}/"
    assert f'href="{page}household/"' in text_of(zhao, page)
    asked = zhao.post(f"{page}household/", {"family": "h001"})
    assert asked.status_code == 422
    assert "编号H001下已有 1 名学生：高子涵。" in asked.content.decode()
    room.lin.refresh_from_db()
    assert room.lin.household != room.gao.household
    sent = {"family": "h001", "seen": asked.context["form"]["seen"].value()}
    assert f'name="seen" value="{sent["seen"]}"' in asked.content.decode()
    done = zhao.post(f"{page}household/", sent, follow=True)
    shown = done.content.decode()
    assert "已归入这个家庭。" in shown
    assert "高子涵" in shown
    assert ">高强</td>" in shown


@pytest.fixture
def shown(room) -> tuple[Client, str, str]:
    """赵静, the page where she brings 林小雨 into H001, and the mark of 高子涵 whom it named."""
    services.join_household(actor=None, pupil=room.gao, family="H001")
    zhao = as_person(room, room.town.zhao)
    page = f"/schools/pupils/{room.lin.pk}/household/"
    asked = zhao.post(page, {"family": "H001"})
    return zhao, page, asked.context["form"]["seen"].value()


@pytest.mark.parametrize("mark", ["", "on", "0" * 64])
def test_nobody_joins_a_household_whose_pupils_were_not_shown(room, shown, mark):
    zhao, page, _seen = shown
    asked = zhao.post(page, {"family": "H001", "seen": mark, "same_family": "on"})
    assert asked.status_code == 422
    assert "编号H001下已有 1 名学生：高子涵。" in asked.content.decode()
    room.lin.refresh_from_db()
    assert room.lin.household.code == ""


def test_what_was_shown_of_one_code_says_nothing_of_another(room, shown):
    zhao, page, seen = shown
    services.join_household(
        actor=None, pupil=a_pupil("周涛", school_class=room.second, sex="male"), family="H002"
    )
    asked = zhao.post(page, {"family": "H002", "seen": seen})
    assert asked.status_code == 422
    assert "编号H002下已有 1 名学生：周涛。" in asked.content.decode()
    assert asked.context["form"]["seen"].value() != seen


def test_who_came_in_after_the_look_is_shown_before_anybody_joins(room, shown):
    zhao, page, seen = shown
    sister = a_pupil("高小雪", school_class=room.second)
    with pytest.raises(services.HouseholdHasPupils) as there:
        services.join_household(actor=None, pupil=sister, family="H001")
    services.join_household(actor=None, pupil=sister, family="H001", seen=there.value.seen)
    asked = zhao.post(page, {"family": "H001", "seen": seen})
    assert asked.status_code == 422
    assert "编号H001下已有 2 名学生：高小雪、高子涵。" in asked.content.decode()
    again = asked.context["form"]["seen"].value()
    assert zhao.post(page, {"family": "H001", "seen": again}).status_code == 302
    room.lin.refresh_from_db()
    assert room.lin.household == room.gao.household


def test_a_class_teacher_reads_the_household_and_keeps_none_of_it(room):
    guardian, _new = services.add_guardian(actor=None, pupil=room.lin, name="林建国")
    sun = as_person(room, room.sun)
    page = f"/schools/pupils/{room.lin.pk}/"
    assert "removal/" not in text_of(sun, page)
    for step in ("household/", f"guardians/{guardian.pk}/removal/"):
        assert sun.post(f"{page}{step}", {"family": "H1", "reason": "mistake"}).status_code == 404
    assert Guardian.objects.get() == guardian
