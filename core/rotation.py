"""Re-encrypt stored values with the current key, in batches that may stop at any point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from core import crypto
from core.fields import Ciphertext, EncryptedTextField

Place = tuple[type[models.Model], EncryptedTextField]


def places() -> list[Place]:
    """Every encrypted field of every table."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate(batch: int) -> Iterator[tuple[str, int, int]]:
    """Yield ``(field, re-encrypted, left alone)`` after each batch; repeating goes on.

    A value that somebody saves meanwhile is left alone: saving uses the current key anyway. So is
    one that its row cannot read: ``faults`` names it, and the others do not wait for it.
    """
    for model, field in places():
        name = f"{model._meta.label}.{field.name}"
        for rows in _batches(model, field, batch):
            done = sum(_renew(model, field, key, value) for key, value in rows)
            yield name, done, len(rows) - done


def faults() -> Iterator[tuple[str, str, str]]:
    """Yield ``(field, row, fault)`` for each value that its row cannot read."""
    for model, field in places():
        for rows in _batches(model, field, 1000):
            for key, value in rows:
                fault = _fault(model, field, key, value)
                if fault:
                    yield f"{model._meta.label}.{field.name}", str(key), fault


def count_by_key() -> dict[str, int]:
    """How many values each key wrote; a key that wrote none may be taken out of the file."""
    counts: Counter[str] = Counter()
    for model, field in places():
        for rows in _batches(model, field, 1000):
            counts.update(_key_id(value) for _key, value in rows)
    return dict(counts)


def _batches(
    model: type[models.Model], field: EncryptedTextField, batch: int
) -> Iterator[list[tuple[Any, Ciphertext]]]:
    rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("pk")
    after = None
    while True:
        page = rows if after is None else rows.filter(pk__gt=after)
        values = list(page.values_list("pk", field.name)[:batch])
        if not values:
            return
        after = values[-1][0]
        yield values


def _renew(
    model: type[models.Model], field: EncryptedTextField, key: Any, value: Ciphertext
) -> bool:
    ring = crypto.key_ring()
    if _key_id(value) == ring.current:
        return False
    place = field.bound(model(pk=key))
    try:
        fresh = crypto.encrypt(crypto.decrypt(value, place, ring), place, ring)
    except crypto.Tampered:
        return False
    unchanged = model._base_manager.filter(pk=key, **{field.name: bytes(value)})
    return bool(unchanged.update(**{field.name: fresh}))


def _fault(
    model: type[models.Model], field: EncryptedTextField, key: Any, value: Ciphertext
) -> str:
    try:
        crypto.decrypt(value, field.bound(model(pk=key)))
    except (crypto.KeyFault, crypto.Tampered) as error:
        return type(error).__name__
    return ""


def _key_id(value: Ciphertext) -> str:
    try:
        return crypto.key_id_of(value)
    except crypto.Tampered:
        return "?"
