"""陈登记, the county's registrar, records what teachers are qualified for, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from certification import services
from certification.models import Qualification
from certification.selectors import qualified_mentors
from certification.services.qualifying import QualificationFactsWrong, QualificationHeld
from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from schools.models import Role
from tests.people import a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def chen():
    return a_teacher("陈登记", school=a_county(), posts=[Role.REGISTRAR])


@pytest.fixture
def wang():
    return a_teacher("王敏", school=a_school())


def record(actor, teacher, **changes):
    facts = {"kind": "counsellor", "issuer": "河南省心理学会", "starts_on": SPRING} | changes
    return services.record_qualification(actor=actor.user, teacher=teacher, **facts)


def test_a_qualification_counts_from_its_first_day_to_the_day_before_its_end(chen, wang):
    record(chen, wang, ends_on=AUTUMN)
    days = [date(2026, 2, 28), SPRING, date(2026, 8, 31), AUTUMN]
    assert [wang.pk in qualified_mentors(day) for day in days] == [False, True, True, False]


def test_the_same_facts_again_give_the_same_row_and_other_facts_are_refused(chen, wang):
    first = record(chen, wang)
    assert record(chen, wang, issuer=" 河南省心理学会 ") == first
    with pytest.raises(QualificationHeld, match="先结束原来的记录"):
        record(chen, wang, issuer="信阳市教师进修学校", starts_on=AUTUMN)
    assert Qualification.objects.get().issuer == "河南省心理学会"
    assert AuditEvent.objects.filter(verb="certification.record_qualification").count() == 1
    assert OutboxEvent.objects.filter(kind__endswith="QualificationChanged").count() == 1


@pytest.mark.parametrize("changes", [{"kind": "magician"}, {"issuer": "  "}, {"ends_on": SPRING}])
def test_wrong_facts_are_refused_in_words(chen, wang, changes):
    with pytest.raises(QualificationFactsWrong):
        record(chen, wang, **changes)
    assert not Qualification.objects.exists()


def test_only_a_registrar_above_records_and_never_for_oneself(chen, wang):
    far = a_teacher("孙登记", school=a_county("固始县"), posts=[Role.REGISTRAR])
    head = a_teacher("赵敏", school=a_school(), posts=[Role.PRINCIPAL])
    for actor, teacher in ((far, wang), (head, wang), (wang, wang), (chen, chen)):
        with pytest.raises(Missing):
            record(actor, teacher)
    assert not Qualification.objects.exists()


def test_an_end_can_only_come_earlier_and_never_before_the_beginning(chen, wang):
    row = record(chen, wang)
    end = services.end_qualification
    assert end(actor=chen.user, qualification=row, ends_on=AUTUMN).ends_on == AUTUMN
    later = end(actor=chen.user, qualification=row, ends_on=date(2027, 1, 1))
    assert later.ends_on == AUTUMN
    assert end(actor=chen.user, qualification=row, ends_on=date(2020, 1, 1)).ends_on == SPRING
    with pytest.raises(Missing):
        end(actor=wang.user, qualification=row, ends_on=SPRING)
    assert AuditEvent.objects.filter(verb="certification.end_qualification").count() == 2
