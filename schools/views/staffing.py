"""People who come, are corrected, move and leave, one by one."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import Missing
from schools import permissions, services
from schools.forms import LeaveForm, MoveForm, PersonForm, TeacherForm
from schools.models import Teacher, Unit
from schools.selectors import place_of, staff
from schools.selectors.leaving import left_behind
from schools.views.asking import ask

DEPARTURE = "schools/departure.html"


def kept_place(request: HttpRequest, unit_id: UUID) -> Unit:
    """A unit whose roster the viewer keeps. Raises Missing."""
    return staff.kept_unit(request.user, str(unit_id))


def kept_person(request: HttpRequest, teacher_id: UUID) -> Teacher:
    """Somebody else on a roster that the viewer keeps; the look is traced. Raises Missing."""
    person = services.open_teacher(actor=request.user, teacher_id=teacher_id)
    if not permissions.can_correct_teacher(request.user, person, place_of(person)):
        raise Missing
    return person


@require_http_methods(["GET", "POST"])
def add_teacher(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Add one person to a unit."""
    place = kept_place(request, unit_id)
    return ask(
        request,
        TeacherForm(request.POST or None),
        lambda values: services.add_teacher(actor=request.user, unit=place, **values)[1],
        done=_("已添加。账号请在本页上方开通。"),
        back=reverse("schools:unit", args=[place.pk]),
        title=_("添加教职工"),
        kicker=place.name,
        lead=_("一次添加一人。人多时请用“导入名册”。"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def correct_teacher(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """Correct the name or phone of a person."""
    person = kept_person(request, teacher_id)
    return ask(
        request,
        PersonForm(request.POST or None, initial={"name": person.name}),
        lambda values: services.correct_teacher(
            actor=request.user,
            teacher=person,
            name=values["name"],
            phone=values["phone"] or None,
            reason=values["reason"],
        )[1],
        done=_("已更正。"),
        back=reverse("schools:teacher", args=[person.pk]),
        title=_("更正姓名或手机"),
        kicker=person.name,
        lead=_(
            "工号不能更改。刚录错、还没有学习记录的，请按正确的工号另行添加，再为这一条办理离职。"
        ),
        button=_("保存"),
    )


@require_http_methods(["GET", "POST"])
def move_teacher(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """Let a person work for another unit from a day on."""
    person = kept_person(request, teacher_id)
    return ask(
        request,
        MoveForm(request.POST or None, viewer=request.user),
        lambda values: services.move_teacher(actor=request.user, teacher=person, **values)[1],
        done=_("调动已登记。"),
        back=reverse("schools:teacher", args=[person.pk]),
        template=DEPARTURE,
        left_behind=partial(left_behind, request.user, person),
        title=_("调动"),
        kicker=person.name,
        lead=_("工号、学习记录、学分和证书跟着本人走。"),
        button=_("办理调动"),
    )


@require_http_methods(["GET", "POST"])
def end_employment(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """Let a person work for nobody from a day on."""
    person = kept_person(request, teacher_id)
    return ask(
        request,
        LeaveForm(request.POST or None),
        lambda values: services.move_teacher(
            actor=request.user, teacher=person, unit=None, on=values["on"]
        )[1],
        done=_("离职已登记。账号没有停用，本人仍可查看自己的学分和证书。"),
        back=reverse("schools:index"),
        template=DEPARTURE,
        left_behind=partial(left_behind, request.user, person),
        title=_("办理离职"),
        kicker=person.name,
        lead=_("用于退休、辞职或调出本市。学习记录、学分和证书都保留。"),
        button=_("办理离职"),
        is_danger=True,
    )
