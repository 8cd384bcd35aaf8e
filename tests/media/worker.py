"""A worker in its own process that dies where it is told; run as a script.

prepare SOURCE…    make the tables it needs, take in the sources, print the jobs
die POINT JOB      run one job and be killed at that point
finish             an hour later: run what is due until nothing is left, print the outcome
"""

from __future__ import annotations

import json
import os
import signal
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import django


def prepare(*sources: str) -> list[str]:
    from django.core.management import call_command

    from media import services

    for room in ("core", "media"):
        call_command("migrate", room, verbosity=0)
    versions = [
        services.receive_upload(actor=None, file=BytesIO(Path(source).read_bytes()), title=source)
        for source in sources
    ]
    return [str(version.job_id) for version in versions]


def end_here(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die(point: str, job: str) -> None:
    from core import jobs
    from media import production
    from media.services import transcoding

    if point == "while encoding":
        report = transcoding._Reporter.progress

        def progress(self: Any, percent: int) -> None:
            report(self, percent)
            if percent >= 1:
                end_here()

        transcoding._Reporter.progress = progress  # type: ignore[method-assign]
    elif point == "before the directory has its name":
        production.move_into_place = end_here
    elif point == "before the row is committed":
        transcoding._mark_ready = end_here
    jobs.run(UUID(job))


def finish() -> dict[str, Any]:
    from core import jobs
    from core.models import Job
    from media.models import RecordingVersion

    while due := jobs.due_jobs():
        for job_id, _queue in due:
            jobs.run(job_id)
    return {
        "versions": sorted(RecordingVersion.objects.values_list("state", "directory")),
        "jobs": list(Job.objects.values_list("state", "attempts")),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    django.setup()
    answer = {"prepare": prepare, "die": die, "finish": finish}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(answer))
