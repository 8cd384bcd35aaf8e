"""A list that is shown in pages has one order only, or equal rows change places between pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet, UniqueConstraint
from django.db.models.expressions import F, OrderBy


def is_of_a_page(part: Any) -> bool:
    """Pages are cut by both ends; a list that is only cut short is not."""
    return isinstance(part, slice) and part.start is not None and part.stop is not None


def is_ours(model: type[Model]) -> bool:
    """Whether the rows are of a room of the house; the framework lists its own as it does."""
    return Path(model._meta.app_config.path).parent == Path(settings.BASE_DIR)


def has_one_order(rows: QuerySet[Any]) -> bool:
    """Whether the database allows no two rows that are equal in all that the query sorts by."""
    meta = rows.model._meta
    names = _sorted_by(rows) | _equal_in_all(rows)
    alone = [{field.name} for field in meta.local_concrete_fields if field.unique]
    constraints = [one for one in meta.constraints if isinstance(one, UniqueConstraint)]
    together = [set(one.fields) for one in constraints if one.fields and not one.condition]
    return any(fields <= names for fields in alone + together)


def _sorted_by(rows: QuerySet[Any]) -> set[str]:
    query, meta = rows.query, rows.model._meta
    order = query.order_by or (meta.ordering if query.default_ordering else ())
    field_of = {field.attname: field.name for field in meta.concrete_fields}
    names = [meta.pk.name if name == "pk" else name for name in map(_name, order)]
    return {field_of.get(name, name) for name in names}


def _name(part: Any) -> str:
    if isinstance(part, OrderBy):
        part = part.expression
    if isinstance(part, F):
        part = part.name
    return str(part).lstrip("-")


def _equal_in_all(rows: QuerySet[Any]) -> set[str]:
    """What the query asks to be one value."""
    asked = rows.query.where.children if rows.query.where.connector == "AND" else []
    exact = [one for one in asked if getattr(one, "lookup_name", "") == "exact"]
    return {one.lhs.target.name for one in exact if hasattr(one.lhs, "target")}
