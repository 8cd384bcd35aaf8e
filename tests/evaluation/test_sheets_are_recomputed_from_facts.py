"""A school's sheets: every number with its rows, recomputed from facts and never incremented."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from certification.models import Qualification
from core import clock, jobs
from core.errors import Missing
from core.models import AuditEvent, Job, JobState
from evaluation import services
from evaluation.models import Scheme, Sheet, SheetLine, TermEvaluation
from evaluation.selectors.reconcile import differences
from evaluation.selectors.sheets import kept_document, scheme_for, sheets_of_term
from evaluation.services.computing import NoScheme
from mentoring import services as mentoring
from schools.models import CalendarDay
from tests.evaluation.build import JULY, OWN, a_worked_term, computed, figures, log, sheet_of
from tests.mentoring.build import a_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_worked_term()


@pytest.fixture
def july(school):
    with clock.frozen(JULY):
        yield computed(school)


def test_each_mentor_has_a_sheet_and_the_school_has_its_own(school, july):
    names = [sheet.mentor.name if sheet.mentor else "" for sheet in july.sheets.all()]
    assert sorted(names) == ["", "李强", "王芳"]
    assert (july.as_of, july.is_stale) == (date(2026, 7, 11), False)
    whole = july.sheets.get(mentor=None)
    assert figures(whole) == {"coverage": (6 * 131, 6 * 145)}
    assert (whole.quality, whole.band, whole.preferred) == (None, "", False)


def test_the_figures_of_an_honest_mentor_are_written_out(school, july):
    assert figures(sheet_of(july, school, "王芳")) == {
        "covered_days": (258, 258),
        "required_products": (5, 9),
        "late_entries": (0, 15),
        "entry_lag_median": (0, 1),
        "entry_lag_p90": (0, 1),
        "workload": (393, 1),
    }
    sheet = sheet_of(july, school, "王芳")
    assert (sheet.quality, sheet.band) == (8413, "good")
    idle = sheet_of(july, school, "李强")
    assert figures(idle)["covered_days"] == (0, 258)
    assert (idle.quality, idle.band) == (0, "below")


def test_a_number_opens_its_rows_and_every_other_row_says_why(school, july):
    sheet = sheet_of(july, school, "王芳")
    products = sheet.lines.get(code="required_products")
    by_pupil = {row["pupil"]: row["missing"] for row in products.pupils}
    lin, gao, zhou = (str(school.pupils[name].pk) for name in OWN)
    assert by_pupil == {lin: ["letter"], gao: ["letter"], zhou: ["visit", "letter"]}
    assert sorted(row["kind"] for row in products.rows) == [
        "talk", "talk", "talk", "visit", "visit",
    ]  # fmt: skip
    reasons = sorted(row["reason"] for row in products.excluded)
    assert reasons == ["not_made"] + ["repeated"] * 9
    assert len(products.rows) + len(products.excluded) == 15
    covered = sheet.lines.get(code="covered_days")
    assert {row["pupil"]: row["counting"] for row in covered.pupils} == {
        lin: 86, gao: 86, zhou: 86,
    }  # fmt: skip
    assert len(covered.rows) == 15
    assert [row["half"] for row in covered.rows if row["half"]] == [True]


def test_a_voided_contact_stands_on_the_sheet_with_its_reason(school):
    mistake = log(school, "周一鸣", "2026-06-01T10:00:00+08:00", kind="visit")
    with clock.frozen("2026-06-02T10:00:00+08:00"):
        mentoring.void_check_in(actor=school.user("王芳"), contact=mistake, reason="记错了学生")
    with clock.frozen(JULY):
        line = sheet_of(computed(school), school, "王芳").lines.get(code="covered_days")
    assert line.excluded == [
        {"id": str(mistake.pk), "pupil": str(school.pupils["周一鸣"].pk), "reason": "voided"}
    ]


def test_a_gap_without_a_mentor_is_listed_with_its_days(school, july):
    gaps = july.sheets.get(mentor=None).lines.get().pupils
    assert len(gaps) == 6
    assert {(row["from"], row["last"]) for row in gaps} == {("2026-02-16", "2026-03-01")}


def test_preferred_is_who_is_qualified_on_the_last_day_and_works_effectively(school):
    wang, li = school.people["王芳"], school.people["李强"]
    for teacher in (wang, li):
        Qualification.objects.create(
            teacher=teacher, kind="mentor", issuer="市教体局", starts_on=date(2025, 1, 1)
        )
    with clock.frozen(JULY):
        row = computed(school)
        sheets = {name: sheet_of(row, school, name) for name in ("王芳", "李强")}
        assert {name: (one.qualified, one.preferred) for name, one in sheets.items()} == {
            "王芳": (True, True), "李强": (True, False),
        }  # fmt: skip
        Qualification.objects.filter(teacher=wang).update(ends_on=date(2026, 7, 10))
        wang_again = sheet_of(computed(school), school, "王芳")
        assert (wang_again.qualified, wang_again.preferred) == (False, False)


def test_computing_again_changes_nothing_and_a_sheet_keeps_its_identity(school, july):
    before = kept_document(july), set(july.sheets.values_list("pk", flat=True)), july.sha256
    lines = set(SheetLine.objects.values_list("pk", flat=True))
    with clock.frozen(JULY):
        row = computed(school)
    assert (kept_document(row), set(row.sheets.values_list("pk", flat=True)), row.sha256) == before
    assert set(SheetLine.objects.values_list("pk", flat=True)) == lines


def test_who_asks_twice_starts_one_computation(school):
    with clock.frozen(JULY):
        for _time in range(2):
            services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=school.term)
    assert Job.objects.filter(kind="evaluation.compute", key__endswith=":now").count() == 1
    assert AuditEvent.objects.filter(verb="evaluation.compute").count() == 1


@pytest.mark.parametrize("name", ["王芳", "李强"])
def test_a_mentor_does_not_have_the_school_computed(school, name):
    with clock.frozen(JULY), pytest.raises(Missing):
        services.compute_sheets(actor=school.user(name), unit=school.unit, term=school.term)
    assert TermEvaluation.objects.filter(computed_at__isnull=False).count() == 0


def test_a_check_in_has_the_sheets_computed_anew_a_little_later(school, deliver, at):
    at("2026-07-09T10:00:00+08:00")
    row = computed(school)
    deliver()
    at("2026-07-09T10:30:00+08:00")
    deliver()
    log(school, "周一鸣", "2026-07-09T11:00:00+08:00", kind="visit")
    at("2026-07-09T11:00:01+08:00")
    deliver()
    row.refresh_from_db()
    assert row.is_stale
    at("2026-07-09T11:10:01+08:00")
    deliver()
    row.refresh_from_db()
    assert not row.is_stale
    assert figures(sheet_of(row, school, "王芳"))["required_products"] == (5, 9)
    at("2026-07-10T01:00:00+08:00")
    assert services.refresh_open_terms() == 1
    deliver()
    row.refresh_from_db()
    assert (row.is_stale, row.as_of) == (False, date(2026, 7, 10))
    assert figures(sheet_of(row, school, "王芳"))["required_products"] == (6, 9)


def test_what_changes_while_sheets_are_computed_is_computed_after_them(school, monkeypatch, at):
    at(JULY)
    row = services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=school.term)
    from evaluation.services import computing

    def meanwhile(*facts):
        found = sheets_of_term(*facts)
        services.mark_stale(unit_id=school.unit.pk)
        return found

    monkeypatch.setattr(computing, "sheets_of_term", meanwhile)
    assert jobs.run(row.job_id) is JobState.DONE
    row.refresh_from_db()
    assert (row.is_stale, row.asked - row.answered) == (True, 1)
    assert Job.objects.get(pk=row.job_id).state == JobState.QUEUED


def test_a_day_passes_and_open_terms_are_computed_up_to_it_once(school, at, deliver):
    at("2026-06-01T10:00:00+08:00")
    row = computed(school)
    assert services.refresh_open_terms() == 0
    at("2026-06-02T00:30:00+08:00")
    assert (services.refresh_open_terms(), services.refresh_open_terms()) == (1, 0)
    deliver()
    row.refresh_from_db()
    assert row.as_of == date(2026, 6, 2)
    at("2026-09-01T00:30:00+08:00")
    assert services.refresh_open_terms() == 0


def test_a_term_before_every_scheme_has_none(school):
    early = a_term("2022-2", date(2022, 9, 1), date(2023, 1, 14))
    with pytest.raises(NoScheme):
        services.compute_sheets(actor=school.user("赵敏"), unit=school.unit, term=early)
    assert scheme_for(school.term).version == 1


def test_a_scheme_never_changes(school):
    for change in (lambda: Scheme.objects.update(margin=0), lambda: Scheme.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Scheme.objects.get().margin == 100


def test_a_mentor_has_one_sheet_and_nobody_is_preferred_without_a_qualification(school, july):
    sheet = sheet_of(july, school, "李强")
    for wrong in (
        {"mentor": sheet.mentor},
        {"mentor": None},
        {"mentor": school.people["赵敏"], "preferred": True, "quality": 9000, "band": "good"},
        {"mentor": school.people["赵敏"], "quality": 9000},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sheet.objects.create(evaluation=july, **wrong)


def test_a_figure_that_was_altered_is_found_and_recomputed(school, july):
    with clock.frozen(JULY):
        assert list(differences()) == []
        SheetLine.objects.filter(code="covered_days").update(numerator=1)
        assert [row.kind for row in differences()] == ["sheets_differ_from_digest"]
        assert services.recompute_differing() == 1
        assert list(differences()) == []
    assert figures(sheet_of(july, school, "王芳"))["covered_days"] == (258, 258)


def test_sheets_that_lag_behind_the_calendar_are_found(school, july):
    CalendarDay.objects.create(day=date(2026, 6, 30), kind="holiday", name="补休")
    with clock.frozen(JULY):
        assert [row.kind for row in differences()] == ["sheets_differ_from_facts"]
        assert services.recompute_differing() == 1
        assert list(differences()) == []


def test_sheets_take_the_same_queries_for_few_and_many(school, django_assert_num_queries):
    scheme = scheme_for(school.term)
    with clock.frozen(JULY), django_assert_num_queries(11):
        assert len(sheets_of_term(school.unit, school.term, scheme).sheets) == 3
