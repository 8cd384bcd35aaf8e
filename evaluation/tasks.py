"""Background work of evaluation: one call each."""

from core import jobs
from evaluation.services import recompute
from evaluation.services.computing import KIND


@jobs.handler(KIND, lease_seconds=300)
def compute(run: jobs.JobRun) -> None:
    recompute(run=run)
