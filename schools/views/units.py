"""Counties and schools, one by one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schools import services
from schools.forms import NewUnitForm, UnitForm
from schools.selectors import staff
from schools.views.asking import ask


@require_http_methods(["GET", "POST"])
def add_unit(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Add a school to a county, or a county to the bureau."""
    place = staff.parent_unit(request.user, unit_id)
    kind = "school" if place.kind == "county" else "county"
    return ask(
        request,
        NewUnitForm(request.POST or None, kind=kind),
        lambda values: services.add_unit(actor=request.user, kind=kind, parent=place, **values)[1],
        done=_("单位已添加。"),
        back=reverse("schools:unit", args=[place.pk]),
        title=_("添加学校") if kind == "school" else _("添加县区"),
        kicker=place.name,
        lead=_("一次添加一所。学校多时请用“导入名册”的学校表。"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def correct_unit(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Correct the name or stage of a unit."""
    place = staff.correctable_unit(request.user, unit_id)
    return ask(
        request,
        UnitForm(
            request.POST or None,
            kind=place.kind,
            initial={"name": place.name, "stage": place.stage},
        ),
        lambda values: services.correct_unit(actor=request.user, unit=place, **values)[1],
        done=_("已更正。"),
        back=reverse("schools:unit", args=[place.pk]),
        title=_("更正单位信息"),
        kicker=place.name,
        lead=_("代码不能更改。已签发的证书仍写当时的名称。"),
        button=_("保存"),
    )
