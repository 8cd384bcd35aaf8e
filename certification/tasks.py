"""Background work of certification: one call each."""

from certification.services import render_certificate, run_check
from certification.services.checking import drop_expired
from core import jobs


@jobs.handler("certification.render", lease_seconds=60, max_attempts=5)
def render(run: jobs.JobRun) -> None:
    render_certificate(run=run)


@jobs.handler("certification.check", lease_seconds=120, max_attempts=3)
def check(run: jobs.JobRun) -> None:
    run_check(run=run)


@jobs.handler("certification.drop_checks")
def drop(run: jobs.JobRun) -> None:
    drop_expired()
