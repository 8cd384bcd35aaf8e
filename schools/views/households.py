"""The household of a pupil: its guardians, and which household it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schools import services
from schools.forms import (
    CorrectGuardianForm,
    GuardianForm,
    HouseholdForm,
    RemoveGuardianForm,
)
from schools.models import Guardian, Pupil
from schools.selectors import pupils as reads
from schools.views.asking import ask


@require_http_methods(["GET", "POST"])
def join_household(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Bring a pupil into the household of a code; who is there already is named first."""
    found = reads.kept_pupil(request.user, pupil_id)
    form = HouseholdForm(request.POST or None)

    def act(values: dict[str, Any]) -> bool:
        try:
            return services.join_household(actor=request.user, pupil=found, **values)[1]
        except services.HouseholdHasPupils as there:
            form.data = {**request.POST.dict(), "seen": there.seen}
            raise

    return ask(
        request,
        form,
        act,
        done=_("已归入这个家庭。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("归入家庭"),
        kicker=found.name,
        lead=_(
            "归入后，与这个编号下的学生互为同一家庭，共用监护人。"
            "本来一人一户的，监护人随之过去；原来家里还有别的学生的，监护人留在那里。"
        ),
        button=_("归入"),
    )


@require_http_methods(["GET", "POST"])
def add_guardian(request: HttpRequest, pupil_id: UUID) -> HttpResponseBase:
    """Add a guardian to the pupil's household."""
    found = reads.kept_pupil(request.user, pupil_id)
    return ask(
        request,
        GuardianForm(request.POST or None),
        lambda values: services.add_guardian(actor=request.user, pupil=found, **values)[1],
        done=_("监护人已登记。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("添加监护人"),
        kicker=found.name,
        lead=_("同一家庭的兄弟姐妹共用这位监护人。"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def correct_guardian(request: HttpRequest, pupil_id: UUID, guardian_id: UUID) -> HttpResponseBase:
    """Correct a guardian; who was overtaken by somebody else sees what stands now."""
    found = reads.kept_pupil(request.user, pupil_id)
    guardian = reads.guardian_of(found, guardian_id)
    facts = {"name": guardian.name, "relation": guardian.relation, "seen": reads.mark_of(guardian)}
    form = CorrectGuardianForm(request.POST or None, initial=facts)

    def act(values: dict[str, Any]) -> bool:
        return services.correct_guardian(
            actor=request.user, pupil=found, guardian=guardian, **values
        )[1]

    return ask(
        request,
        form,
        lambda values: unless_overtaken(request, form, found, guardian, lambda: act(values)),
        done=_("已更正。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("更正监护人"),
        kicker=found.name,
        lead=_("同一家庭的兄弟姐妹共用这位监护人。"),
        button=_("保存"),
    )


@require_http_methods(["GET", "POST"])
def remove_guardian(request: HttpRequest, pupil_id: UUID, guardian_id: UUID) -> HttpResponseBase:
    """Take somebody off who is no guardian; who was overtaken sees who stands there now."""
    found = reads.kept_pupil(request.user, pupil_id)
    guardian = reads.guardian_of(found, guardian_id)
    form = RemoveGuardianForm(request.POST or None, initial={"seen": reads.mark_of(guardian)})

    def act(values: dict[str, Any]) -> bool:
        return services.remove_guardian(
            actor=request.user, pupil=found, guardian=guardian, **values
        )

    return ask(
        request,
        form,
        lambda values: unless_overtaken(request, form, found, guardian, lambda: act(values)),
        done=_("监护人已删除。"),
        back=reverse("schools:pupil", args=[found.pk]),
        title=_("删除监护人%(name)s") % {"name": guardian.name},
        kicker=found.name,
        lead=_(
            "姓名、关系和手机都不再保留，同一家庭的兄弟姐妹也不再有这位监护人。"
            "只是写错了，请改用更正。"
        ),
        button=_("删除"),
        is_danger=True,
    )


def unless_overtaken(
    request: HttpRequest,
    form: forms.Form,
    pupil: Pupil,
    guardian: Guardian,
    act: Callable[[], bool],
) -> bool:
    """Act; who was overtaken by a correction is asked again, from what stands now."""
    try:
        return act()
    except services.GuardianChanged:
        now = reads.mark_of(reads.guardian_of(pupil, guardian.pk))
        form.data = {**request.POST.dict(), "seen": now}
        raise
