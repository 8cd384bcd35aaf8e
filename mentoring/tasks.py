"""Background work of mentoring: one call each."""

from core import jobs
from mentoring.services import compute_assignment, counting
from mentoring.services.proposing import KIND


@jobs.handler(KIND, lease_seconds=180)
def compute(run: jobs.JobRun) -> None:
    compute_assignment(run=run)


@jobs.handler(counting.KIND, lease_seconds=180)
def count_schools(run: jobs.JobRun) -> None:
    counting.count_schools(run)
