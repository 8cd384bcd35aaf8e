"""Background work of the demo bureau."""

from core import jobs
from demo import services


@jobs.handler("demo.film", queue="media", lease_seconds=120, max_attempts=3)
def film(run: jobs.JobRun) -> None:
    """Make the film of the script named in the payload."""
    services.make_film(run=run)
