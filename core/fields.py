"""Model fields of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from core import crypto

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class Sealed(str):
    """Decrypted text; its representation never shows it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<Sealed>"


class Ciphertext(bytes):
    """What the database holds; only the row it belongs to can read it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<Ciphertext>"

    __str__ = __repr__


class _SealedAttribute(DeferredAttribute):
    """Decrypts when read for the first time; loads a deferred value like any other field."""

    field: EncryptedTextField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Ciphertext):
            return value
        text = Sealed(crypto.decrypt(value, self.field.bound(instance)))
        instance.__dict__[self.field.attname] = text
        return text

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_Binary):
    """Text that the database holds only as ciphertext bound to table, column and row.

    The row's key must be set before saving (UUID keys are). No look-up by content works, only
    ``isnull``; ``values()`` gives an opaque Ciphertext. Bulk ``update()`` with text is refused,
    because it knows no row. Reading raises ``crypto.Tampered`` or ``crypto.KeyFault``, never
    gives ciphertext.
    """

    descriptor_class = _SealedAttribute

    def bound(self, instance: models.Model) -> str:
        """The place that a value belongs to: ``table:column:row``."""
        if instance.pk is None:
            raise ValueError("an encrypted field needs the row's key before saving")
        return f"{self.model._meta.db_table}:{self.column}:{instance.pk}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"isnull", "exact"} else None

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        if self.has_default():
            return self.default() if callable(self.default) else self.default
        return None if self.null else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        place = self.bound(model_instance)
        if isinstance(value, Ciphertext):
            if add:
                crypto.decrypt(value, place)
            return value
        return crypto.encrypt(str(value), place)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            raise TypeError("an encrypted field is written by save() only")
        return super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("an encrypted field is not serialised")
