"""People across all units of a viewer, for the list behind the figures of the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from core import clock
from schools.models import Employment, Post, Teacher
from schools.permissions import ROSTER_KEEPERS, STAFF_READERS, scope_of, works_under
from schools.selectors.staff import person_q


def people_for(viewer: Any, query: str = "", *, without_account: bool = False) -> QuerySet[Teacher]:
    """People who work today under the viewer's units, each with `current_posts` and `places`.

    Those without an account are only the ones whose accounts the viewer may open.
    """
    readers = ROSTER_KEEPERS if without_account else STAFF_READERS
    people = Teacher.objects.filter(works_under(scope_of(viewer).paths(*readers)), person_q(query))
    if without_account:
        people = people.filter(user=None)
    today = clock.today()
    posts = Post.objects.on(today).order_by("role")
    places = Employment.objects.on(today).select_related("unit").order_by("unit__path")
    return people.prefetch_related(
        Prefetch("posts", posts, to_attr="current_posts"),
        Prefetch("employments", places, to_attr="places"),
    ).order_by("pinyin", "staff_number")
