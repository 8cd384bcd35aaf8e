"""The principal puts sheets on notice, and freezes them after it, chained within the term."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Notice
from core import clock
from core.errors import Missing
from core.models import AuditEvent
from core.reasons import ReasonMissing
from evaluation import services
from evaluation.models import Announcement, Freeze, SheetLine
from evaluation.rules.chain import GENESIS, link
from evaluation.selectors.reconcile import differences
from evaluation.selectors.sheets import kept_document
from evaluation.services import deciding
from evaluation.services.computing import Frozen
from evaluation.services.deciding import (
    FiguresChanged,
    NobodyMentored,
    NotAnnounced,
    NotComputed,
    Superseded,
    TermRuns,
)
from mentoring import services as mentoring
from mentoring.models import Contact
from schools.models import Role
from tests.evaluation.build import (
    AFTER_NOTICE,
    JULY,
    a_worked_term,
    announced,
    computed,
    figures,
    frozen,
    log,
    sheet_of,
    under_a_newer_scheme,
)
from tests.mentoring.build import School, a_small_school, published
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db
REASON = "公示期满，无异议"


@pytest.fixture
def school() -> School:
    return a_worked_term()


def freeze(school, row, by: str = "赵敏", reason: str = REASON) -> Freeze:
    return services.freeze_sheets(actor=school.user(by), evaluation=row, reason=reason)


def test_sheets_go_on_notice_for_five_working_days_and_every_mentor_is_told(school):
    row = announced(school)
    notice = Announcement.objects.get()
    assert (notice.sha256, notice.announced_on) == (row.sha256, date(2026, 7, 13))
    assert notice.open_until == date(2026, 7, 21)
    assert sorted(Notice.objects.values_list("user__name", flat=True)) == ["李强", "王芳"]
    assert "8413" not in Notice.objects.first().text
    assert set(Notice.objects.values_list("url", flat=True)) == {"/evaluation/"}
    with clock.frozen(JULY):
        again = services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    assert (again, Announcement.objects.count(), Notice.objects.count()) == (notice, 1, 2)
    assert AuditEvent.objects.filter(verb="evaluation.announce").count() == 1


def test_a_running_term_is_not_put_on_notice(school):
    with clock.frozen("2026-07-10T12:00:00+08:00"):
        row = computed(school)
        with pytest.raises(TermRuns):
            services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    with clock.frozen(JULY), pytest.raises(NotComputed):
        services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    assert not Announcement.objects.exists()


def test_a_school_without_mentors_has_nothing_to_announce(school):
    bare = a_school("平桥区第二小学")
    head = a_teacher("周宁", school=bare, posts=[Role.PRINCIPAL])
    other = School(bare, school.term, {"周宁": head}, {}, school.classes)
    with clock.frozen(JULY):
        row = computed(other, by="周宁")
        with pytest.raises(NobodyMentored):
            services.announce_sheets(actor=head.user, evaluation=row)


@pytest.mark.parametrize("name", ["王芳", "周宁", "钱慧"])
def test_only_the_head_of_the_school_announces_and_freezes(school, name):
    school.people["周宁"] = a_teacher(
        "周宁", school=a_school("平桥区第二小学"), posts=[Role.PRINCIPAL]
    )
    school.people["钱慧"] = a_teacher("钱慧", school=school.unit, posts=[Role.SCHOOL_ADMIN])
    row = announced(school)
    with clock.frozen(AFTER_NOTICE):
        with pytest.raises(Missing):
            services.announce_sheets(actor=school.user(name), evaluation=row)
        with pytest.raises(Missing):
            freeze(school, row, by=name)
    assert (Announcement.objects.count(), Freeze.objects.count()) == (1, 0)


def test_a_deputy_announces_and_does_not_freeze(school):
    school.people["吴刚"] = a_teacher("吴刚", school=school.unit, posts=[Role.DEPUTY])
    with clock.frozen(JULY):
        row = computed(school)
        services.announce_sheets(actor=school.user("吴刚"), evaluation=row)
    with clock.frozen(AFTER_NOTICE), pytest.raises(Missing):
        freeze(school, row, by="吴刚")


def test_sheets_are_frozen_when_their_notice_is_over_and_not_before(school):
    row = announced(school)
    with clock.frozen("2026-07-20T23:00:00+08:00"), pytest.raises(NotAnnounced):
        freeze(school, row)
    with clock.frozen(AFTER_NOTICE), pytest.raises(ReasonMissing):
        freeze(school, row, reason="  好 ")
    with clock.frozen(AFTER_NOTICE):
        made = freeze(school, row)
        assert freeze(school, row, reason="再点一次也一样") == made
    assert (made.sequence, made.previous, made.reason) == (1, GENESIS, REASON)
    assert made.document == kept_document(row)
    assert made.digest == link(GENESIS, made.document)
    assert AuditEvent.objects.filter(verb="evaluation.freeze").count() == 1


def test_figures_that_were_never_on_notice_are_not_frozen(school):
    with clock.frozen(JULY):
        row = computed(school)
        with pytest.raises(NotAnnounced):
            freeze(school, row)


def test_when_a_fact_changes_after_the_notice_it_begins_anew(school):
    row = announced(school)
    with clock.frozen(AFTER_NOTICE):
        visit = Contact.objects.filter(kind="visit").first()
        mentoring.void_check_in(actor=school.user("王芳"), contact=visit, reason="记错了学生")
        with pytest.raises(FiguresChanged):
            freeze(school, row)
        row = computed(school)
        with pytest.raises(NotAnnounced):
            freeze(school, row)
        services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    with clock.frozen("2026-07-30T08:00:00+08:00"):
        freeze(school, row)
    assert Announcement.objects.count() == 2


def test_a_sheet_that_was_altered_by_hand_is_not_frozen(school):
    row = announced(school)
    SheetLine.objects.filter(code="covered_days", numerator=0).update(numerator=258)
    with clock.frozen(AFTER_NOTICE), pytest.raises(FiguresChanged):
        freeze(school, row)
    assert not Freeze.objects.exists()


def test_frozen_sheets_keep_their_values_whatever_comes_in_later(school, deliver, at):
    row = frozen(school)
    before = figures(sheet_of(row, school, "王芳"))
    at("2026-07-22T09:00:00+08:00")
    visit = Contact.objects.filter(kind="visit").first()
    mentoring.void_check_in(actor=school.user("王芳"), contact=visit, reason="记错了学生")
    deliver()
    assert services.mark_stale(unit_id=school.unit.pk) == 0
    at("2026-07-22T10:00:00+08:00")
    deliver()
    with pytest.raises(Frozen):
        services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=school.term)
    with pytest.raises(Frozen):
        services.evaluate_now(unit=school.unit, term=school.term, scheme=row.scheme)
    row.refresh_from_db()
    assert figures(sheet_of(row, school, "王芳")) == before
    assert list(differences()) == []


def test_the_schools_of_a_term_are_links_of_one_chain(school):
    first = frozen(school)
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        second_school = a_small_school("浉河区第二小学")
        published(second_school)
    log(second_school, "林小雨", "2026-04-20T16:00:00+08:00")
    second = frozen(second_school)
    one, two = Freeze.objects.get(evaluation=first), Freeze.objects.get(evaluation=second)
    assert (two.sequence, two.previous) == (2, one.digest)
    assert two.digest == link(one.digest, two.document)
    assert list(differences()) == []


def test_a_freeze_is_neither_changed_nor_removed(school):
    frozen(school)
    for change in (
        lambda: Freeze.objects.update(reason="改一改"),
        lambda: Freeze.objects.all().delete(),
        lambda: Announcement.objects.update(sha256="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Freeze.objects.get().reason == REASON


def test_control_without_looking_the_database_freezes_a_term_once_all_the_same(school, monkeypatch):
    first = frozen(school)
    newer = under_a_newer_scheme(school, first)
    monkeypatch.setattr(deciding, "term_is_frozen", lambda *_places: False)
    monkeypatch.setattr(deciding, "superseded_by", lambda _row: None)
    with clock.frozen(AFTER_NOTICE):
        second, _sheets = services.evaluate_now(unit=school.unit, term=school.term, scheme=newer)
        services.announce_sheets(actor=school.user("赵敏"), evaluation=second)
    later = clock.frozen("2026-08-03T08:00:00+08:00")
    with later, pytest.raises(IntegrityError), transaction.atomic():
        freeze(school, second)
    assert Freeze.objects.get().evaluation == first


def test_a_term_is_frozen_once_though_its_dates_come_under_another_scheme_later(school):
    first = frozen(school)
    newer = under_a_newer_scheme(school, first)
    with clock.frozen(AFTER_NOTICE):
        with pytest.raises(Frozen):
            services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=school.term)
        second, _sheets = services.evaluate_now(unit=school.unit, term=school.term, scheme=newer)
        with pytest.raises(Superseded, match="以评价方案第 1 版的评价表为准"):
            services.announce_sheets(actor=school.user("赵敏"), evaluation=second)
        with pytest.raises(Frozen):
            freeze(school, second)
        assert freeze(school, first) == first.freeze
    assert Announcement.objects.get().evaluation == first
    assert Freeze.objects.get().evaluation == first


def test_sheets_that_another_scheme_replaced_are_neither_put_on_notice_nor_frozen(school):
    with clock.frozen(JULY):
        first = computed(school)
        under_a_newer_scheme(school, first)
        services.evaluate_now(unit=school.unit, term=school.term, scheme=first.scheme)
        with pytest.raises(Superseded, match="以评价方案第 2 版的评价表为准"):
            services.announce_sheets(actor=school.user("赵敏"), evaluation=first)
    assert not Announcement.objects.exists()


def test_sheets_whose_notice_ran_when_another_scheme_replaced_them_are_not_frozen(school):
    first = announced(school)
    under_a_newer_scheme(school, first)
    with clock.frozen(AFTER_NOTICE):
        services.announce_sheets(actor=school.user("赵敏"), evaluation=first)
        with pytest.raises(Superseded, match="以评价方案第 2 版的评价表为准"):
            freeze(school, first)
    assert (Announcement.objects.count(), Freeze.objects.count()) == (1, 0)


def test_a_frozen_figure_that_is_altered_below_is_found_and_not_mended_silently(school):
    row = frozen(school)
    SheetLine.objects.filter(code="covered_days", numerator=0).update(numerator=258)
    with clock.frozen(AFTER_NOTICE):
        assert [(found.kind, found.thing_id) for found in differences()] == [
            ("sheets_differ_from_digest", row.pk)
        ]
        assert services.recompute_differing() == 0


def test_control_a_chain_that_does_not_follow_is_found(school):
    row = frozen(school)
    made = Freeze.objects.get()
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        other = a_small_school("浉河区第二小学")
        published(other)
    second = announced(other)
    Freeze.objects.create(
        evaluation=second, unit=other.unit, term=row.term, sequence=2, previous=made.digest,
        digest="f" * 64, document=kept_document(second), reason=REASON, by=school.user("赵敏"),
    )  # fmt: skip
    found = {(one.kind, one.detail) for one in differences()}
    assert found == {("chain_broken", "2")}
