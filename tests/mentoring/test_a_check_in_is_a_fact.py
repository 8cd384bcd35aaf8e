"""王芳 logs her contacts; each is added once, is amended or voided beside, and never edited."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from core import clock
from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from core.reasons import ReasonMissing
from mentoring import services
from mentoring.models import Amendment, Contact, ContactPupil, ContactText, ContactVoid
from mentoring.services.contacting import AlreadyVoid, CheckInWrong
from schools.models import Household
from tests.mentoring.build import SPRING, published
from tests.people import a_pupil, a_school, a_teacher

NOTE = "最近睡得晚，约好周五再聊。"


@pytest.fixture
def paired(school):
    published(school)
    return school


def log(school, name="林小雨", by="王芳", **changes) -> Contact:
    facts = {
        "pupils": [school.pupils[name]],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": clock.now() - timedelta(hours=2),
        "submission_key": uuid4(),
        "text": NOTE,
    } | changes
    return services.log_check_in(actor=school.user(by), **facts)


def test_a_talk_is_recorded_with_both_its_times(paired):
    contact = log(paired)
    assert (contact.mentor.name, contact.kind, contact.outcome) == ("王芳", "talk", "made")
    assert contact.recorded_at == clock.now()
    assert contact.recorded_at - contact.occurred_at == timedelta(hours=2)
    assert [row.pupil.name for row in contact.with_pupils.all()] == ["林小雨"]
    assert contact.note.text == NOTE
    assert OutboxEvent.objects.filter(kind__endswith="CheckInLogged").count() == 1


def test_the_words_lie_encrypted_and_nowhere_else(paired):
    contact = log(paired)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mentoring_contacttext")
        stored = bytes(cursor.fetchone()[0])
    assert NOTE.encode() not in stored
    traces = AuditEvent.objects.filter(verb="mentoring.log_check_in")
    assert [(trace.thing_id, trace.detail) for trace in traces] == [
        (str(contact.pk), {"pupils": 1})
    ]
    payload = OutboxEvent.objects.get(kind__endswith="CheckInLogged").payload
    assert set(payload) == {"contact_id", "mentor_id", "unit_id"}


def test_the_same_submission_is_recorded_once(paired):
    key = uuid4()
    first = log(paired, submission_key=key)
    again = log(paired, submission_key=key, text="第二次点击")
    assert again == first
    assert (Contact.objects.count(), ContactText.objects.count()) == (1, 1)
    with pytest.raises(Missing):
        log(paired, "陈思远", by="李强", submission_key=key)


def test_a_contact_without_words_has_no_text(paired):
    log(paired, text="  ")
    assert Contact.objects.count() == 1
    assert not ContactText.objects.exists()


def test_only_ones_own_pupils_can_be_logged(paired):
    visitor = a_teacher("钱伟", school=a_school("平桥区第一小学"))
    for actor in (paired.user("李强"), paired.user("赵敏"), visitor.user):
        with pytest.raises(Missing):
            services.log_check_in(
                actor=actor,
                pupils=[paired.pupils["林小雨"]],
                kind="talk",
                outcome="made",
                occurred_at=clock.now(),
                submission_key=uuid4(),
            )
    assert not Contact.objects.exists()


def test_one_home_visit_is_with_all_children_of_the_house(paired):
    home = Household.objects.create(unit=paired.unit, code="H1")
    lin = paired.pupils["林小雨"]
    lin.household = home
    lin.save()
    sister = a_pupil("林小雪", school_class=paired.classes[1], household=home, since=SPRING)
    visit = log(paired, pupils=[lin, sister], kind="visit")
    assert ContactPupil.objects.filter(contact=visit).count() == 2
    with pytest.raises(Missing):
        log(paired, pupils=[lin, sister], kind="talk")
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pupils": []}, "pupils"),
        ({"kind": "lunch"}, "kind"),
        ({"outcome": "nice"}, "outcome"),
        ({"occurred_at": datetime.fromisoformat("2026-03-02T12:11:00+08:00")}, "occurred_at"),
        ({"occurred_at": datetime.fromisoformat("2025-08-01T12:00:00+08:00")}, "occurred_at"),
        ({"text": "长" * 2_001}, "text"),
    ],
)
def test_a_wrong_check_in_names_its_field_and_records_nothing(paired, changes, field):
    with pytest.raises(CheckInWrong) as refusal:
        log(paired, **changes)
    assert set(refusal.value.fields) == {field}
    assert not Contact.objects.exists()


def test_a_clock_that_is_a_little_fast_is_let_pass(paired):
    contact = log(paired, occurred_at=clock.now() + timedelta(minutes=9))
    assert contact.pk is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(
            mentor=contact.mentor,
            unit=contact.unit,
            kind="talk",
            outcome="made",
            occurred_at=clock.now() + timedelta(minutes=11),
            submission_key=uuid4(),
        )


def test_what_was_logged_is_not_edited_by_anybody(paired):
    contact = log(paired)
    for change in (
        lambda: Contact.objects.update(kind="visit"),
        lambda: ContactText.objects.all().delete(),
        lambda: ContactPupil.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    contact.refresh_from_db()
    assert (contact.kind, contact.note.text) == ("talk", NOTE)


def test_an_amendment_stands_beside_the_note_and_says_why(paired):
    contact, key = log(paired), uuid4()
    for _time in range(2):
        services.amend_check_in(
            actor=paired.user("王芳"),
            contact=contact,
            text="时间是周四下午。",
            reason="日期写错了",
            submission_key=key,
        )
    row = Amendment.objects.get()
    assert (row.text, row.reason, row.by.name) == ("时间是周四下午。", "日期写错了", "王芳")
    assert ContactText.objects.get().text == NOTE
    with pytest.raises(Missing):
        amend(paired, contact, by="赵敏")
    with pytest.raises(ReasonMissing):
        amend(paired, contact, reason="改")
    with pytest.raises(CheckInWrong):
        amend(paired, contact, text=" ")
    assert Amendment.objects.count() == 1


def amend(school, contact: Contact, by="王芳", key: UUID | None = None, **changes):
    facts = {"text": "补充一句", "reason": "漏写了一句"} | changes
    return services.amend_check_in(
        actor=school.user(by), contact=contact, submission_key=key or uuid4(), **facts
    )


def test_a_void_contact_stays_and_says_why(paired):
    contact = log(paired)
    first = services.void_check_in(
        actor=paired.user("王芳"), contact=contact, reason="记到了别的学生名下"
    )
    again = services.void_check_in(actor=paired.user("王芳"), contact=contact, reason="再点一次")
    assert again == first
    assert Contact.objects.get().void.reason == "记到了别的学生名下"
    assert OutboxEvent.objects.filter(kind__endswith="CheckInVoided").count() == 1
    with pytest.raises(AlreadyVoid):
        amend(paired, contact)
    with pytest.raises(Missing):
        services.void_check_in(actor=paired.user("赵敏"), contact=contact, reason="不是我的")
    assert ContactVoid.objects.count() == 1
