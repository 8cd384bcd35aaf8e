"""Every school's numbers are counted anew once a day, from the facts."""

from __future__ import annotations

from core import clock, jobs
from mentoring.models import SchoolFigures
from mentoring.selectors.figures import count_school
from schools.models import Unit, UnitKind

KIND = "mentoring.count_schools"


def order_count() -> None:
    """Have all schools counted today; asking again on the same day starts nothing more."""
    jobs.enqueue(KIND, key=f"{KIND}:{clock.today()}")


def count_schools(run: jobs.JobRun | None = None) -> int:
    """Count each school that has not been counted today; how many were.

    A count that was broken off goes on where it stood.
    """
    today = clock.today()
    counted = SchoolFigures.objects.filter(counted_on=today)
    schools = Unit.objects.filter(kind=UnitKind.SCHOOL).exclude(pk__in=counted.values("unit"))
    waiting = list(schools.order_by("path"))
    for number, unit in enumerate(waiting, start=1):
        found = count_school(unit, today)
        SchoolFigures.objects.update_or_create(
            unit=unit,
            defaults={
                "created_at": clock.now(),
                "counted_on": today,
                "pupils": found.pupils,
                "without_mentor": found.without_mentor,
                "overdue": found.overdue,
            },
        )
        if run is not None:
            run.progress(number, total=len(waiting))
    return len(waiting)
