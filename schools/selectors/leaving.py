"""What somebody who goes leaves to others, as the rooms that know tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from schools.models import ClassTeacher, Teacher


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Something that needs somebody else: what, who or which, what happens, and where to act."""

    title: str
    names: tuple[str, ...]
    note: str
    url: str
    link: str


Provider = Callable[[Any, Teacher], Iterator[LeftBehind]]
_providers: list[Provider] = []


def left_behind_is(provider: Provider) -> None:
    """Register who knows what people leave behind; repeating is harmless."""
    if provider not in _providers:
        _providers.append(provider)


def left_behind(viewer: Any, teacher: Teacher) -> list[LeftBehind]:
    """What the teacher has in hand today or later, as far as the viewer may know it."""
    found = list(_classes(teacher))
    for provider in _providers:
        found.extend(provider(viewer, teacher))
    return found


def _classes(teacher: Teacher) -> Iterator[LeftBehind]:
    led = ClassTeacher.objects.reaching(clock.today()).filter(teacher=teacher)
    for row in led.select_related("school_class__unit").order_by("starts_on", "pk"):
        yield LeftBehind(
            title=_("是班主任"),
            names=(str(row.school_class),),
            note=_("从离开那天起，这个班没有班主任，请先换人。"),
            url=reverse("schools:class", args=[row.school_class_id]),
            link=_("打开班级"),
        )
