"""Issuing a run's certificates, against the bare work that nobody can avoid.

Reference: for the same people, the sum of one bare compile of the same sheet, one QR code and one
INSERT of the finished bytes, in one process, one after the other. Ours: credit, number, snapshot,
events, audit, outbox, job rows and the stored paper, through the services and the job runner.

Why the ratio stays well under 1: the typesetting itself is the same on both sides and holds no
lock. What is left is about twenty statements for each person in three transactions of their own,
each of which keeps a promise: the credit under the ledger's lock with its trace and its fact, the
job's lease taken and given back, and paper, event, trace and fact stored together under the
certificate's lock. Joining people into one transaction would make them wait for one another and
lose all papers with one. What can be shared is: facts, numbers, events, traces and jobs of a whole
run are read and written in few queries.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks.ratio import Ratio, place

if TYPE_CHECKING:
    from certification.models import Certificate

PEOPLE = 200


def measure() -> Iterator[Ratio]:
    with place(DJANGO_SETTINGS_MODULE="lms.settings", LMS_CACHE="memory"):
        import django

        django.setup()
        from django.db import connection

        completions = _completed(PEOPLE + 1)
        warm = _issue(completions[:1])
        ours = _timed(lambda: _issue(completions[1:]))
        connection.cursor().execute(
            "CREATE TABLE bench_paper (number varchar(80) PRIMARY KEY, content "
            + ("bytea" if connection.vendor == "postgresql" else "blob")
            + ")"
        )
        reference = _timed(lambda: _bare(warm))
        yield Ratio(
            "issue_certificates",
            round(PEOPLE / ours, 2),
            round(PEOPLE / reference, 2),
            "bare compile + QR code + INSERT, summed",
            "higher",
            "certificates/s",
            PEOPLE,
        )


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _completed(count: int) -> list[UUID]:
    from certification.services import establish_issuer
    from tests.certification.making import a_completion
    from tests.people import a_bureau, a_teacher

    establish_issuer(
        actor=None, unit=a_bureau(), name="信阳市教育体育局", number_prefix="信教体培证字"
    )
    people = [a_teacher(f"教师{number:04}", with_user=False) for number in range(count)]
    return [a_completion(teacher).pk for teacher in people]


def _issue(completion_ids: list[UUID]) -> Certificate:
    """Everything from the completion to the stored paper; returns the last certificate."""
    from certification.models import Certificate, CertificateDocument
    from certification.services import issue_due_certificates, post_course_credit
    from core import jobs

    for completion_id in completion_ids:
        post_course_credit(completion_id=completion_id)
    made = issue_due_certificates(completion_ids=completion_ids)
    for job_id, _queue in jobs.due_jobs(limit=len(made)):
        assert jobs.run(job_id) == "done"
    assert CertificateDocument.objects.filter(certificate__in=made).count() == len(made)
    return Certificate.objects.select_related("template").get(pk=made[-1].pk)


def _bare(certificate: Certificate) -> None:
    """The same sheets with other names: compile and QR code, INSERT, and nothing else."""
    import dataclasses

    from django.db import connection

    from certification.printing import typesetter
    from certification.services.rendering import sheet_of

    sheet = sheet_of(certificate)
    with connection.cursor() as cursor:
        for number in range(PEOPLE):
            page = dataclasses.replace(
                sheet, name=f"教师{number:04}", number=f"信教体培证字〔2026〕{number:06}号"
            )
            content = typesetter.typeset(page)
            cursor.execute("INSERT INTO bench_paper VALUES (%s, %s)", [page.number, content])
