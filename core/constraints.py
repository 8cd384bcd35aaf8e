"""A constraint that Django lacks for SQLite: periods of one thing never overlap."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, Q
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _


class _DateRange(Func):
    function = "daterange"


class _InstantRange(Func):
    function = "tstzrange"


class NoOverlap(BaseConstraint):
    """Rows that agree in ``fields`` have half-open periods ``[start, end)`` without overlap.

    An empty ``end`` means open; a row whose ``start`` or a field is empty never clashes.
    ``condition`` limits the rows that count. On PostgreSQL this is an exclusion constraint (needs
    btree_gist); on SQLite triggers, laid after every migrate. Both check row by row, so two
    periods change places by way of a third. Pair it with a check that ``end`` is later than
    ``start``.
    """

    default_violation_error_message = _("时间段与已有记录重叠，请调整起止日期。")

    def __init__(
        self,
        *,
        name: str,
        fields: tuple[str, ...] | list[str],
        start: str = "starts_on",
        end: str = "ends_on",
        condition: Q | None = None,
        violation_error_code: str | None = None,
        violation_error_message: Any = None,
    ) -> None:
        self.fields = tuple(fields)
        self.start = start
        self.end = end
        self.condition = condition
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs.update(fields=self.fields, start=self.start, end=self.end)
        if self.condition is not None:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoOverlap):
            return bool(self.deconstruct() == other.deconstruct())
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.start, self.end))

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return self._exclusion(model).constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return self._exclusion(model).create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return self._exclusion(model).remove_sql(model, schema_editor)

    def validate(
        self,
        model: Any,
        instance: Any,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        own = {field: getattr(instance, field) for field in self.fields}
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        if start is None or any(value is None for value in own.values()):
            return
        if self.condition is not None and not self._counts(instance, using, exclude):
            return
        others = model._default_manager.using(using).filter(**own).exclude(pk=instance.pk)
        others = others.filter(Q(**{f"{self.end}__gt": start}) | Q(**{f"{self.end}": None}))
        if end is not None:
            others = others.filter(**{f"{self.start}__lt": end})
        if self.condition is not None:
            others = others.filter(self.condition)
        if others.exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def sqlite_triggers(self, model: Any, connection: Any) -> dict[str, list[str]]:
        """Trigger name → statements that lay the two triggers of this constraint."""
        table = model._meta.db_table
        laid = {}
        for verb in ("INSERT", "UPDATE"):
            name = f"{table}__{self.name}_{verb.lower()}"
            laid[name] = [
                f'DROP TRIGGER IF EXISTS "{name}"',
                f'CREATE TRIGGER "{name}" AFTER {verb} ON "{table}" BEGIN '
                f"SELECT RAISE(ABORT, 'NoOverlap constraint failed: {self.name}') "
                f"WHERE EXISTS ({self._sqlite_clash(model, connection)}); END",
            ]
        return laid

    def _sqlite_clash(self, model: Any, connection: Any) -> str:
        def column(name: str) -> str:
            return str(model._meta.get_field(name).column)

        table, key = model._meta.db_table, model._meta.pk.column
        rows = f'"{table}"'
        if self.condition is not None:
            condition = self._condition_sql(model, connection)
            rows = f'(SELECT * FROM "{table}" WHERE {condition})'  # noqa: S608
        start, end, far = column(self.start), column(self.end), "'9999-12-31'"
        same = "".join(f' AND b."{column(f)}" = a."{column(f)}"' for f in self.fields)
        pairs = f'{rows} a JOIN {rows} b ON b."{key}" <> a."{key}"{same}'
        borders = " AND ".join(
            f'{early}."{start}" < COALESCE({late}."{end}", {far})'
            for early, late in ("aa", "bb", "ba", "ab")
        )
        return f'SELECT 1 FROM {pairs} WHERE a."{key}" = NEW."{key}" AND {borders}'  # noqa: S608

    def _condition_sql(self, model: Any, connection: Any) -> str:
        query = models.sql.Query(model=model, alias_cols=False)
        assert self.condition is not None
        where = query.build_where(self.condition)
        compiler = query.get_compiler(connection=connection)
        sql, params = where.as_sql(compiler, connection)
        quote = connection.SchemaEditorClass(connection, atomic=False).quote_value
        return str(sql % tuple(quote(value) for value in params))

    def _counts(self, instance: Any, using: str, exclude: Any) -> bool:
        against = instance._get_field_expression_map(
            meta=instance._meta, exclude=set(exclude or ())
        )
        return bool(self.condition and self.condition.check(against, using=using))

    def _exclusion(self, model: Any) -> ExclusionConstraint:
        start = model._meta.get_field(self.start)
        by_instant = isinstance(start, models.DateTimeField)
        period = (_InstantRange if by_instant else _DateRange)(F(self.start), F(self.end))
        condition = self.condition
        if start.null:
            begun = Q(**{f"{self.start}__isnull": False})
            condition = begun if condition is None else condition & begun
        return ExclusionConstraint(
            name=self.name,
            expressions=[*((field, "=") for field in self.fields), (period, "&&")],
            condition=condition,
        )
