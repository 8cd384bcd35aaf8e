"""Checking a workbook of 10,000 certificates, against the guarded read of the same workbook.

Reference: nothing but reading the file in the guarded process. Ours: the same read, then every
row normalised, looked up and judged, and the result workbook written.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.ratio import Ratio, median_of, place

ROWS = 10_000
RUNS = 3


def measure() -> Iterator[Ratio]:
    with place(DJANGO_SETTINGS_MODULE="lms.settings", LMS_CACHE="memory"):
        import django

        django.setup()
        from certification.selectors import findings
        from certification.services import claim_tables
        from core.workbooks import read_table

        book = _workbook()

        def read() -> object:
            return read_table(io.BytesIO(book), "名单.xlsx")

        def check() -> object:
            table = claim_tables.read_claims(io.BytesIO(book), "名单.xlsx")
            found = list(findings(table.claims()))
            assert [found[0].verdict, found[-1].verdict] == ["valid", "mismatch"]
            return claim_tables.result_workbook(table, found, footer="")

        ours = median_of(lambda: _timed(check), RUNS)
        reference = median_of(lambda: _timed(read), RUNS)
        yield Ratio(
            "verify_rows",
            round(ours, 3),
            round(reference, 3),
            "guarded read of the same workbook",
            "lower",
            "seconds",
            ROWS,
        )


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _workbook() -> bytes:
    """A certificate for every row but the last, whose name is another's; then the list of all."""
    from certification.models import Certificate, CertificateEvent
    from certification.rules import codes, numbers
    from certification.services import establish_issuer
    from core.workbooks import write_workbook
    from tests.certification.making import a_completion
    from tests.people import a_bureau, a_teacher

    prefix, day = "信教体培证字", date(2026, 11, 23)
    template = establish_issuer(
        actor=None, unit=a_bureau(), name="信阳市教育体育局", number_prefix=prefix
    )
    first = a_completion(a_teacher("王小明", with_user=False))
    made: list[Certificate] = []
    for sequence in range(1, ROWS + 1):
        made.append(
            Certificate(
                type=template.type,
                template=template,
                year=2026,
                sequence=sequence,
                number=numbers.rendered(prefix, 2026, sequence, 6),
                number_key=numbers.key_of(prefix, 2026, sequence),
                code=codes.new_code(),
                teacher=first.enrolment.teacher,
                completion=first,
                unit=template.type.issuer.unit,
                supersedes=made[-1] if made else None,
                holder_name=f"教师{sequence}",
                course_code=first.course_code,
                course_title=first.course_title,
                run_code=first.run_code,
                category_name=first.category_name,
                credit_hours=first.credit_hours,
                completed_on=first.completed_on,
                rule_version="1",
                issued_on=day,
                address="http://127.0.0.1:8000/verify/",
            )
        )
    Certificate.objects.bulk_create(made, batch_size=500)
    CertificateEvent.objects.bulk_create(
        [CertificateEvent(certificate=certificate, kind="issued") for certificate in made],
        batch_size=500,
    )
    rows = [
        [f"教师{number}", numbers.rendered(prefix, 2026, number, 6), "12.5", "2026-11-23"]
        for number in range(1, ROWS + 1)
    ]
    rows[-1][0] = "别人"
    return write_workbook({"名单": [["姓名", "证书编号", "学时", "发证日期"], *rows]})
