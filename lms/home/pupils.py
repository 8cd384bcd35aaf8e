"""Classes and pupils on the page of those who lead a class or look after a school's pupils."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.home.parts import Figure, Section
from schools.permissions import visible_pupils


def pupils_section(viewer: Any) -> Section:
    """How many pupils the viewer may know by name, and the way to them."""
    address = reverse("schools:classes")
    return Section(
        code="pupils",
        title=_("班级与学生"),
        figures=(Figure(_("在册学生"), visible_pupils(viewer).count(), address),),
        more_url=address,
        more=_("查看班级"),
    )
