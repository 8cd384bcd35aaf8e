"""When the index must be made anew: what is put into it has changed since it was made."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db.models import QuerySet
from modelsearch.index import get_indexed_models

from core import jobs
from core.models import Job, JobState

KIND: Final = "search.rebuild"
_IN_VAIN = {JobState.FAILED, JobState.CANCELLED}


def digest() -> str:
    """Stands for all that decides what the index holds: our rules and each model's fields."""
    rules = sorted(Path(__file__).parent.glob("*.py"))
    parts = [path.read_bytes() for path in rules]
    for model in sorted(get_indexed_models(), key=lambda model: model._meta.label):
        fields = [f"{type(row).__name__} {row.field_name}" for row in model.get_search_fields()]
        parts.append(f"{model._meta.label}: {sorted(fields)}".encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def rebuild_when_needed() -> Job:
    """Queue a rebuild unless the last one is by the rules in force; harmless to repeat.

    After a return to an older release the last one is by other rules; one that failed or was
    stopped made nothing. Processes that start together queue the same one.
    """
    rules = digest()
    last = Job.objects.filter(kind=KIND).order_by("-created_at").first()
    if last and last.state not in _IN_VAIN and f"{last.key}:".startswith(f"{KIND}:{rules}:"):
        return last
    return jobs.enqueue(KIND, key=f"{KIND}:{rules}:{last.pk if last else 'first'}")


def last_done() -> QuerySet[Job]:
    """The rebuild that made the index as it is, alone; empty before the first."""
    return Job.objects.filter(kind=KIND, state=JobState.DONE).order_by("-created_at")[:1]


def rebuild() -> None:
    """Put every object into the index anew; what is found meanwhile is found still."""
    call_command("update_index", verbosity=0)
