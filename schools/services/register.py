"""Single units: added and corrected by those who keep the schools above them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Invalid, Missing
from schools.models import Stage, Unit, UnitKind
from schools.permissions import SCHOOL_KEEPERS, can_correct_unit, scope_of
from schools.rules.roster import (
    SCHOOL,
    SCHOOL_NAME,
    clean_code,
    clean_label,
    code_problem,
    label_problem,
)
from schools.selectors.wording import problem_text

CODE_TAKEN = _("这个代码已属于另一个单位，请核对代码。")
STAGE_STANDS = _("“%(name)s”已登记为%(stage)s，没有改动。要更改，请在它的页面上更正。")
PARENT_KIND = {UnitKind.COUNTY: UnitKind.BUREAU, UnitKind.SCHOOL: UnitKind.COUNTY}


class WrongParent(DomainError):
    """Counties belong to the bureau, schools to a county."""

    code = "wrong_parent"
    status = 422
    message = _("上级单位不对：县区属于市教育局，学校属于县区。")


def require_bureau(actor: Any, unit: Unit) -> None:
    """Raise Missing unless the actor keeps schools here; None is the system's operator."""
    if actor is not None and not scope_of(actor).covers(unit.path, *SCHOOL_KEEPERS):
        raise Missing


@transaction.atomic
def add_unit(
    *, actor: Any, kind: str, code: str, name: str, parent: Unit | None = None, stage: str = ""
) -> tuple[Unit, bool]:
    """The bureau, a county or a school, and whether it is new; the same again changes nothing.

    Raises Missing when the actor does not keep the parent, WrongParent across levels, Invalid
    for what no roster file could bring in either, and for a code of another unit or with
    another stage.
    """
    code, name = clean_code(code), clean_label(name)
    above = PARENT_KIND.get(UnitKind(kind))
    if (parent.kind if parent else None) != above:
        raise WrongParent
    if parent is not None:
        require_bureau(actor, parent)
    require_plain_unit(kind=kind, code=code, name=name, stage=stage)
    path = f"{parent.path if parent else '/'}{code}/"
    values = {"kind": kind, "name": name, "parent": parent, "path": path, "stage": stage}
    unit, created = Unit.objects.get_or_create(code=code, defaults=values)
    if created:
        audit.record(actor, "unit.added", unit, unit_path=unit.path)
    elif actor is not None and (unit.path, unit.name) != (path, name):
        raise Invalid(fields={"code": CODE_TAKEN})
    elif actor is not None and unit.stage != stage:
        text = STAGE_STANDS % {"name": unit.name, "stage": unit.get_stage_display()}
        raise Invalid(fields={"stage": text})
    return unit, created


@transaction.atomic
def correct_unit(*, actor: Any, unit: Unit, name: str, stage: str = "") -> tuple[Unit, bool]:
    """The right name, and stage of a school, and whether they are new.

    A school is corrected by its county or the bureau, a county by the bureau. Raises Missing
    for everybody else, Invalid for what cannot be a name or a stage.
    """
    if actor is not None and not can_correct_unit(actor, unit):
        raise Missing
    name = clean_label(name)
    require_plain_unit(kind=unit.kind, code=unit.code, name=name, stage=stage)
    held = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    columns = [
        column
        for column, value in (("name", name), ("stage", stage))
        if value != getattr(held, column)
    ]
    if columns:
        held.name, held.stage = name, stage
        held.save(update_fields=["name", "stage"])
        audit.record(actor, "unit.corrected", held, unit_path=held.path, columns=columns)
    return held, bool(columns)


def require_plain_unit(*, kind: str, code: str, name: str, stage: str) -> None:
    """Raise Invalid for cleaned facts that a roster file would be refused for."""
    found = {"code": code_problem(SCHOOL, code), "name": label_problem(SCHOOL_NAME, name)}
    wrong: dict[str, Any] = {
        field: problem_text({"code": problem.code, "params": problem.params})
        for field, problem in found.items()
        if problem is not None
    }
    if (kind == UnitKind.SCHOOL) != (stage in Stage.values):
        wrong["stage"] = _("学校必须有学段，县区没有学段。请重新选择。")
    if wrong:
        raise Invalid(fields=wrong)
