"""Offices that issue: set up once, changed by versions, refused where a number could not stand."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from certification.models import (
    CertificateTemplate,
)
from certification.printing import seal
from certification.services import (
    establish_issuer,
)
from certification.services.offices import IssuerFactsWrong, NotASeal
from core.models import AuditEvent
from tests.certification.making import (
    SEAL,
    a_certificate,
    an_issuer,
    fresh,
)
from tests.people import a_bureau, a_county, a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_setting_up_an_issuer_is_harmless_and_a_new_seal_is_a_new_version():
    first = an_issuer()
    assert an_issuer() == first
    facts = {
        "actor": None,
        "unit": a_bureau(),
        "name": "信阳市教育体育局",
        "number_prefix": "信教体培证字",
    }
    second = establish_issuer(**facts, seal_text="信阳市教育体育局")
    assert (first.version, second.version) == (1, 2)
    assert bytes(second.seal) == seal.drawn_seal("信阳市教育体育局") != SEAL
    for wrong in (b"", b"text", b"x" * 2_000_000, SEAL[:2000]):
        with pytest.raises(NotASeal):
            establish_issuer(**facts, seal=wrong)
    assert CertificateTemplate.objects.count() == 2


def test_an_issued_certificate_keeps_its_template_when_a_new_one_comes(deliver):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    deliver()
    before = bytes(certificate.document.content)
    establish_issuer(
        actor=None,
        unit=a_bureau(),
        name="信阳市教育局",
        number_prefix="信教体培证字",
        seal_text="信阳市教育局",
    )
    assert fresh(certificate).template.version == 1
    assert bytes(fresh(certificate).document.content) == before
    assert a_certificate(a_teacher("李小红")).template.version == 2


def test_an_operator_sets_up_the_issuer(tmp_path, capsys):
    facts = ["set_up_issuer", "--name", "信阳市教育体育局", "--prefix", "信教体培证字"]
    with pytest.raises(CommandError, match="单位代码") as refusal:
        call_command(*facts, "--unit", "NONE")
    assert refusal.value.returncode == 2
    own = tmp_path / "seal.png"
    for content, words in ((None, "没有这个文件"), (b"no picture", "PNG")):
        if content:
            own.write_bytes(content)
        with pytest.raises(CommandError, match=words):
            call_command(*facts, "--unit", a_bureau().code, "--seal", str(own))
    own.write_bytes(SEAL)
    call_command(*facts, "--unit", "XY", "--seal", str(own), "--validity-years", "3")
    assert "模板第 1 版" in capsys.readouterr().out
    assert CertificateTemplate.objects.get().type.validity_years == 3


def test_facts_under_which_no_number_could_stand_are_refused():
    right = {
        "actor": None,
        "unit": a_bureau(),
        "name": "信阳市教育体育局",
        "number_prefix": "信教体培证字",
        "seal": SEAL,
    }
    for wrong in (
        {"number_prefix": ""},
        {"number_prefix": " "},
        {"number_prefix": "信教\n体"},
        {"number_prefix": "字" * 41},
        {"number_prefix": "ﷺ" * 3},
        {"name": " "},
        {"name": "局" * 61},
        {"title": "证" * 61},
        {"title": ""},
        {"number_width": 0},
        {"number_width": 13},
        {"validity_years": 0},
    ):
        with pytest.raises(IssuerFactsWrong):
            establish_issuer(**{**right, **wrong})
    assert CertificateTemplate.objects.count() == 0
    an_issuer()
    with pytest.raises(IssuerFactsWrong):
        establish_issuer(**{**right, "unit": a_county()})
    assert CertificateTemplate.objects.count() == 1


@pytest.mark.parametrize("other", ["信教（培）证字", "信教[培]证字", "信教 ( 培 ) 证字"])
def test_a_prefix_that_reads_like_anothers_is_refused(other):
    right = {"actor": None, "name": "信阳市教育体育局", "seal": SEAL}
    establish_issuer(**right, unit=a_bureau(), number_prefix="信教(培)证字")
    with pytest.raises(IssuerFactsWrong, match="不能与其他机构现用或用过的相同"):
        establish_issuer(**right, unit=a_county(), number_prefix=other)


def test_a_prefix_under_which_another_office_has_numbered_stays_with_its_certificates():
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    right = {"actor": None, "name": "信阳市教育体育局", "seal": SEAL}
    establish_issuer(**right, unit=a_bureau(), number_prefix="信教新证字")
    with pytest.raises(IssuerFactsWrong):
        establish_issuer(**right, unit=a_county(), number_prefix="信教体培证字")
    establish_issuer(**right, unit=a_bureau(), number_prefix="信教体培证字")
    assert a_certificate(a_teacher("李小红")).sequence == certificate.sequence + 1


@pytest.mark.parametrize("prefix", ["信教（培）证字", "信教〔培〕证字", "信教【培】证字"])
def test_a_certificate_under_a_prefix_with_brackets_is_verified_by_its_number(client, prefix):
    establish_issuer(
        actor=None, unit=a_bureau(), name="信阳市教育体育局", seal=SEAL, number_prefix=prefix
    )
    certificate = a_certificate(a_teacher("王小明"))
    for typed in (certificate.number, certificate.number.replace("（", "(")):
        answer = client.get("/api/v1/verify", {"number": typed, "name": "王小明"})
        assert answer.json()["verdict"] == "pending"


def test_a_change_of_numbering_leaves_a_trace():
    an_issuer()
    an_issuer(validity_years=3)
    an_issuer(validity_years=3)
    traces = AuditEvent.objects.filter(verb="certificate.numbering")
    assert Counter(trace.detail["validity_years"] for trace in traces) == {None: 1, 3: 1}
