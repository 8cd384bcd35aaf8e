"""Background work of the learning room."""

from uuid import UUID

from core import jobs
from core.jobs import JobRun
from courses.models import Course
from courses.services.attempting import CLOSE_KIND, close_attempt
from courses.services.editing import REASSESS_KIND
from courses.services.reassessing import reassess_course


@jobs.handler(CLOSE_KIND)
def close_due_attempt(run: JobRun) -> None:
    """Mark an attempt whose time is over."""
    close_attempt(attempt_id=UUID(run.payload["attempt"]))


@jobs.handler(REASSESS_KIND, lease_seconds=120)
def reassess(run: JobRun) -> None:
    """Judge the learners of a changed course anew."""
    course = Course.objects.get(pk=run.payload["course"])
    reassess_course(actor=None, course=course, report=run.progress)
