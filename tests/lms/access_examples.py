"""Objects of the house itself for the access sweep."""

from core.models import Job
from tests.access.examples import Case, example
from tests.access.town import Town


@example("api:job")
def own_jobs(town: Town) -> list[Case]:
    return [
        Case(
            role,
            {"job_id": Job.objects.create(kind="sweep", actor_id=town.user(role).pk).pk},
            {role},
        )
        for role in ("teacher", "stranger")
    ]
