"""One at a time, across processes, for the length of a transaction."""

from __future__ import annotations

import zlib

from django.db import connection, transaction


def one_at_a_time(name: str) -> None:
    """Wait until no other transaction holds ``name``; released at its end.

    On SQLite the surrounding immediate transaction is already alone. Raises
    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("one_at_a_time needs a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
