"""Pages of classes and pupils, for who keeps them and who leads a class."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core.models import AuditEvent
from schools import services
from schools.models import ClassTeacher, Pupil, SchoolClass
from tests.people import a_class, a_pupil
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


def test_a_class_teacher_goes_from_home_to_the_own_class_and_a_pupil(room):
    sun = as_person(room, room.sun)
    assert 'href="/schools/classes/"' in text_of(sun, "/home/")
    assert sun.get("/schools/classes/")["Location"] == f"/schools/classes/{room.first.pk}/"
    page = text_of(sun, f"/schools/classes/{room.first.pk}/")
    assert "二年级" in page
    assert f'href="/schools/pupils/{room.lin.pk}/"' in page
    assert 'data-testid="add-pupil"' not in page
    assert "林小雨" in text_of(sun, f"/schools/pupils/{room.lin.pk}/")
    assert AuditEvent.objects.get(verb="pupil.view").basis == "class"


def test_the_psychology_teacher_is_led_to_the_classes_of_the_school(room):
    he = as_person(room, room.he)
    page = f"/schools/units/{room.town.school.pk}/classes/"
    assert he.get("/schools/classes/")["Location"] == page
    shown = text_of(he, page)
    assert "2024级1班" in shown
    assert "孙丽" in shown
    assert 'data-testid="move-up"' not in shown


def test_a_school_admin_records_a_class_its_teacher_and_a_pupil(room):
    zhao = as_person(room, room.town.zhao)
    unit = f"/schools/units/{room.town.school.pk}/"
    assert f'href="{unit}classes/"' in text_of(zhao, unit)
    new = {"entry_year": "2025", "number": "3"}
    assert zhao.post(f"{unit}classes/new/", new)["Location"] == f"{unit}classes/"
    third = SchoolClass.objects.get(entry_year=2025, number=3)
    page = f"/schools/classes/{third.pk}/"
    assert zhao.get(f"{page}teacher/").status_code == 200
    zhao.post(f"{page}teacher/", {"teacher": str(room.town.wang.pk), "on": "2026-03-02"})
    assert ClassTeacher.objects.get(school_class=third).teacher == room.town.wang
    form = {"name": "吴桐", "sex": "male", "guardian": "吴刚", "phone": "13800000031"}
    assert zhao.post(f"{page}pupils/", {**form, "since": "2026-03-02"})["Location"] == page
    assert "吴桐" in text_of(zhao, page)
    again = zhao.post(f"{page}pupils/", {**form, "since": "2026-03-02"}, follow=True)
    assert "此前已经登记" in again.content.decode()


def test_what_is_wrong_stands_beside_its_field(room):
    zhao = as_person(room, room.town.zhao)
    answer = zhao.post(
        f"/schools/classes/{room.first.pk}/pupils/",
        {"name": "吴桐", "sex": "male", "number": "4.13E+17", "since": "2026-03-02"},
    )
    assert answer.status_code == 422
    assert "科学计数法" in answer.content.decode()
    assert not Pupil.objects.filter(name="吴桐").exists()


def test_after_twenty_refused_numbers_the_form_says_when_and_keeps_what_was_typed(room, at):
    at("2026-03-02T09:50:00+08:00")
    luo = a_pupil("罗燕", school_class=a_class(1, school=room.town.far))
    services.correct_pupil(actor=None, pupil=luo, name="罗燕", sex="female", number="G1001998")
    zhao, page = as_person(room, room.town.zhao), f"/schools/classes/{room.first.pk}/pupils/"
    form = {"name": "吴桐", "sex": "male", "number": "G1001998", "since": "2026-03-02"}
    answers = [zhao.post(page, form) for _try in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert answers[-1]["Retry-After"] == "600"
    assert "操作过于频繁，请稍后再试。" in answers[-1].content.decode()
    assert 'value="吴桐"' in answers[-1].content.decode()
    assert AuditEvent.objects.filter(verb="pupil.number_refused").count() == 20


def test_a_number_is_masked_until_it_is_asked_for_with_a_purpose(room):
    services.correct_pupil(
        actor=None, pupil=room.lin, name="林小雨", sex="female", number="G1001999"
    )
    guardian, _new = services.add_guardian(
        actor=None, pupil=room.lin, name="林建国", phone="13800000021"
    )
    sun, page = as_person(room, room.sun), f"/schools/pupils/{room.lin.pk}/"
    masked = text_of(sun, page)
    assert "138****0021" in masked
    assert "****1999" in masked
    assert "G1001999" not in masked
    assert sun.post(f"{page}number/").status_code == 422
    shown = sun.post(f"{page}number/", {"purpose": "pupil_check"})
    assert "G1001999" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    phone = sun.post(
        f"{page}guardians/{guardian.pk}/phone/", {"purpose": "contact_guardian"}
    ).content.decode()
    assert "13800000021" in phone
    assert AuditEvent.objects.get(verb="pupil.phone").purpose == "contact_guardian"
    head = text_of(as_person(room, room.town.li), page)
    assert "林小雨" in head
    assert "林建国" not in head
    assert "1999" not in head


def test_a_school_admin_corrects_places_and_lets_a_pupil_leave(room):
    zhao, page = as_person(room, room.town.zhao), f"/schools/pupils/{room.lin.pk}/"
    for step in ("correction/", "class/", "leave/", "guardians/"):
        assert zhao.get(page + step).status_code == 200
    zhao.post(f"{page}correction/", {"name": "林晓雨", "sex": "female"})
    zhao.post(f"{page}guardians/", {"name": "李梅", "relation": "母亲", "phone": "13800000022"})
    zhao.post(f"{page}class/", {"school_class": str(room.second.pk), "on": "2026-03-02"})
    shown = text_of(zhao, page)
    assert "林晓雨" in shown
    assert ">李梅</td>" in shown
    assert ">母亲</td>" in shown
    assert "2024级2班" in shown
    zhao.post(f"{page}leave/", {"reason": "left", "on": "2026-03-09"})
    assert room.lin.memberships.latest("starts_on").ends_on == date(2026, 3, 9)


def test_a_new_school_year_is_one_button(room, at):
    a_pupil("唐糖", school_class=a_class(1, school=room.town.school, entry_year=2020))
    zhao = as_person(room, room.town.zhao)
    address = f"/schools/units/{room.town.school.pk}/classes/up/"
    assert "没有需要结束的毕业班" in zhao.post(address, follow=True).content.decode()
    at("2026-09-03T09:00:00+08:00")
    again = as_person(room, room.town.zhao).post(address, follow=True).content.decode()
    assert "已结束 1 个毕业班，1 名学生毕业" in again
    assert "已毕业" in again


def test_a_county_officer_sees_classes_without_names_and_small_counts(room):
    chen = as_person(room, room.town.chen)
    shown = text_of(chen, f"/schools/units/{room.town.school.pk}/classes/")
    assert "少于 10 人" in shown
    page = text_of(chen, f"/schools/classes/{room.first.pk}/")
    assert "林小雨" not in page
    assert 'data-testid="pupils"' not in page
    assert chen.get(f"/schools/pupils/{room.lin.pk}/").status_code == 404


def test_a_class_of_fifty_costs_as_many_queries_as_one_of_two(room, django_assert_max_num_queries):
    sun, page = as_person(room, room.sun), f"/schools/classes/{room.first.pk}/"
    for number in range(48):
        a_pupil(f"学{chr(0x4E00 + number)}", school_class=room.first)
    with django_assert_max_num_queries(32):
        assert sun.get(page).status_code == 200


def test_after_a_mistake_of_a_strangers_record_the_clerk_stands_on_the_class_page(room):
    services.leave_school(actor=None, pupil=room.lin, reason="moved_school", on=date(2026, 2, 27))
    far = SchoolClass.objects.get(unit=room.town.far)
    services.place_pupil(actor=None, pupil=room.lin, school_class=far)
    shi = as_person(room, room.town.shi)
    sent = {"reason": "mistake", "on": "2026-03-02"}
    answer = shi.post(f"/schools/pupils/{room.lin.pk}/leave/", sent)
    assert answer["Location"] == f"/schools/classes/{far.pk}/"
    assert shi.get(answer["Location"]).status_code == 200
    assert shi.get(f"/schools/pupils/{room.lin.pk}/").status_code == 404
