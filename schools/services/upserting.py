"""Many rows with encrypted columns are corrected in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
BATCH = 500


def upsert(rows: Sequence[M], fields: Sequence[str]) -> None:
    """Write these columns of rows on record. The rows must be loaded in full.

    Insertion is the one way in bulk that encrypts; the key of each row stands already, so the
    database corrects it instead.
    """
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(fields),
        )
