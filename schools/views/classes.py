"""Classes of a school, and one class with its people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from schools import permissions, services
from schools.forms import ClassForm, LeaderForm, PupilForm
from schools.selectors import classes as reads
from schools.selectors.staff import kept_unit
from schools.selectors.wording import grade_text
from schools.views.asking import ask

PAGE_ROWS = 100


@require_GET
def classes(request: HttpRequest) -> HttpResponseBase:
    """The classes that the viewer leads and the schools that the viewer reads; whoever has only
    one of all goes there at once."""
    led, schools = list(reads.led_by(request.user)), list(reads.schools_read_by(request.user))
    if len(led) == 1 and not schools:
        return redirect("schools:class", class_id=led[0].pk)
    if len(schools) == 1 and not led:
        return redirect("schools:unit_classes", unit_id=schools[0].pk)
    return render(request, "schools/led_classes.html", {"classes": led, "schools": schools})


@require_GET
def unit_classes(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The classes of a school with their grades and class teachers."""
    place = reads.school_with_classes(request.user, unit_id)
    shown = reads.classes_shown(request.user, place)
    context = {
        "unit": place,
        "classes": shown,
        "hides_counts": any(row.pupils is None for row in shown),
        "keeps": permissions.keeps_roster(request.user, place),
        "keeps_pupils": permissions.keeps_pupils(request.user, place),
    }
    return render(request, "schools/classes.html", context)


@require_http_methods(["GET", "POST"])
def add_class(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Record a class of a school."""
    place = kept_unit(request.user, str(unit_id))
    return ask(
        request,
        ClassForm(request.POST or None),
        lambda values: services.add_class(actor=request.user, unit=place, **values)[1],
        done=_("班级已登记。"),
        back=reverse("schools:unit_classes", args=[place.pk]),
        title=_("登记班级"),
        kicker=place.name,
        lead=_("年级由入学年份推算，不用逐年修改。班级多时请用“导入名册”。"),
        button=_("登记"),
    )


@require_POST
def move_up(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Let the classes that have gone through all grades finish."""
    place = kept_unit(request.user, str(unit_id))
    moved = services.move_up(actor=request.user, unit=place)
    if moved.classes:
        told = {"classes": moved.classes, "pupils": moved.pupils}
        words = _("已结束 %(classes)s 个毕业班，%(pupils)s 名学生毕业。其他班级随学年升级。")
        messages.success(request, words % told)
    else:
        messages.info(request, _("没有需要结束的毕业班，各班年级随学年推算。"))
    return redirect("schools:unit_classes", unit_id=unit_id)


@require_GET
def school_class(request: HttpRequest, class_id: UUID) -> HttpResponse:
    """One class: who leads and teaches it, and its pupils for whom they are named."""
    query = request.GET.get("q", "")
    found, pupils = services.open_class(actor=request.user, class_id=class_id, query=query)
    context = {
        "school_class": found,
        "grade": grade_text(reads.standing(found, clock.today())),
        "leaders": reads.leaders_of(found),
        "teaching": reads.teaching_in(found),
        "names_pupils": reads.names_pupils_of(request.user, found),
        "page": Paginator(pupils, PAGE_ROWS).get_page(request.GET.get("page")),
        "query": query,
        "keeps": permissions.keeps_roster(request.user, found.unit),
        "keeps_pupils": permissions.keeps_pupils(request.user, found.unit),
        "sees_unit": permissions.can_view_unit(request.user, found.unit),
    }
    return render(request, "schools/class.html", context)


@require_http_methods(["GET", "POST"])
def name_class_teacher(request: HttpRequest, class_id: UUID) -> HttpResponseBase:
    """Name who leads a class from a day on."""
    found = reads.kept_class(request.user, class_id)
    return ask(
        request,
        LeaderForm(request.POST or None, viewer=request.user, unit=found.unit),
        lambda values: services.name_class_teacher(
            actor=request.user, school_class=found, **values
        )[1],
        done=_("班主任已任命。"),
        back=reverse("schools:class", args=[found.pk]),
        title=_("任命班主任"),
        kicker=str(found),
        lead=_("原班主任的带班到那天结束。没有班主任职务的，同一天起有这个职务。"),
        button=_("任命"),
    )


@require_http_methods(["GET", "POST"])
def add_pupil(request: HttpRequest, class_id: UUID) -> HttpResponseBase:
    """Record one pupil in a class."""
    found = reads.class_whose_pupils_are_kept(request.user, class_id)
    return ask(
        request,
        PupilForm(request.POST or None),
        lambda values: services.add_pupil(actor=request.user, school_class=found, **values)[1],
        done=_("学生已登记。"),
        back=reverse("schools:class", args=[found.pk]),
        title=_("登记学生"),
        kicker=str(found),
        lead=_("一次登记一人。人多时请用“导入名册”。转入的学生请填学籍号，就接上原来的记录。"),
        button=_("登记"),
    )
