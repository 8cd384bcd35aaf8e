"""A school's assignment: computed, looked at, repaired, published, and mended by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import Missing
from mentoring import services
from mentoring.forms import ByHandForm, LimitForm, ProposeForm, PublishForm, RepairForm
from mentoring.models import AssignmentRun, RunState
from mentoring.permissions import publishes_in
from mentoring.selectors import planning, wording
from mentoring.selectors.assignments import get_run_for, pupil_to_assign
from schools.views.asking import ask, carried_out

PAGE_ROWS = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The schools that the viewer plans for: who has a mentor, who has none, what was computed."""
    schools = [
        planning.standing_of(request.user, unit) for unit in planning.planned_schools(request.user)
    ]
    return index_page(request, schools, ProposeForm())


def index_page(
    request: HttpRequest, schools: list[planning.Standing], form: ProposeForm, status: int = 200
) -> HttpResponse:
    """The page itself, also after a refusal."""
    context = {"schools": schools, "form": form, "terms": planning.terms_to_plan()}
    return render(request, "mentoring/assignments.html", context, status=status)


@require_POST
def propose(request: HttpRequest) -> HttpResponseBase:
    """Let a job compute an assignment."""
    unit = planning.get_planned_school(viewer=request.user, key=request.POST.get("school", ""))
    form = ProposeForm(request.POST)
    if not form.is_valid():
        standing = planning.standing_of(request.user, unit)
        return index_page(request, [standing], form, status=422)
    run = services.propose_assignment(actor=request.user, unit=unit, term=form.cleaned_data["term"])
    return redirect("mentoring:assignment", run_id=run.pk)


@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One computed assignment: its progress, its preview, or who lacks what."""
    found = services.open_run(actor=request.user, run_id=run_id)
    return run_page(request, found)


def run_page(
    request: HttpRequest,
    found: AssignmentRun,
    *,
    publication: PublishForm | None = None,
    repair: RepairForm | None = None,
) -> HttpResponse:
    """The page of a run, with a form that was refused where there is one."""
    context: dict[str, Any] = {
        "run": found,
        "publishes": publishes_in(request.user, found.unit),
        "publication": publication or PublishForm(),
    }
    if found.state in {RunState.INFEASIBLE, RunState.REPAIRED}:
        context |= {"explained": wording.explained(found), "repair": repair}
    elif found.objective is not None:
        query = request.GET.get("q", "").strip()[:60]
        pairs = Paginator(planning.proposed_pairs(found, query), PAGE_ROWS)
        page = pairs.get_page(request.GET.get("page"))
        places = planning.planned_places(found)
        context |= {
            "places": places,
            "mentors": sum(place.hard_cap > 0 for place in places),
            "page": page,
            "pairs": planning.pairs_shown(found, page),
            "query": query,
        }
    fragment = getattr(request, "htmx", False) and request.method == "GET"
    template = "mentoring/assignment.html" + ("#body" if fragment else "")
    refused = [form for form in (publication, repair) if form is not None and form.errors]
    return render(request, template, context, status=422 if refused else 200)


@require_POST
def publish(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Make a previewed assignment effective."""
    found = get_run_for(viewer=request.user, run_id=run_id)
    if not publishes_in(request.user, found.unit):
        raise Missing
    form = PublishForm(request.POST)

    def act(given: dict[str, Any]) -> AssignmentRun:
        return services.publish_assignment(actor=request.user, run=found, **given)

    if form.is_valid() and carried_out(form, act) is not None:
        messages.success(request, _("分配方案已发布，每名学生都有导师了。"))
        return redirect("mentoring:assignment", run_id=run_id)
    return run_page(request, found, publication=form)


@require_POST
def repair(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Take one of the ways out, and compute anew."""
    found = get_run_for(viewer=request.user, run_id=run_id)
    if not publishes_in(request.user, found.unit):
        raise Missing
    form = RepairForm(request.POST)

    def act(given: dict[str, Any]) -> AssignmentRun:
        return services.accept_repair(actor=request.user, run=found, **given)

    newest = carried_out(form, act) if form.is_valid() else None
    if newest is not None:
        messages.success(request, _("调整已登记，正在重新计算。"))
        return redirect("mentoring:assignment", run_id=newest.pk)
    return run_page(request, found, repair=form)


@require_GET
def mentors(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The school's teachers as mentors: load, places, qualification."""
    unit = planning.get_planned_school(viewer=request.user, key=unit_id)
    context = {
        "unit": unit,
        "places": planning.places_of(request.user, unit),
        "heads": publishes_in(request.user, unit),
    }
    return render(request, "mentoring/mentors.html", context)


@require_GET
def gaps(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Pupils who have no mentor today."""
    unit, found = services.open_gaps(actor=request.user, unit_key=unit_id)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"unit": unit, "page": page, "publishes": publishes_in(request.user, unit)}
    return render(request, "mentoring/gaps.html", context)


@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """How many pupils a teacher mentors."""
    unit, place = planning.get_place_for(viewer=request.user, teacher_id=teacher_id)

    def act(given: dict[str, Any]) -> None:
        services.limit_mentor(actor=request.user, teacher=place.teacher, **given)

    return ask(
        request,
        LimitForm(request.POST or None, place=place),
        act,
        done=_("名额已登记，下次计算分配时生效。"),
        back=reverse("mentoring:mentors", args=[unit.pk]),
        title=_("导师名额：%(name)s") % {"name": place.teacher.name},
        lead=_("现带 %(load)d 名学生。名额只影响以后的分配，不改变已有结对。")
        % {"load": place.load},
        button=_("保存名额"),
    )


@require_http_methods(["GET", "POST"])
def by_hand(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Another mentor for one pupil, from today."""
    unit, pupil = pupil_to_assign(viewer=request.user, pupil_id=pupil_id)
    places = planning.places_of(request.user, unit)
    teachers = {str(place.teacher.pk): place.teacher for place in places}

    def act(given: dict[str, Any]) -> None:
        services.assign_by_hand(
            actor=request.user,
            pupil=pupil,
            mentor=teachers[given["mentor"]],
            reason=given["reason"],
        )

    return ask(
        request,
        ByHandForm(request.POST or None, places=places),
        act,
        done=_("导师已指定，从今天起生效。"),
        back=reverse("mentoring:gaps", args=[unit.pk]),
        title=_("指定导师：%(name)s") % {"name": pupil.name},
        lead=_("从今天起由新导师负责，原导师的结对在今天结束。"),
        button=_("指定导师"),
    )
