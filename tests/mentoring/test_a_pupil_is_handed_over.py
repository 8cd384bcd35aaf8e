"""林小雨 passes from 王芳 to 李强: the principal offers, 王芳 writes, 李强 accepts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Notice
from core import clock
from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from core.reasons import ReasonMissing
from mentoring import services
from mentoring.models import Conflict, Handover, HandoverBrief
from mentoring.services.handing_over import (
    BriefMissing,
    HandoverClosed,
    HandoverOpen,
    NotBriefed,
    NothingToHandOver,
)
from mentoring.services.pairing import ConflictStands, NotQualified, WorksElsewhere
from schools.models import Role
from tests.mentoring.handing import (
    BRIEF,
    TODAY,
    after_a_week,
    briefed,
    browser_of,
    mentors_of,
    offered,
    text_of,
)
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    return after_a_week(at)


def test_until_the_next_mentor_accepts_nothing_changes_and_then_all_at_once(school):
    row = briefed(school)
    assert mentors_of(school) == [("王芳", TODAY, None)]
    done = services.accept_handover(actor=school.user("李强"), handover=row)
    today = clock.today()
    assert mentors_of(school) == [("王芳", TODAY, today), ("李强", today, None)]
    assert (done.state, done.made.mentor.name, done.made.reason) == (
        "accepted",
        "李强",
        "学生交接",
    )
    assert OutboxEvent.objects.filter(kind__endswith="MentorChanged").count() == 1


def test_each_step_done_twice_is_done_once(school):
    (first,) = offered(school)
    assert offered(school) == [first]
    for text in (BRIEF, "第二次点击，另一段说明文字。"):
        services.brief_handover(actor=school.user("王芳"), handover=first, text=text)
    for _click in range(2):
        services.accept_handover(actor=school.user("李强"), handover=first)
    assert HandoverBrief.objects.get().text == BRIEF
    assert [name for name, *_ in mentors_of(school)] == ["王芳", "李强"]
    verbs = AuditEvent.objects.filter(verb__endswith="_handover").values_list("verb", flat=True)
    assert sorted(verbs) == [
        "mentoring.accept_handover",
        "mentoring.brief_handover",
        "mentoring.offer_handover",
    ]


def test_the_brief_lies_encrypted_and_in_no_notice(school):
    briefed(school)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mentoring_handoverbrief")
        assert BRIEF.encode() not in bytes(cursor.fetchone()[0])
        cursor.execute("SELECT reason FROM mentoring_handover")
        assert "王芳老师休产假".encode() not in bytes(cursor.fetchone()[0])
    told = {notice.user: notice.text for notice in Notice.objects.filter(kind="handover")}
    assert told == {
        school.user("王芳"): "有学生等待您写交接说明。",
        school.user("李强"): "有学生等待您接手。",
    }


def test_the_former_mentor_reads_nothing_on_the_next_request(school):
    services.log_check_in(
        actor=school.user("王芳"),
        pupils=[school.pupils["林小雨"]],
        kind="talk",
        outcome="made",
        occurred_at=clock.now(),
        submission_key=uuid4(),
        text="聊了转学后的同桌。",
    )
    school.people["王芳"].posts.update(ends_on=TODAY)
    former, following = browser_of(school.user("王芳")), browser_of(school.user("李强"))
    page = reverse("mentoring:pupil", args=[school.pupils["林小雨"].pk])
    row = briefed(school)
    handover = reverse("mentoring:handover", args=[row.pk])
    assert BRIEF in text_of(former.get(handover))
    assert "聊了转学后的同桌" in text_of(former.get(page))
    answer = following.post(reverse("mentoring:handover_accept", args=[row.pk]))
    assert answer["Location"] == page
    assert former.get(page).status_code == 404
    assert former.get(handover).status_code == 404
    seen = text_of(following.get(page))
    assert BRIEF in seen
    assert "聊了转学后的同桌" not in seen


@pytest.mark.parametrize(
    ("reader", "status", "reads"),
    [
        ("王芳", 200, True),
        ("李强", 200, True),
        ("赵敏", 200, False),
        ("psych", 200, True),
        ("colleague", 404, False),
        ("stranger", 404, False),
        ("superuser", 404, False),
    ],
)
def test_the_brief_is_read_by_the_two_mentors_and_the_psychology_teacher_only(
    school, reader, status, reads
):
    row = briefed(school)
    others = {
        "psych": lambda: (
            a_teacher("周静", school=school.unit, posts=[Role.PSYCHOLOGY_TEACHER]).user
        ),
        "colleague": lambda: a_teacher("马丽", school=school.unit).user,
        "stranger": lambda: (
            a_teacher("钱坤", school=a_school("固始县第一中学"), posts=[Role.PRINCIPAL]).user
        ),
        "superuser": lambda: a_superuser(school),
    }
    user = others[reader]() if reader in others else school.user(reader)
    answer = browser_of(user).get(reverse("mentoring:handover", args=[row.pk]))
    assert answer.status_code == status
    assert (BRIEF in answer.content.decode()) is reads
    looked = AuditEvent.objects.filter(verb="mentoring.open_handover")
    assert [look.detail["words"] for look in looked] == ([int(reads)] if status == 200 else [])


def a_superuser(school):
    root = a_teacher("金星", school=school.unit).user
    root.is_superuser = root.is_staff = True
    root.save()
    return root


def test_an_unbriefed_pupil_cannot_be_taken_and_an_empty_brief_is_none(school):
    (row,) = offered(school)
    with pytest.raises(NotBriefed, match="还没有写交接说明"):
        services.accept_handover(actor=school.user("李强"), handover=row)
    with pytest.raises(BriefMissing):
        services.brief_handover(actor=school.user("王芳"), handover=row, text="  都好  ")
    assert not HandoverBrief.objects.exists()
    assert mentors_of(school) == [("王芳", TODAY, None)]


def test_nobody_else_takes_a_step(school):
    (row,) = offered(school)
    for step, actor, given in (
        (services.brief_handover, "李强", {"text": BRIEF}),
        (services.brief_handover, "赵敏", {"text": BRIEF}),
        (services.accept_handover, "王芳", {}),
        (services.accept_handover, "赵敏", {}),
        (services.refuse_handover, "王芳", {"reason": "带的学生已满"}),
        (services.withdraw_handover, "王芳", {"reason": "不用交接了"}),
    ):
        with pytest.raises(Missing):
            step(actor=school.user(actor), handover=row, **given)
    with pytest.raises(Missing):
        offered(school, "高子涵", by="王芳")
    row.refresh_from_db()
    assert (row.state, Handover.objects.count()) == ("offered", 1)


def test_declining_needs_a_reason_that_the_head_reads_and_changes_no_pair(school):
    row = briefed(school)
    with pytest.raises(ReasonMissing):
        services.refuse_handover(actor=school.user("李强"), handover=row, reason="不")
    services.refuse_handover(actor=school.user("李强"), handover=row, reason="带的学生已满额")
    with pytest.raises(HandoverClosed):
        services.accept_handover(actor=school.user("李强"), handover=row)
    assert mentors_of(school) == [("王芳", TODAY, None)]
    page = browser_of(school.user("赵敏")).get(reverse("mentoring:handover", args=[row.pk]))
    assert "带的学生已满额" in text_of(page)
    assert Notice.objects.filter(user=school.user("赵敏"), kind="handover").count() == 1


def test_a_withdrawn_offer_can_be_made_anew_to_another(school):
    (row,) = offered(school)
    with pytest.raises(HandoverOpen, match="林小雨已有一项未完成的交接"):
        offered(school, to="赵敏")
    services.withdraw_handover(actor=school.user("赵敏"), handover=row, reason="改由校长接手")
    (again,) = offered(school, to="赵敏")
    assert (again.to_mentor.name, Handover.objects.count()) == ("赵敏", 2)


def test_all_pupils_are_offered_or_none(school):
    with pytest.raises(NothingToHandOver, match="陈思远今天没有别的导师"):
        offered(school, "林小雨", "陈思远")
    assert not Handover.objects.exists()
    assert {row.pupil.name for row in offered(school, "林小雨", "高子涵")} == {"林小雨", "高子涵"}
    assert Notice.objects.filter(user=school.user("王芳"), kind="handover").count() == 1


def test_what_makes_the_two_no_pair_is_asked_again_when_it_is_accepted(school):
    row = briefed(school)
    Conflict.objects.create(
        teacher=school.people["李强"],
        pupil=school.pupils["林小雨"],
        kind="relative",
        declared_by=school.people["李强"],
        starts_on=clock.today(),
    )
    with pytest.raises(ConflictStands):
        services.accept_handover(actor=school.user("李强"), handover=row)
    visitor = a_teacher("外聘", school=a_school("平桥区第二小学"))
    with pytest.raises(WorksElsewhere):
        services.offer_handover(
            actor=school.user("赵敏"),
            pupils=[school.pupils["高子涵"]],
            mentor=visitor,
            reason="王芳老师休产假",
        )
    services.set_care_cadence(
        pupil_id=school.pupils["周一鸣"].pk,
        days=7,
        weight=4,
        needs_qualified=True,
        on=clock.today(),
    )
    with pytest.raises(NotQualified):
        offered(school, "周一鸣")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "accepted"},
        {"state": "refused", "closed_at": "2026-03-09T12:00:00+08:00"},
        {"state": "briefed"},
        {"closed_at": "2026-03-09T12:00:00+08:00"},
        {"state": "dreamt"},
    ],
)
def test_the_database_keeps_a_handover_whole(school, changes):
    (row,) = offered(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=row.pk).update(to_mentor=row.from_mentor)


def test_the_whole_way_on_the_pages(school):
    head = browser_of(school.user("赵敏"))
    mentors = head.get(reverse("mentoring:mentors", args=[school.unit.pk]))
    address = reverse("mentoring:handover_offer", args=[school.people["王芳"].pk])
    assert address in mentors.content.decode()
    body = {
        "pupils": [str(school.pupils["林小雨"].pk)],
        "mentor": str(school.people["李强"].pk),
        "reason": "王芳老师休产假",
    }
    assert "请选择要交接的学生" in text_of(head.post(address, body | {"pupils": []}))
    for _click in range(2):
        head.post(address, body)
    row = Handover.objects.get()
    giver, taker = browser_of(school.user("王芳")), browser_of(school.user("李强"))
    assert "1项交接等您处理" in text_of(giver.get(reverse("mentoring:caseload")))
    assert "1项学生交接等您处理" in text_of(giver.get("/home/"))
    assert "请写交接说明" in text_of(giver.get(reverse("mentoring:handovers")))
    answer = giver.post(reverse("mentoring:handover_brief", args=[row.pk]), {"text": "短"})
    assert answer.status_code == 422
    giver.post(reverse("mentoring:handover_brief", args=[row.pk]), {"text": BRIEF})
    assert "说明已写好" in text_of(taker.get(reverse("mentoring:handovers")))
    assert BRIEF in text_of(taker.get(reverse("mentoring:handover", args=[row.pk])))
    for _click in range(2):
        taker.post(reverse("mentoring:handover_accept", args=[row.pk]))
    assert "林小雨" in text_of(taker.get(reverse("mentoring:caseload")))
    assert "林小雨" not in text_of(giver.get(reverse("mentoring:caseload")))
    assert "已接手" in text_of(head.get(reverse("mentoring:handovers")))


def test_what_waits_a_week_stands_on_the_home_of_the_head(school, at):
    offered(school)
    assert "在等王芳" not in text_of(browser_of(school.user("赵敏")).get("/home/"))
    at((clock.now() + timedelta(days=8)).isoformat())
    page = browser_of(school.user("赵敏")).get("/home/")
    assert "学生交接还没有完成交接已等8天，在等王芳" in text_of(page)
