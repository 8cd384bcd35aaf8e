"""Background work of this room."""

from uuid import UUID

from core import jobs
from media import services


@jobs.handler("media.transcode", queue="media", lease_seconds=120, max_attempts=3)
def transcode(run: jobs.JobRun) -> None:
    """Encode the cut named in the payload."""
    services.transcode_version(run=run, version_id=UUID(run.payload["version"]))
