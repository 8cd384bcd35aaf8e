"""One pupil: the record, the numbers for a purpose, and what can be changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools import permissions, services
from schools.forms import (
    CorrectPupilForm,
    LeaveSchoolForm,
    PlaceForm,
    RevealForm,
)
from schools.models import Pupil
from schools.selectors import pupils as reads
from schools.views.asking import ask


def pupil_page(
    request: HttpRequest, found: Pupil, *, shown: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a pupil; `shown` are whole numbers by what they belong to."""
    unit = reads.school_of(found)
    context = {
        "pupil": found,
        "unit": unit,
        "seats": reads.seats_of(found),
        "siblings": reads.siblings_for(request.user, found),
        "contacts": reads.contacts_for(request.user, found),
        "number": reads.number_for(request.user, found),
        "shown": shown or {},
        "reveal_form": RevealForm(),
        "asks": permissions.reads_contacts(request.user, found, unit),
        "keeps": permissions.keeps_pupils(request.user, unit),
        "sees_unit": permissions.can_view_unit(request.user, unit),
    }
    return render(request, "schools/pupil.html", context, status=status)


@require_GET
def pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """One pupil: classes, household, and the ends of the numbers."""
    return pupil_page(request, services.open_pupil(actor=request.user, pupil_id=pupil_id))


@never_cache
@require_POST
def reveal_number(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """The page of a pupil with the whole school number, once."""
    purpose = request.POST.get("purpose", "")
    number = services.reveal_number(actor=request.user, pupil_id=pupil_id, purpose=purpose)
    found = reads.get_pupil_for(request.user, pupil_id)
    return pupil_page(request, found, shown={"number": number})


@never_cache
@require_POST
def reveal_phone(request: HttpRequest, pupil_id: UUID, guardian_id: UUID) -> HttpResponse:
    """The page of a pupil with the whole phone of a guardian, once."""
    phone = services.reveal_guardian_phone(
        actor=request.user,
        pupil_id=pupil_id,
        guardian_id=guardian_id,
        purpose=request.POST.get("purpose", ""),
    )
    found = reads.get_pupil_for(request.user, pupil_id)
    return pupil_page(request, found, shown={"guardian": str(guardian_id), "phone": phone})


@require_http_methods(["GET", "POST"])
def correct_pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Correct the name, sex or school number of a pupil."""
    found = reads.kept_pupil(request.user, pupil_id)
    return ask(
        request,
        CorrectPupilForm(request.POST or None, initial={"name": found.name, "sex": found.sex}),
        lambda values: services.correct_pupil(actor=request.user, pupil=found, **values)[1],
        done=_("已更正。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("更正学生信息"),
        kicker=found.name,
        button=_("保存"),
    )


@require_http_methods(["GET", "POST"])
def place_pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Let a pupil sit in another class of the school from a day on."""
    found = reads.kept_pupil(request.user, pupil_id)
    return ask(
        request,
        PlaceForm(request.POST or None, viewer=request.user, unit=reads.school_of(found)),
        lambda values: services.place_pupil(actor=request.user, pupil=found, **values)[1],
        done=_("已安排。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("调班"),
        kicker=found.name,
        lead=_("原来的在班记录到那天结束。已经离校的学生，从那天起重新入校。"),
        button=_("办理"),
    )


@require_http_methods(["GET", "POST"])
def leave_school(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Let a pupil sit in no class from a day on."""
    found = reads.kept_pupil(request.user, pupil_id)
    return ask(
        request,
        LeaveSchoolForm(request.POST or None),
        lambda values: services.leave_school(actor=request.user, pupil=found, **values),
        done=_("离校已登记。"),
        back=reverse("schools:pupil", args=[found.pk]),
        after=reverse("schools:class", args=[reads.seat_of(found).school_class_id]),
        title=_("办理离校"),
        kicker=found.name,
        lead=_("转学的学生由新学校按学籍号和姓名登记，记录随之过去。"),
        button=_("办理离校"),
        is_danger=True,
    )
