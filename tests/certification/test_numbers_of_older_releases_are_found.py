"""Numbers whose prefix has brackets are found, also when an older release issued them."""

from __future__ import annotations

import unicodedata
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from certification.models import Certificate
from certification.rules import numbers
from certification.services import establish_issuer, issuing, offices
from core import triggers
from schools.models import Unit
from tests.certification.making import SEAL, a_certificate
from tests.people import a_bureau, a_county, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued_before(monkeypatch):
    """A certificate as an older release issued it: the key keeps the brackets of the prefix."""

    def issue(unit: Unit, prefix: str, holder: str) -> Certificate:
        with monkeypatch.context() as release:
            release.setattr(offices, "_is_taken", lambda *_facts: False)
            office = {"actor": None, "unit": unit, "name": unit.name, "seal": SEAL}
            template = establish_issuer(**office, number_prefix=prefix)
            release.setattr(issuing, "_template_in_force", lambda: template)
            release.setattr(numbers, "key_of", key_of_older_release)
            return a_certificate(a_teacher(holder))

    return issue


def key_of_older_release(prefix: str, year: int, sequence: int) -> str:
    return numbers.ParsedNumber(unicodedata.normalize("NFKC", prefix), year, sequence).key


def migrate() -> None:
    step = import_module("certification.migrations.0007_numbers_under_brackets_are_found")
    step.spell_keys_anew(apps, SimpleNamespace(connection=connection))


def verdict(client, certificate: Certificate, number: str) -> str:
    words = {"number": number, "name": certificate.holder_name}
    return str(client.get("/api/v1/verify", words).json()["verdict"])


def test_a_number_is_found_in_any_brackets_once_its_key_is_spelled_anew(client, issued_before):
    old = issued_before(a_bureau(), "信教（培）证字", "王小明")
    typed = (old.number, old.number.replace("（", "(").replace("）", ")"))
    assert [verdict(client, old, number) for number in typed] == ["unknown"] * 2
    migrate()
    assert [verdict(client, old, number) for number in typed] == ["pending"] * 2
    old.refresh_from_db()
    assert old.number_key == "信教〔培〕证字〔2026〕1"


def test_a_certificate_may_be_changed_no_more_afterwards_than_before(issued_before):
    old = issued_before(a_bureau(), "信教（培）证字", "王小明")
    migrate()
    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Certificate.objects.filter(pk=old.pk).update(number_key="K")


def test_of_two_numbers_that_read_the_same_the_first_is_found(client, issued_before):
    first = issued_before(a_bureau(), "信教（培）证字", "王小明")
    later = issued_before(a_county(), "信教【培】证字", "李小红")
    migrate()
    migrate()
    assert verdict(client, first, first.number) == "pending"
    assert verdict(client, later, later.number) == "unknown"
    assert client.get("/api/v1/verify", {"code": later.code}).json()["verdict"] == "pending"


def test_where_no_prefix_has_brackets_nothing_is_touched(django_assert_num_queries):
    with django_assert_num_queries(1):
        migrate()
