"""The ledger: proposed, signed by psychology teacher and class teacher, ended by both."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.errors import Missing
from core.models import AuditEvent
from core.reasons import ReasonMissing
from schools.models import ClassMembership, ClassTeacher, Post, Role
from tests.people import a_class
from tests.wellbeing.build import SPRING, WHY, confirmed, ended, proposed
from wellbeing import services
from wellbeing.models import LedgerEntry, LedgerSignature
from wellbeing.permissions import can_view_entry, visible_entries
from wellbeing.selectors.ledger import ledger_for
from wellbeing.services.ledger import (
    CategoryUnknown,
    EntryClosed,
    EntryNotConfirmed,
    EntryStands,
    SecondPersonNeeded,
)
from wellbeing.services.reading import open_entry, open_ledger


def state(house, entry: LedgerEntry, viewer: str = "周敏") -> str:
    lines = {line.entry_id: line for line in ledger_for(house.user(viewer))}
    return lines[entry.pk].state


def signed(entry: LedgerEntry) -> list[tuple[str, str, str]]:
    return sorted((row.step, row.standing, row.by.name) for row in entry.signatures.all())


def test_a_proposal_waits_for_the_other_standing(house):
    entry = proposed(house)
    assert state(house, entry) == "proposed"
    assert signed(entry) == [("enter", "psychology_teacher", "周敏")]
    (line,) = ledger_for(house.user("王芳"))
    assert (line.pupil_name, line.school_class, line.category) == (
        "林小雨",
        "2024级1班",
        "留守儿童",
    )
    assert line.waits_for == ("班主任",)


def test_the_second_signature_makes_it_stand(house):
    entry = confirmed(house)
    assert state(house, entry) == "standing"
    assert signed(entry) == [
        ("enter", "class_teacher", "王芳"),
        ("enter", "psychology_teacher", "周敏"),
    ]


def test_the_class_teacher_may_propose_and_the_psychology_teacher_confirms(house):
    entry = services.propose_entry(
        actor=house.user("王芳"), pupil=house.pupils["高子涵"], category="orphan", reason=WHY
    )
    services.confirm_entry(actor=house.user("周敏"), entry=entry)
    assert [standing for _step, standing, _by in signed(entry)] == [
        "class_teacher",
        "psychology_teacher",
    ]


def test_every_verb_is_harmless_to_repeat(house):
    entry = confirmed(house)
    assert proposed(house) == entry
    for name in ("周敏", "王芳"):
        services.confirm_entry(actor=house.user(name), entry=entry)
    assert LedgerSignature.objects.count() == 2
    ended(house, entry)
    ended(house, entry)
    assert LedgerSignature.objects.count() == 4
    again = proposed(house)
    for _time in range(2):
        services.withdraw_entry(actor=house.user("周敏"), entry=again)
    assert LedgerEntry.objects.count() == 2
    assert AuditEvent.objects.filter(verb__startswith="wellbeing.").count() == 6


def test_it_ends_when_both_have_signed_again(house):
    entry = confirmed(house)
    services.end_entry(actor=house.user("王芳"), entry=entry, reason="父母已返乡共同生活")
    assert state(house, entry) == "leaving"
    services.end_entry(actor=house.user("周敏"), entry=entry, reason="情况稳定，同意移出")
    entry.refresh_from_db()
    assert (entry.closing, entry.closed_by.name, entry.closed_at) == ("ended", "周敏", clock.now())
    reasons = {row.by.name: row.reason for row in entry.signatures.filter(step="leave")}
    assert reasons == {"王芳": "父母已返乡共同生活", "周敏": "情况稳定，同意移出"}


def test_what_is_not_possible_is_refused_and_changes_nothing(house):
    entry = proposed(house)
    psych, leader = house.user("周敏"), house.user("王芳")
    with pytest.raises(EntryNotConfirmed, match="请撤回"):
        services.end_entry(actor=psych, entry=entry, reason="父母已返乡")
    with pytest.raises(ReasonMissing):
        services.propose_entry(
            actor=psych, pupil=house.pupils["高子涵"], category="orphan", reason=" "
        )
    with pytest.raises(CategoryUnknown):
        services.propose_entry(
            actor=psych, pupil=house.pupils["高子涵"], category="bogus", reason=WHY
        )
    services.confirm_entry(actor=leader, entry=entry)
    with pytest.raises(EntryStands, match="不能撤回"):
        services.withdraw_entry(actor=psych, entry=entry)
    with pytest.raises(ReasonMissing):
        services.end_entry(actor=psych, entry=entry, reason="好")
    assert (LedgerEntry.objects.count(), LedgerSignature.objects.count()) == (1, 2)
    ended(house, entry)
    with pytest.raises(EntryClosed):
        services.confirm_entry(actor=leader, entry=entry)
    with pytest.raises(EntryClosed):
        services.withdraw_entry(actor=leader, entry=entry)
    again = proposed(house)
    services.withdraw_entry(actor=leader, entry=again)
    with pytest.raises(EntryClosed):
        services.end_entry(actor=psych, entry=again, reason="父母已返乡")


def test_one_person_in_both_standings_signs_once(house):
    Post.objects.create(
        teacher=house.people["王芳"],
        role=Role.PSYCHOLOGY_TEACHER,
        unit=house.unit,
        starts_on=SPRING,
    )
    entry = services.propose_entry(
        actor=house.user("王芳"), pupil=house.pupils["林小雨"], category="orphan", reason=WHY
    )
    with pytest.raises(SecondPersonNeeded, match="两个人"):
        services.confirm_entry(actor=house.user("王芳"), entry=entry)
    assert signed(entry) == [("enter", "psychology_teacher", "王芳")]


@pytest.mark.parametrize("name", ["李强", "陈副", "赵磊", "李娜", "冯涛", "韩冰", "许静", "金星"])
def test_nobody_else_reads_or_signs(house, name):
    entry = proposed(house)
    actor = house.user(name)
    assert ledger_for(actor) == []
    assert not can_view_entry(actor, entry)
    calls = [
        lambda: open_entry(actor=actor, entry_id=entry.pk),
        lambda: services.confirm_entry(actor=actor, entry=entry),
        lambda: services.withdraw_entry(actor=actor, entry=entry),
        lambda: services.end_entry(actor=actor, entry=entry, reason="父母已返乡"),
        lambda: services.propose_entry(
            actor=actor, pupil=house.pupils["林小雨"], category="orphan", reason=WHY
        ),
    ]
    for call in calls:
        with pytest.raises(Missing):
            call()
    assert (LedgerEntry.objects.count(), LedgerSignature.objects.count()) == (1, 1)


def test_who_sees_an_entry_is_who_finds_it_in_the_list(house):
    entries = [proposed(house), proposed(house, "陈思远")]
    for name in house.people:
        user = house.user(name)
        seen = set(visible_entries(user))
        assert seen == {entry for entry in entries if can_view_entry(user, entry)}, name
    assert set(visible_entries(house.user("王芳"))) == {entries[0]}
    assert set(visible_entries(house.user("周敏"))) == set(entries)


def test_the_right_goes_over_with_the_pupil_and_ends_with_the_class(house):
    entry = proposed(house)
    seat = ClassMembership.objects.get(pupil=house.pupils["林小雨"])
    seat.ends_on, seat.end_reason = clock.today(), "moved_school"
    seat.save()
    ClassMembership.objects.create(
        pupil=house.pupils["林小雨"],
        school_class=a_class(1, school=house.people["许静"].posts.get().unit),
        starts_on=clock.today(),
    )
    assert not can_view_entry(house.user("周敏"), entry)
    assert not can_view_entry(house.user("王芳"), entry)
    assert can_view_entry(house.user("许静"), entry)
    other = proposed(house, "陈思远")
    ClassTeacher.objects.filter(teacher=house.people["李强"]).update(ends_on=clock.today())
    assert not can_view_entry(house.user("李强"), other)


def test_every_look_leaves_a_trace_without_the_pupil(house):
    entry = proposed(house)
    open_ledger(actor=house.user("周敏"))
    open_entry(actor=house.user("王芳"), entry_id=entry.pk)
    looks = AuditEvent.objects.filter(verb__startswith="wellbeing.read").order_by("at", "verb")
    told = {(row.verb, row.purpose, row.basis, row.actor_id) for row in looks}
    assert told == {
        ("wellbeing.read_ledger", "care", "post", house.people["周敏"].user_id),
        ("wellbeing.read_entry", "care", "post", house.people["王芳"].user_id),
    }
    written = str(list(AuditEvent.objects.values()))
    for hidden in (str(house.pupils["林小雨"].pk), "林小雨", "left_behind", WHY):
        assert hidden not in written


def test_a_dump_tells_neither_pupil_nor_category_nor_reason(house):
    confirmed(house)
    proposed(house, "陈思远")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wellbeing_ledgerentry")
        rows = cursor.fetchall()
    dumped = b"".join(
        bytes(v) if not isinstance(v, str) else v.encode()
        for r in rows
        for v in r
        if isinstance(v, str | bytes | memoryview)
    )
    pupil = house.pupils["林小雨"]
    for hidden in (str(pupil.pk), pupil.pk.hex, "left_behind", "留守", WHY):
        assert hidden.encode() not in dumped
    first, second = LedgerEntry.objects.all()
    assert first.matter_index != second.matter_index, "one category, two pupils, two digests"


def test_the_database_itself_refuses_a_second_open_entry_and_a_second_signature(house):
    entry = proposed(house)
    twin = LedgerEntry(
        unit=house.unit,
        pupil=str(entry.pupil_id),
        category="left_behind",
        reason=WHY,
        pupil_index=entry.pupil_index,
        matter_index=entry.matter_index,
        proposed_by=entry.proposed_by,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    for standing in ("psychology_teacher", "class_teacher"):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerSignature.objects.create(
                entry=entry, step="enter", standing=standing, by=house.people["周敏"]
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).update(closing="ended")


def test_the_list_asks_no_more_for_more_pupils(house, django_assert_max_num_queries):
    for child in ("林小雨", "高子涵", "陈思远"):
        confirmed(house, child)
    viewer = house.user("周敏")
    with django_assert_max_num_queries(8):
        assert len(ledger_for(viewer)) == 3
