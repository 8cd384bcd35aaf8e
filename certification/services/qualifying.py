"""Recording what a teacher is qualified for, and from when on no longer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from certification.events import QualificationChanged
from certification.models import Qualification
from certification.permissions import qualifies_teacher
from core import audit, events
from core.errors import DomainError, Invalid, Missing
from schools.models import Teacher


class QualificationFactsWrong(Invalid):
    code = "qualification_invalid"
    message = _("请选择资质、填写发证单位，失效日期要晚于生效日期。")


class QualificationHeld(DomainError):
    """The teacher holds this kind already in part of the period, with other facts."""

    code = "qualification_held"
    message = _("这位教师在这段时间已有同一资质，请先结束原来的记录。")


@transaction.atomic
def record_qualification(
    *,
    actor: Any,
    teacher: Teacher,
    kind: str,
    issuer: str,
    starts_on: date,
    ends_on: date | None = None,
    number: str = "",
) -> Qualification:
    """The teacher holds a qualification in `[starts_on, ends_on)`; the same facts again give the
    same row.

    `actor` None is the system's operator. Raises Missing without the right,
    QualificationFactsWrong, QualificationHeld.
    """
    if actor is not None and not qualifies_teacher(actor, teacher):
        raise Missing
    facts = {
        "kind": kind,
        "issuer": issuer.strip(),
        "number": number.strip(),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    wrong_end = ends_on is not None and ends_on <= starts_on
    if kind not in Qualification.Kind.values or not facts["issuer"] or wrong_end:
        raise QualificationFactsWrong
    same: Qualification | None = Qualification.objects.filter(teacher=teacher, **facts).first()
    if same is not None:
        return same
    try:
        with transaction.atomic():
            row: Qualification = Qualification.objects.create(teacher=teacher, **facts)
    except IntegrityError as error:
        raise QualificationHeld from error
    _tell(actor, "certification.record_qualification", row)
    return row


@transaction.atomic
def end_qualification(*, actor: Any, qualification: Qualification, ends_on: date) -> Qualification:
    """The qualification ends before `ends_on`; an earlier end that stands already is kept.

    Raises Missing without the right.
    """
    if not qualifies_teacher(actor, qualification.teacher):
        raise Missing
    held = Qualification.objects.select_for_update(of=("self",))
    row: Qualification = held.get(pk=qualification.pk)
    day = max(ends_on, row.starts_on)
    if row.ends_on is not None and row.ends_on <= day:
        return row
    row.ends_on = day
    row.save(update_fields=["ends_on"])
    _tell(actor, "certification.end_qualification", row)
    return row


def _tell(actor: Any, verb: str, row: Qualification) -> None:
    audit.record(actor, verb, row, kind=row.kind)
    events.publish(QualificationChanged(qualification_id=row.pk, teacher_id=row.teacher_id))
