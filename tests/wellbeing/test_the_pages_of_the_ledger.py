"""The ledger on its pages: proposed by one, confirmed by the other, ended by both, hidden else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from mentoring.models import CareCadence
from tests.wellbeing.build import WHY, House, confirmed, proposed
from wellbeing.models import LedgerEntry, LedgerSignature

pytestmark = pytest.mark.django_db
LEDGER, NEW = "/wellbeing/ledger/", "/wellbeing/ledger/new/"


def enter(client, house: House, name: str):
    client.force_login(house.user(name))
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_psychology_teacher_chooses_the_class_first_and_then_the_pupil(client, house):
    enter(client, house, "周敏")
    choice = text_of(client.get(NEW))
    assert "林小雨" not in choice
    first, second = house.classes
    assert all(f"?class={one.pk}" in choice for one in (first, second))
    form = text_of(client.get(f"{NEW}?class={first.pk}"))
    assert "林小雨" in form
    assert "陈思远" not in form


def test_a_class_teacher_proposes_from_the_own_class_and_the_other_confirms(client, house):
    enter(client, house, "王芳")
    pupil = house.pupils["林小雨"]
    body = {"pupil": str(pupil.pk), "category": "left_behind", "reason": WHY}
    for _click in range(2):
        answer = client.post(NEW, body)
    entry = LedgerEntry.objects.get()
    assert answer["Location"] == f"{LEDGER}{entry.pk}/"
    assert "等心理教师确认" in text_of(client.get(LEDGER))
    enter(client, house, "周敏")
    waiting = text_of(client.get(LEDGER))
    assert "等您确认" in waiting
    client.post(f"{LEDGER}{entry.pk}/confirmation/")
    page = text_of(client.get(f"{LEDGER}{entry.pk}/"))
    assert "关注中" in page
    assert WHY in page
    assert LedgerSignature.objects.filter(entry=entry).count() == 2


def test_what_was_typed_stays_when_the_grounds_are_too_short(client, house):
    enter(client, house, "王芳")
    body = {"pupil": str(house.pupils["高子涵"].pk), "category": "orphan", "reason": "孤儿"}
    answer = client.post(NEW, body)
    assert answer.status_code == 422
    assert "至少 4 个字" in text_of(answer)
    assert "孤儿" in text_of(answer)
    assert LedgerEntry.objects.count() == 0


def test_a_pupil_of_another_class_cannot_be_slipped_in(client, house):
    enter(client, house, "王芳")
    body = {"pupil": str(house.pupils["陈思远"].pk), "category": "orphan", "reason": WHY}
    assert client.post(NEW, body).status_code == 422
    assert LedgerEntry.objects.count() == 0


def test_one_person_does_not_sign_twice_and_reads_why(client, house):
    entry = proposed(house)
    enter(client, house, "周敏")
    page = text_of(client.get(f"{LEDGER}{entry.pk}/"))
    assert 'data-testid="confirm"' not in page
    assert 'data-testid="withdraw"' in page
    client.post(f"{LEDGER}{entry.pk}/confirmation/")
    assert LedgerSignature.objects.count() == 1


def test_a_proposal_is_withdrawn_once(client, house):
    entry = proposed(house)
    enter(client, house, "王芳")
    for _click in range(2):
        client.post(f"{LEDGER}{entry.pk}/withdrawal/")
    entry.refresh_from_db()
    assert entry.closing == "withdrawn"
    assert "已撤回" in text_of(client.get(LEDGER))


def test_both_end_it_each_once(client, house):
    entry = confirmed(house)
    for name in ("周敏", "王芳"):
        enter(client, house, name)
        for _click in range(2):
            client.post(f"{LEDGER}{entry.pk}/end/", {"reason": "父母已返乡共同生活"})
    entry.refresh_from_db()
    assert entry.closing == "ended"
    page = text_of(client.get(f"{LEDGER}{entry.pk}/"))
    assert page.count("父母已返乡共同生活") == 2
    assert LedgerSignature.objects.filter(entry=entry).count() == 4
    assert CareCadence.objects.count() == 0


def test_why_it_ends_must_be_said_and_nothing_is_lost(client, house):
    entry = confirmed(house)
    enter(client, house, "周敏")
    answer = client.post(f"{LEDGER}{entry.pk}/end/", {"reason": "好"})
    assert answer.status_code == 422
    assert ">\n好</textarea>" in text_of(answer)
    assert LedgerSignature.objects.filter(entry=entry).count() == 2


@pytest.mark.parametrize("name", ["陈副", "赵磊", "李娜", "冯涛", "韩冰", "金星"])
def test_for_everybody_else_there_is_no_ledger(client, house, name):
    entry = confirmed(house)
    enter(client, house, name)
    for address in (LEDGER, NEW, f"{LEDGER}{entry.pk}/", f"{LEDGER}{entry.pk}/end/"):
        assert client.get(address).status_code == 404, address
    assert client.post(f"{LEDGER}{entry.pk}/confirmation/").status_code == 404
    assert not AuditEvent.objects.filter(verb__startswith="wellbeing.read").exists()


def test_another_class_and_another_school_find_nothing(client, house):
    entry = confirmed(house)
    for name in ("李强", "许静"):
        enter(client, house, name)
        assert client.get(f"{LEDGER}{entry.pk}/").status_code == 404
        assert "林小雨" not in text_of(client.get(LEDGER))


def test_every_look_is_traced(client, house):
    entry = confirmed(house)
    enter(client, house, "周敏")
    client.get(LEDGER)
    client.get(f"{LEDGER}{entry.pk}/")
    looks = AuditEvent.objects.filter(verb__startswith="wellbeing.read").order_by("at")
    assert [look.verb for look in looks] == ["wellbeing.read_ledger", "wellbeing.read_entry"]
    assert "林小雨" not in str(list(looks.values_list("detail", flat=True)))


def test_the_room_tells_a_class_teacher_what_waits_and_names_nobody(client, house):
    proposed(house)
    page = text_of(enter(client, house, "王芳").get("/wellbeing/"))
    assert "1 条关注记录等您确认" in page
    assert "等待接手" not in page
    assert "林小雨" not in page
    assert "没有等您确认的关注记录" in text_of(enter(client, house, "周敏").get("/wellbeing/"))


def test_a_longer_ledger_asks_no_more(client, house):
    confirmed(house, "林小雨", "orphan")
    enter(client, house, "周敏")
    with CaptureQueriesContext(connection) as short:
        client.get(LEDGER)
    confirmed(house, "高子涵", "orphan")
    confirmed(house, "陈思远", "divorced")
    with CaptureQueriesContext(connection) as long:
        assert "离异家庭" in text_of(client.get(LEDGER))
    assert len(long) <= len(short)
