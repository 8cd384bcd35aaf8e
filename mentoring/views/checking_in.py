"""A mentor's day: who is due, one contact logged, one pupil looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.errors import Missing
from core.submissions import submission_key
from mentoring import services
from mentoring.forms import AmendmentForm, CheckInForm, VoidForm
from mentoring.permissions import Reading
from mentoring.selectors.caseload import Case, caseload_for
from mentoring.selectors.contacts import get_own_contact, pupils_named, siblings_of
from mentoring.selectors.handovers import waiting_handovers
from mentoring.selectors.planning import planned_schools
from mentoring.services.contacting import Worry
from schools.views.asking import ask
from wellbeing.models import Urgency


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The viewer's own pupils, who is due first on top."""
    cases = services.open_caseload(actor=request.user)
    context = {
        "cases": cases,
        "recorded": "recorded" in request.GET,
        "late": sum(case.is_overdue for case in cases),
        "today": clock.today(),
        "handing": waiting_handovers(request.user),
        "plans": planned_schools(request.user).exists(),
    }
    return render(request, "mentoring/caseload.html", context)


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest) -> HttpResponseBase:
    """Log one contact with one or several of the own pupils."""
    cases = caseload_for(viewer=request.user)
    if not cases:
        raise Missing
    chosen = _chosen(request, cases)
    form = CheckInForm(request.POST or None, pupils=_offered(cases, chosen), chosen=chosen)

    answer = ask(
        request,
        form,
        lambda given: _log(request.user, given),
        done=_("已记下。"),
        back=reverse("mentoring:caseload"),
        title=_("记一次联系"),
        lead=_("方式、结果、一句话，就够了。"),
        button=_("记下"),
        template="mentoring/check_in.html",
    )
    if answer.status_code == 302 and form.cleaned_data["worried"]:
        urgency = form.cleaned_data["urgency"] or Urgency.ORANGE
        return redirect(f"{reverse('wellbeing:sent')}?urgency={urgency}")
    return answer


def _log(actor: Any, given: dict[str, Any]) -> None:
    facts = dict(given)
    pupils = pupils_named(UUID(key) for key in facts.pop("pupils"))
    worry = Worry(facts.pop("urgency") or Urgency.ORANGE, facts.pop("names"))
    told = worry if facts.pop("worried") else None
    key = submission_key(actor.pk, services.CHECK_IN, str(facts.pop("submission_key")))
    services.log_check_in(actor=actor, pupils=pupils, worry=told, submission_key=key, **facts)


def _chosen(request: HttpRequest, cases: list[Case]) -> UUID | None:
    """The pupil named in the address, if it is one of the own."""
    named = request.GET.get("pupil", "")
    return next((case.pupil_id for case in cases if str(case.pupil_id) == named), None)


def _offered(cases: list[Case], chosen: UUID | None) -> list[tuple[UUID, str]]:
    """Own pupils, each followed by brothers and sisters at the school; of a chosen pupil only
    the household.
    """
    home = next((case.household_id for case in cases if case.pupil_id == chosen), None)
    siblings = siblings_of(cases)
    offered: dict[UUID, str] = {}
    for case in sorted(cases, key=lambda case: case.pupil_id != chosen):
        if home is not None and case.household_id != home:
            continue
        offered[case.pupil_id] = f"{case.name}（{case.school_class}）"
        for pupil in siblings[case.household_id]:
            words = _("%(name)s（%(sibling)s的兄弟姐妹，仅家访）")
            offered[pupil.pk] = words % {"name": pupil.name, "sibling": case.name}
    return list(offered.items())


@require_GET
def pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """A pupil's contacts, as far as the viewer may read."""
    opened = services.open_pupil(actor=request.user, pupil_id=pupil_id)
    context = {
        "opened": opened,
        "reads_words": opened.reading >= Reading.OWN_WORDS,
        "met": sum(not entry.voided_because for entry in opened.entries),
    }
    return render(request, "mentoring/pupil.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, contact_id: UUID) -> HttpResponseBase:
    """Add to the note of an own contact."""
    contact = get_own_contact(viewer=request.user, contact_id=contact_id)

    def act(given: dict[str, Any]) -> None:
        services.amend_check_in(actor=request.user, contact=contact, **given)

    return ask(
        request,
        AmendmentForm(request.POST or None),
        act,
        done=_("补充已记下，原来的内容没有改动。"),
        back=_page_of(contact),
        title=_("补充联系记录"),
        lead=_("原来的记录不会改动，补充写在它后面。"),
        button=_("保存补充"),
    )


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, contact_id: UUID) -> HttpResponseBase:
    """An own contact was logged by mistake."""
    contact = get_own_contact(viewer=request.user, contact_id=contact_id)

    def act(given: dict[str, Any]) -> None:
        services.void_check_in(actor=request.user, contact=contact, **given)

    return ask(
        request,
        VoidForm(request.POST or None),
        act,
        done=_("记录已作废，不再计入。"),
        back=_page_of(contact),
        title=_("作废联系记录"),
        lead=_("只在记错人、记错事时使用。记录保留，但不再计入，也不能恢复。"),
        button=_("作废"),
        is_danger=True,
    )


def _page_of(contact: Any) -> str:
    first = contact.with_pupils.order_by("pk").values_list("pupil_id", flat=True)[0]
    return reverse("mentoring:pupil", args=[first])
