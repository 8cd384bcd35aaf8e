"""Model fields of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

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


class _SealedAttribute:
    """Encrypts when assigned text is saved, decrypts when read."""

    def __init__(self, field: EncryptedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if isinstance(value, bytes | memoryview):
            value = Sealed(crypto.decrypt(bytes(value), self.field.bound(instance)))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_Binary):
    """Text that the database holds only as ciphertext bound to table, column and row.

    The row's key must be set before saving (UUID keys are). No look-up but ``isnull`` works.
    Bulk ``update()`` is refused, because it knows no row.
    """

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def bound(self, instance: models.Model) -> str:
        """The place that a value belongs to: ``table:column:row``."""
        if instance.pk is None:
            raise ValueError("an encrypted field needs the row's key before saving")
        return f"{instance._meta.db_table}:{self.column}:{instance.pk}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, bytes | memoryview):
            return value
        return crypto.encrypt(str(value), self.bound(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            raise TypeError("an encrypted field is written by save() only")
        return super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("an encrypted field is not serialised")
