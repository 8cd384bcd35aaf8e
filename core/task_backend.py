"""The framework's own background work (search and reference index, file deletion) as jobs."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from core import jobs

KIND = "core.framework_task"


class JobBackend(BaseTaskBackend):
    """Writes a job row in the transaction of the change; a worker imports the function by path."""

    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queues a task as a job; its arguments must be plain values."""
        self.validate_task(task)
        payload = {"task": task.module_path, "args": list(args), "kwargs": dict(kwargs)}
        job = jobs.enqueue(KIND, payload=normalize_json(payload))
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def call(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Runs the task at an import path. Raises TypeError when there is something else."""
    from django.utils.module_loading import import_string

    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is not a task")
    task.call(*args, **kwargs)
