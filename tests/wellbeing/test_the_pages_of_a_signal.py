"""A worry is written on a page, waits in the inbox of two people, and is taken on by one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from core import clock
from core.models import AuditEvent
from tests.wellbeing.build import House, raised
from wellbeing.models import Acknowledgement, Signal

pytestmark = pytest.mark.django_db
NEW = "/wellbeing/signals/new/"
WORRY = {
    "urgency": "orange",
    "pupil_name": "林小雨",
    "class_name": "2024级1班",
    "text": "上课一直哭，说不想活了",
    "names": "",
}


def enter(client, house: House, name: str):
    client.force_login(house.user(name))
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_numbers_to_call_stand_above_the_form(client, house):
    page = text_of(enter(client, house, "李娜").get(NEW))
    places = [page.index(f'href="tel:{number}"') for number in ("110", "120", "12356")]
    assert places == sorted(places)
    assert places[-1] < page.index('name="urgency"')


def test_a_worry_is_sent_once_even_when_the_button_is_clicked_twice(client, house):
    enter(client, house, "李娜")
    body = WORRY | {"submission_key": str(uuid4())}
    for _click in range(2):
        assert client.post(NEW, body)["Location"] == "/wellbeing/signals/sent/?urgency=orange"
    signal = Signal.objects.get()
    assert (signal.text, signal.pupil_id) == (WORRY["text"], house.pupils["林小雨"].pk)


def test_what_was_typed_stays_when_something_is_missing(client, house):
    enter(client, house, "李娜")
    key = str(uuid4())
    answer = client.post(NEW, WORRY | {"text": "", "submission_key": key})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "请写下看到或听到了什么" in page
    assert all(typed in page for typed in ("林小雨", "2024级1班", key, 'href="tel:120"'))
    assert Signal.objects.count() == 0


def test_red_goes_out_without_a_word(client, house):
    enter(client, house, "李娜")
    answer = client.post(
        NEW, {"urgency": "red", "pupil_name": "林小雨", "submission_key": str(uuid4())}
    )
    page = text_of(client.get(answer["Location"]))
    assert Signal.objects.get().urgency == "red"
    assert all(words in page for words in ("35 分钟后", "65 分钟后", 'href="tel:120"'))


def test_the_page_after_it_names_roles_and_times_and_nobody(client, house):
    raised(house)
    page = text_of(enter(client, house, "李娜").get("/wellbeing/signals/sent/?urgency=yellow"))
    assert all(words in page for words in ("学校心理教师", "10 个教学日后", "20 个教学日后"))
    assert not any(name in page for name in ("周敏", "陈副", "赵磊", "林小雨"))


@pytest.mark.parametrize("query", ["", "?urgency=purple"])
def test_whoever_sent_nothing_is_led_to_the_form(client, house, query):
    answer = enter(client, house, "李娜").get(f"/wellbeing/signals/sent/{query}")
    assert (answer.status_code, answer["Location"]) == (302, NEW)


def test_a_class_teacher_chooses_from_the_own_class_and_nobody_elses(client, house):
    own, other = house.pupils["林小雨"], house.pupils["陈思远"]
    enter(client, house, "王芳")
    page = text_of(client.get(NEW))
    assert str(own.pk) in page
    assert str(other.pk) not in page
    client.post(NEW, {"urgency": "red", "pupil": str(own.pk), "submission_key": str(uuid4())})
    assert Signal.objects.get().pupil_id == own.pk
    refused = {"urgency": "red", "pupil": str(other.pk), "submission_key": str(uuid4())}
    assert client.post(NEW, refused).status_code == 422
    assert "我班上的学生" not in text_of(enter(client, house, "李娜").get(NEW))


def test_who_works_at_no_school_reads_whom_to_call(client, house):
    enter(client, house, "冯涛")
    page = text_of(client.get(NEW))
    assert "您目前不在学校任职" in page
    assert 'href="tel:110"' in page
    body = WORRY | {"submission_key": str(uuid4())}
    assert client.post(NEW, body).status_code == 404
    assert Signal.objects.count() == 0


def test_both_recipients_have_it_in_the_inbox_and_a_look_is_traced(client, house):
    signal = raised(house)
    for name in ("周敏", "陈副"):
        page = text_of(enter(client, house, name).get("/wellbeing/"))
        assert "林小雨" in page
        assert f"/wellbeing/signals/{signal.pk}/" in page
    looks = AuditEvent.objects.filter(verb="wellbeing.read_signals")
    assert looks.count() == 2


def test_one_signal_is_opened_with_its_words_and_the_reporter_for_the_psychologist(client, house):
    signal = raised(house)
    address = f"/wellbeing/signals/{signal.pk}/"
    page = text_of(enter(client, house, "周敏").get(address))
    assert "上课一直哭，说不想活了" in page
    assert "李娜" in page
    assert "李娜" not in text_of(enter(client, house, "陈副").get(address))
    assert AuditEvent.objects.filter(verb="wellbeing.read_signal").count() == 2


def test_who_may_not_know_the_reporter_is_not_sent_to_ask(client, house):
    signal = raised(house, urgency="red", text="")
    address = f"/wellbeing/signals/{signal.pk}/"
    assert "请马上找报告人了解" in text_of(enter(client, house, "周敏").get(address))
    page = text_of(enter(client, house, "陈副").get(address))
    assert "请马上见学生本人" in page
    assert "请马上找报告人了解" not in page


@pytest.mark.parametrize("name", ["李娜", "王芳", "许静", "冯涛", "韩冰", "金星"])
def test_for_everybody_else_the_signal_does_not_exist(client, house, name):
    signal = raised(house)
    enter(client, house, name)
    assert client.get(f"/wellbeing/signals/{signal.pk}/").status_code == 404
    taking = client.post(f"/wellbeing/signals/{signal.pk}/acknowledgement/")
    assert taking.status_code == 404
    assert Acknowledgement.objects.count() == 0


@pytest.mark.parametrize("name", ["李娜", "金星"])
def test_the_room_does_not_exist_for_a_teacher_nor_for_a_superuser(client, house, name):
    raised(house)
    assert enter(client, house, name).get("/wellbeing/").status_code == 404


def test_the_button_makes_one_owner_and_the_other_reads_the_name(client, house):
    signal = raised(house)
    address = f"/wellbeing/signals/{signal.pk}/"
    enter(client, house, "周敏")
    for _click in range(2):
        assert client.post(f"{address}acknowledgement/")["Location"] == address
    assert "由您负责" in text_of(client.get(address))
    enter(client, house, "陈副")
    answer = client.post(f"{address}acknowledgement/", follow=True)
    assert "周敏 已经接手。" in text_of(answer)
    assert Acknowledgement.objects.get().by.name == "周敏"
    assert "我接手" not in text_of(client.get(address))


def test_the_county_reads_school_urgency_and_age_and_no_more(client, house):
    raised(house, urgency="red")
    with clock.frozen(clock.now() + timedelta(minutes=84)):
        page = text_of(enter(client, house, "冯涛").get("/wellbeing/"))
    with clock.frozen(clock.now() + timedelta(minutes=40)):
        higher = text_of(enter(client, house, "韩冰").get("/wellbeing/"))
    assert all(words in page for words in ("浉河区第一小学", "红：现在就有危险"))
    assert "1\xa0小时 24\xa0分钟" in page
    assert f'<a href="/schools/units/{house.unit.pk}/">浉河区第一小学</a>' in page
    assert f'<a href="/schools/teachers/{house.people["赵磊"].pk}/">赵磊</a>' in page
    assert not any(words in page for words in ("林小雨", "上课一直哭", "李娜"))
    assert "没有升级到这里的预警信号" in higher


def test_a_pupil_who_has_left_every_class_can_still_be_worried_about(house):
    pupil = house.pupils["林小雨"]
    pupil.memberships.update(ends_on=clock.today(), end_reason="left")
    signal = raised(house, pupil=pupil, pupil_name="", class_name="")
    assert (signal.unit, signal.pupil_id) == (house.unit, pupil.pk)


def test_the_account_menu_leads_to_the_form(client, house):
    user = User.objects.get(pk=house.people["李娜"].user_id)
    client.force_login(user)
    assert f'href="{NEW}"' in text_of(client.get("/home/"))
