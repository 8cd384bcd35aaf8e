"""A completion whose event was lost still gets its credit and its certificate."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from certification.models import Certificate, CreditPosting
from certification.services import settle_completions
from tests.certification.making import a_completion, an_issuer
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


def reconcile(*arguments: str) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("reconcile", "--json", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_lost_event_is_found_and_repaired(deliver):
    an_issuer()
    completion = a_completion(a_teacher("王芳"))
    code, found = reconcile()
    assert code == 1
    assert "completion_without_posting" in json.dumps(found)
    assert settle_completions() == 1
    deliver()
    assert CreditPosting.objects.get().completion_id == completion.pk
    assert Certificate.objects.get().completion_id == completion.pk
    assert settle_completions() == 0
    assert reconcile()[0] == 0


def test_without_an_issuer_the_credit_comes_and_the_certificate_waits():
    a_completion(a_teacher("王芳"))
    assert settle_completions() == 1
    assert CreditPosting.objects.count() == 1
    assert Certificate.objects.count() == 0
    assert settle_completions() == 1
    assert CreditPosting.objects.count() == 1
