"""Staff lists as workbooks, with a purpose, a watermark and a trace."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import masked_phone
from core import audit, clock, throttle
from core.errors import DomainError, Missing
from core.workbooks import write_workbook
from schools.models import Teacher, Unit
from schools.permissions import keeps_roster
from schools.selectors.staff import staff_of

MOST_PEOPLE = 500
"""More identities need a second approver. Source: docs/features/access.md, rule 5."""
EXPORTS_A_DAY = 20


class ExportPurpose(models.TextChoices):
    """What a staff list may be exported for."""

    ROSTER_CHECK = "roster_check", gettext_lazy("核对名册")
    TRAINING = "training", gettext_lazy("组织培训")
    REPORTING = "reporting", gettext_lazy("上级报表")


class TooManyPeople(DomainError):
    """The list is longer than one person may take out alone."""

    code = "export_too_large"
    message = gettext_lazy("一次最多导出 %(limit)s 人，请按学校分别导出。")


def export_staff(
    *, actor: Any, unit: Unit, purpose: str, query: str = "", with_phones: bool = False
) -> bytes:
    """The people of a unit as a workbook; phones are masked unless asked for, which is recorded.

    Raises Missing when the actor does not keep the roster, TooManyPeople beyond 500,
    Throttled beyond 20 exports a day.
    """
    if not keeps_roster(actor, unit):
        raise Missing
    throttle.hit("schools.export", str(actor.pk), limit=EXPORTS_A_DAY, per_seconds=86_400)
    staff = list(staff_of(actor, unit, query)[: MOST_PEOPLE + 1])
    if len(staff) > MOST_PEOPLE:
        raise TooManyPeople(limit=MOST_PEOPLE)
    trace = audit.record(
        actor,
        "schools.staff_exported",
        unit,
        unit_path=unit.path,
        purpose=purpose,
        count=len(staff),
        phones=with_phones,
    )
    made_at = clock.now().astimezone(clock.SHANGHAI)
    mark = _("%(name)s 于 %(time)s 导出，编号 %(id)s，仅用于%(purpose)s") % {
        "name": actor.name,
        "time": f"{made_at:%Y-%m-%d %H:%M}",
        "id": trace.pk,
        "purpose": ExportPurpose(purpose).label,
    }
    head = ["学校代码", "工号", "姓名", "手机", "职务", "账号"]
    rows = [staff_row(unit, teacher, with_phones) for teacher in staff]
    return write_workbook({"教师": [head, *rows], "导出信息": [[mark]]}, footer=mark)


def staff_row(unit: Unit, teacher: Teacher, with_phones: bool) -> list[str]:
    """One person as a row of the roster's own columns."""
    posts = getattr(teacher, "current_posts", ())
    return [
        unit.code,
        teacher.staff_number,
        teacher.name,
        teacher.phone if with_phones else masked_phone(teacher.phone),
        "、".join(str(post.get_role_display()) for post in posts if post.unit_id == unit.pk),
        _("已开通") if teacher.user_id else _("未开通"),
    ]
