"""Every alteration of the sealed trace is found: changed, removed, inserted, rewritten, cut off."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import actors, audit, clock, reconciliation, triggers, witness
from core.models import AuditEvent, AuditSeal, Job, UnsealedEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(at) -> list[AuditEvent]:
    """Five sealed rows, and triggers taken away as an intruder with full rights would."""
    at("2026-11-23T08:00:00+08:00")
    events = [audit.record(None, "pupil.seen", number=number) for number in range(5)]
    assert audit.seal() == 5
    triggers.remove_all(connection)
    with connection.cursor() as cursor:
        for command in triggers.awaiting_seal(connection):
            cursor.execute(command)
    ordered = [seal.event for seal in AuditSeal.objects.order_by("sequence")]
    assert {event.pk for event in events} == {event.pk for event in ordered}
    return ordered


def test_a_trace_says_who_did_what_to_what_and_where():
    person, unit = SimpleNamespace(pk=uuid4()), SimpleNamespace(path="/XY/411502/")
    job = Job.objects.create(kind="a")
    token = actors.origin.set(actors.Origin("req-1", "10.0.0.1"))
    try:
        event = audit.record(
            person, "job.seen", job, unit=unit, purpose="support", basis="post", rows=3
        )
    finally:
        actors.origin.reset(token)
    event.refresh_from_db()
    assert event.facts() == {
        "id": str(event.pk),
        "at": event.at.isoformat(timespec="microseconds"),
        "actor_id": str(person.pk),
        "verb": "job.seen",
        "thing_type": "core.job",
        "thing_id": str(job.pk),
        "unit_path": "/XY/411502/",
        "purpose": "support",
        "basis": "post",
        "detail": {"rows": 3},
        "request_id": "req-1",
        "address": "10.0.0.1",
    }
    assert audit.record(None, "job.seen", unit_path="/XY/").unit_path == "/XY/"


def test_details_become_plain_values_and_others_are_refused():
    event = audit.record(
        None,
        "test.done",
        id=UUID(int=1),
        hours=Decimal("1.50"),
        day=date(2026, 11, 23),
        ids=(UUID(int=2), None),
        by={"school": 3},
    )
    event.refresh_from_db()
    assert event.detail == {
        "id": str(UUID(int=1)),
        "hours": "1.50",
        "day": "2026-11-23",
        "ids": [str(UUID(int=2)), None],
        "by": {"school": 3},
    }
    with pytest.raises(TypeError, match="Job"):
        audit.record(None, "test.done", job=Job())


def test_an_untouched_chain_holds_and_grows(chain):
    assert audit.verify() == audit.Verdict(5, 1)
    audit.record(None, "pupil.seen")
    assert audit.seal() == 1
    assert audit.seal() == 0
    assert audit.verify() == audit.Verdict(6, 2)


def test_many_rows_are_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)
    for number in range(5):
        audit.record(None, "test.done", number=number)
    assert audit.seal() == 5
    assert audit.verify() == audit.Verdict(5, 3)


def test_an_empty_chain_holds():
    assert audit.verify() == audit.Verdict(0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "pupil.left"},
        {"actor_id": uuid4()},
        {"detail": {"number": 99}},
        {"address": "10.0.0.9"},
        {"unit_path": "/XY/"},
    ],
)
def test_an_altered_row_is_named(chain, change):
    AuditEvent.objects.filter(pk=chain[2].pk).update(**change)
    assert audit.verify() == audit.Verdict(2, 0, 3, "altered")


def test_a_row_moved_in_time_is_named(chain):
    AuditEvent.objects.filter(pk=chain[0].pk).update(at=clock.now().replace(year=2020))
    assert audit.verify() == audit.Verdict(0, 0, 1, "altered")


def test_a_removed_row_is_named(chain):
    AuditSeal.objects.filter(event=chain[1])._raw_delete("default")
    AuditEvent.objects.filter(pk=chain[1].pk)._raw_delete("default")
    assert audit.verify() == audit.Verdict(1, 0, 2, "missing")


def test_a_row_slipped_in_between_is_named(chain):
    forged = AuditEvent.objects.create(verb="forged", at=chain[1].at)
    AuditSeal.objects.filter(sequence=3).update(event=forged)
    assert audit.verify() == audit.Verdict(2, 0, 3, "altered")


def test_two_exchanged_rows_are_named(chain):
    AuditSeal.objects.filter(sequence__in=[2, 3])._raw_delete("default")
    links = [
        AuditSeal(sequence=2, event=chain[2], digest="x"),
        AuditSeal(sequence=3, event=chain[1], digest="y"),
    ]
    AuditSeal.objects.bulk_create(links)
    assert audit.verify() == audit.Verdict(1, 0, 2, "altered")


def test_a_cut_off_end_is_found_by_the_note_outside(chain):
    AuditSeal.objects.filter(sequence__gt=3)._raw_delete("default")
    assert audit.verify() == audit.Verdict(3, 0, 4, "missing")


def rewrite_the_chain(first: AuditEvent) -> None:
    """What somebody does who rules the database but cannot write where the witness lies."""
    AuditEvent.objects.filter(pk=first.pk).update(verb="pupil.left")
    AuditSeal.objects.all()._raw_delete("default")
    UnsealedEvent.objects.bulk_create(
        [UnsealedEvent(event=row) for row in AuditEvent.objects.all()]
    )


def test_a_chain_that_was_wholly_rewritten_is_found_by_the_note_outside(chain):
    rewrite_the_chain(chain[0])
    assert audit.seal() == 5
    assert audit.verify() == audit.Verdict(4, 0, 5, "rewritten")


def test_a_later_note_does_not_hide_that_the_chain_was_rewritten(chain):
    audit.record(None, "test.done")
    assert audit.seal() == 1
    rewrite_the_chain(chain[0])
    audit.record(None, "test.done")
    assert audit.seal() == 7
    assert audit.verify() == audit.Verdict(4, 0, 5, "rewritten")


def test_a_note_torn_by_a_crash_is_passed_over(chain, settings):
    with Path(settings.AUDIT_SEAL_FILE).open("a") as stream:
        stream.write("2026-11-23T08:01:00+08:00 9 abc")
    assert audit.verify() == audit.Verdict(5, 1)


def test_a_note_after_one_torn_by_a_crash_stands_on_a_line_of_its_own(chain, settings):
    with Path(settings.AUDIT_SEAL_FILE).open("a") as stream:
        stream.write("2026-11-23T08:01:00+08:00 9 abc")
    audit.record(None, "test.done")
    assert audit.seal() == 1
    assert audit.verify() == audit.Verdict(6, 2)


@pytest.fixture
def crash(monkeypatch):
    """The sealing process dies when it comes to write its next note of this kind."""

    def at_a_note(*, begun: bool) -> None:
        write = witness.write

        def die(note: witness.Note) -> None:
            if note.begun is begun:
                raise SystemExit("killed")
            write(note)

        monkeypatch.setattr(witness, "write", die)

    return at_a_note


def test_a_crash_between_the_seal_and_its_note_is_no_tampering(chain, crash, monkeypatch):
    audit.record(None, "test.done")
    crash(begun=False)
    with pytest.raises(SystemExit):
        audit.seal()
    monkeypatch.undo()
    assert audit.verify() == audit.Verdict(6, 2), "the note before the commit is a witness"
    audit.record(None, "test.done")
    assert audit.seal() == 1
    assert audit.verify() == audit.Verdict(7, 3)
    assert [(note.last, note.begun) for note in witness.notes()] == [
        (5, True), (5, False), (6, True), (6, False), (7, True), (7, False),
    ]  # fmt: skip


def test_a_crash_before_the_seal_is_no_tampering_and_the_rows_are_sealed_next_time(
    chain, crash, monkeypatch
):
    audit.record(None, "test.done", number=1)
    crash(begun=True)
    with pytest.raises(SystemExit):
        audit.seal()
    assert AuditSeal.objects.count() == 5
    monkeypatch.undo()
    witness.write(witness.Note(6, 6, "a" * 64, begun=True))
    assert audit.verify() == audit.Verdict(5, 1)
    audit.record(None, "test.done", number=2)
    assert audit.seal() == 2
    assert audit.verify() == audit.Verdict(7, 2)


def test_a_note_settled_after_a_crash_finds_the_chain_rewritten_like_any_other(
    chain, crash, monkeypatch
):
    audit.record(None, "test.done")
    crash(begun=False)
    with pytest.raises(SystemExit):
        audit.seal()
    monkeypatch.undo()
    assert audit.seal() == 0
    rewrite_the_chain(chain[0])
    audit.seal()
    assert audit.verify() == audit.Verdict(4, 0, 5, "rewritten")
    AuditSeal.objects.filter(sequence=6)._raw_delete("default")
    assert audit.verify().broken_at == 5


def test_lost_notes_are_witnessed_anew_with_a_reason_that_the_trace_keeps(chain, settings, capsys):
    witness_file = Path(settings.AUDIT_SEAL_FILE)
    call_command("seal_audit", "--renew-witness", "磁盘更换后丢失")
    assert capsys.readouterr().out == "没有缺失的见证。\n"
    witness_file.unlink()
    with pytest.raises(CommandError, match="请写明原因"):
        call_command("seal_audit", "--renew-witness", "丢")
    assert audit.verify() == audit.Verdict(5, 0, 1, "unwitnessed")
    call_command("seal_audit", "--renew-witness", "磁盘更换后丢失", "--json")
    assert json.loads(capsys.readouterr().out) == {"sealed": 1, "witnessed_anew": [1, 5]}
    assert audit.verify() == audit.Verdict(6, 2)
    renewed = AuditEvent.objects.get(verb="audit.witness_renewed")
    assert renewed.detail == {"first": 1, "last": 5, "reason": "磁盘更换后丢失"}
    witness_file.unlink()
    call_command("seal_audit", "--renew-witness", "又一次丢失了")
    assert capsys.readouterr().out == "已为第 1 至 6 条补写见证。\n已封存 1 条审计记录。\n"
    AuditEvent.objects.filter(pk=chain[2].pk).update(verb="pupil.left")
    with pytest.raises(CommandError, match="第 3 条断裂"):
        call_command("seal_audit", "--renew-witness", "磁盘更换后丢失")
    assert AuditEvent.objects.filter(verb="audit.witness_renewed").count() == 2


def test_a_row_taken_out_of_the_queue_is_missed_and_queued_again(chain, capsys):
    audit.record(None, "pupil.seen")
    UnsealedEvent.objects.all()._raw_delete("default")
    assert audit.seal() == 0
    assert audit.verify() == audit.Verdict(5, 1, 6, "forgotten")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "reconcile --repair" in capsys.readouterr().out
    assert [found.detail for found in reconciliation.unqueued()] == ["pupil.seen"]
    assert audit.remember_forgotten() == 1
    assert audit.remember_forgotten() == 0
    assert audit.seal() == 1
    assert audit.verify() == audit.Verdict(6, 2)


def test_a_row_sealed_by_a_worker_of_the_release_before_leaves_the_queue(chain):
    event = audit.record(None, "pupil.seen")
    digest = audit._link(AuditSeal.objects.get(sequence=5).digest, event)
    AuditSeal.objects.create(sequence=6, event=event, digest=digest)
    assert audit.seal() == 0
    assert not UnsealedEvent.objects.exists()


def test_a_witness_that_was_taken_away_cut_short_or_rewritten_is_missed(chain, settings, capsys):
    file = Path(settings.AUDIT_SEAL_FILE)
    first = file.read_text()
    audit.record(None, "test.done")
    assert audit.seal() == 1
    whole = file.read_text()
    file.unlink()
    assert audit.verify() == audit.Verdict(6, 0, 1, "unwitnessed")
    file.write_text(first)
    assert audit.verify() == audit.Verdict(6, 1, 6, "unwitnessed")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert f"见证（{file}）从第 6 条起缺失" in capsys.readouterr().out
    digest = whole.split()[-2]
    file.write_text(whole.replace(digest, "0" * 64))
    assert audit.verify() == audit.Verdict(6, 1, 6, "unwitnessed"), "its checksum does not hold"
    file.write_text(first)
    witness.write(witness.Note(6, 6, "0" * 64))
    assert audit.verify() == audit.Verdict(5, 1, 6, "rewritten")
    file.write_text(whole)
    assert audit.verify() == audit.Verdict(6, 2)


def test_a_witness_begun_anew_does_not_hide_that_the_old_one_is_gone(chain, settings):
    witness = Path(settings.AUDIT_SEAL_FILE)
    first = witness.read_text()
    witness.unlink()
    audit.record(None, "test.done")
    assert audit.seal() == 1
    assert audit.verify() == audit.Verdict(6, 1, 1, "unwitnessed")
    without_first_link = [" ".join(["then", *line.split()[1:3]]) for line in first.splitlines()]
    witness.write_text("\n".join([*without_first_link, witness.read_text()]))
    assert audit.verify() == audit.Verdict(6, 2), "notes of an older release count"


def test_the_commands_say_it_and_their_exit_code_too(chain, capsys):
    call_command("seal_audit", "--json")
    assert json.loads(capsys.readouterr().out) == {"sealed": 0}
    call_command("seal_audit")
    assert capsys.readouterr().out == ""
    audit.record(None, "test.done")
    call_command("seal_audit")
    assert capsys.readouterr().out == "已封存 1 条审计记录。\n"
    call_command("verify_audit", "--json")
    whole = {"sealed": 6, "witnessed": 2, "broken_at": None, "reason": ""}
    assert json.loads(capsys.readouterr().out) == whole
    call_command("verify_audit")
    assert capsys.readouterr().out == "审计链完整，共 6 条。\n"
    AuditEvent.objects.filter(pk=chain[4].pk).update(verb="x")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["broken_at"] == 5
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "第 5 条断裂：altered" in capsys.readouterr().out


def test_if_the_trace_cannot_be_written_the_act_fails(client, monkeypatch):
    from django.db import transaction

    def full(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(AuditEvent.objects, "create", full)
    with pytest.raises(RuntimeError), transaction.atomic():
        Job.objects.create(kind="a")
        audit.record(None, "job.seen")
    assert Job.objects.count() == 0


def test_many_acts_leave_one_trace_each_in_one_query(django_assert_num_queries):
    person, job = SimpleNamespace(pk=uuid4()), Job.objects.create(kind="a")
    acts = [
        audit.Act("pupil.seen", job, "/XY/411502/", {"on": date(2026, 3, 1)}),
        audit.Act("list.seen", detail={"rows": 40}),
    ]
    with django_assert_num_queries(1):
        audit.record_all(person, acts)
    seen, listed = AuditEvent.objects.order_by("-verb")
    assert {seen.actor_id, listed.actor_id} == {person.pk}
    assert (seen.verb, seen.thing_type, seen.thing_id) == ("pupil.seen", "core.job", str(job.pk))
    assert (seen.unit_path, seen.detail) == ("/XY/411502/", {"on": "2026-03-01"})
    assert (listed.verb, listed.thing_type, listed.thing_id) == ("list.seen", "", "")
    assert (listed.unit_path, listed.detail) == ("", {"rows": 40})
    assert audit.seal() == 2


def test_one_detail_that_is_not_plain_keeps_back_all_acts():
    acts = [audit.Act("list.seen"), audit.Act("list.seen", detail={"who": object()})]
    with pytest.raises(TypeError, match="a plain value, not object"):
        audit.record_all(None, acts)
    assert not AuditEvent.objects.exists()
