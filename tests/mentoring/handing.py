"""Handing 林小雨 over from 王芳 to 李强, step by step."""

from __future__ import annotations

import re
from datetime import date

from django.test import Client
from django.urls import reverse

from mentoring import services
from mentoring.models import Handover, MentorAssignment
from tests.mentoring.build import NOON, School, a_small_school, published

TODAY = date(2026, 3, 2)
BRIEF = "周三放学后最愿意谈，妈妈晚上八点后接电话。"


def after_a_week(at) -> School:
    """The small school, a week after its mentors were published."""
    at(NOON)
    made = a_small_school()
    published(made)
    at("2026-03-09T12:00:00+08:00")
    return made


def offered(school, *children: str, to: str = "李强", by: str = "赵敏") -> list[Handover]:
    return services.offer_handover(
        actor=school.user(by),
        pupils=[school.pupils[child] for child in children or ("林小雨",)],
        mentor=school.people[to],
        reason="王芳老师休产假",
    )


def briefed(school) -> Handover:
    (row,) = offered(school)
    return services.brief_handover(actor=school.user("王芳"), handover=row, text=BRIEF)


def mentors_of(school, child: str = "林小雨") -> list[tuple[str, date, date | None]]:
    pairs = MentorAssignment.objects.filter(pupil=school.pupils[child]).order_by("starts_on", "pk")
    return [(pair.mentor.name, pair.starts_on, pair.ends_on) for pair in pairs]


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def sees(school, name: str, row: Handover) -> int:
    page = reverse("mentoring:handover", args=[row.pk])
    return browser_of(school.user(name)).get(page).status_code
