"""Certificates and bulk checks for the access sweep."""

from __future__ import annotations

from datetime import timedelta

from certification.models import Certificate, CertificateCheck
from core import clock, jobs
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.certification.making import a_certificate, an_issuer

READERS = {"principal", "schooladmin", "registrar", "county", "bureau"}


def two_certificates(town: Town) -> tuple[Certificate, Certificate]:
    an_issuer()
    return a_certificate(town.people["teacher"]), a_certificate(town.people["stranger"])


@example("certification:document")
def papers(town: Town) -> list[Case]:
    cases = certificates(town)
    for job_id, _queue in jobs.due_jobs():
        jobs.run(job_id)
    return cases


@example("certification:certificate")
def certificates(town: Town) -> list[Case]:
    near, far = two_certificates(town)
    return [
        Case("own school", {"certificate_id": near.pk}, READERS | {"teacher"}),
        Case("other county", {"certificate_id": far.pk}, {"bureau", "stranger"}),
    ]


@example("certification:revoke", "certification:reissue", "certification:retry", "api:revocation")
def certificates_of_the_registrar(town: Town) -> list[Case]:
    near, far = two_certificates(town)
    body = {"reason": "重复登记"}
    return [
        Case("own county", {"certificate_id": near.pk}, {"registrar"}, body=body),
        Case("other county", {"certificate_id": far.pk}, set(), body=body),
    ]


@example("certification:check", "certification:check_result")
def checks(town: Town) -> list[Case]:
    def check(role: str) -> CertificateCheck:
        return CertificateCheck.objects.create(
            owner=town.user(role),
            purpose="other",
            file_name="证书.xlsx",
            result=b"PK",
            expires_at=clock.now() + timedelta(days=1),
        )

    return [
        Case("own", {"check_id": check("registrar").pk}, {"registrar"}),
        Case("of another", {"check_id": check("county").pk}, set()),
    ]
