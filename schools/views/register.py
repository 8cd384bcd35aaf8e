"""Units, their people and posts."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.rules import masked_phone
from accounts.selectors import slip_address
from core import clock
from core.errors import Missing
from schools import permissions, services
from schools.forms import EndPostForm, ExportForm, PostForm
from schools.models import Post, Teacher
from schools.selectors import dates, place_of, staff, unit_of
from schools.views.asking import carried_out

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_ROWS = 50


def download(content: bytes, name: str) -> HttpResponse:
    """A workbook as a file to keep."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The units in scope; whoever has only one goes there at once."""
    query = request.GET.get("q", "")
    units = staff.units_for(request.user, query)
    if not query and len(first := list(units[:2])) == 1:
        return redirect("schools:unit", unit_id=first[0].pk)
    page = Paginator(units, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "keeps": staff.roster_roots(request.user).exists()}
    context["keeps_help"] = dates.keeps_help_lines(request.user)
    return render(request, "schools/index.html", context)


@require_GET
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """One unit: its people, found by name, pinyin, initials, number or phone."""
    place = staff.get_unit_for(request.user, unit_id)
    query = request.GET.get("q", "")
    found = services.open_staff(actor=request.user, unit=place, query=query)
    people = Paginator(found, PAGE_ROWS)
    keeps = permissions.keeps_roster(request.user, place)
    context = {
        "unit": place,
        "query": query,
        "page": people.get_page(request.GET.get("page")),
        "coming": staff.coming_to(request.user, place),
        "keeps": keeps,
        "adds_units": place.kind != "school" and permissions.keeps_schools(request.user, place),
        "sees_classes": permissions.sees_classes_of(request.user, place),
        "corrects": permissions.can_correct_unit(request.user, place),
        "without_account": staff.without_account(request.user, place).count() if keeps else 0,
        "export_form": ExportForm(initial={"q": query}) if keeps else None,
    }
    return render(request, "schools/unit.html", context)


@require_POST
def export(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """The staff list as a workbook."""
    place = staff.get_unit_for(request.user, unit_id)
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择导出的用途。"))
        return redirect("schools:unit", unit_id=unit_id)
    content = services.export_staff(
        actor=request.user,
        unit=place,
        purpose=form.cleaned_data["purpose"],
        query=form.cleaned_data["q"],
        with_phones=form.cleaned_data["with_phones"],
    )
    return download(content, f"{place.name}教师名单.xlsx")


@never_cache
@require_POST
def accounts(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Open accounts for people without one; this answer is the only place with the codes."""
    place = staff.get_unit_for(request.user, unit_id)
    chosen = [_id_of(key) for key in request.POST.getlist("teacher")]
    opened = services.open_accounts(actor=request.user, unit=place, teachers=chosen)
    return render(
        request, "schools/slips.html", {"unit": place, "opened": opened, "address": slip_address()}
    )


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing from None


def teacher_page(
    request: HttpRequest,
    person: Teacher,
    form: PostForm | None = None,
    *,
    phone: str = "",
    ending: tuple[UUID, EndPostForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a person, with a form for a new post where the viewer may give one.

    `phone` is the number as shown; of another person only its ends are, unless it is given.
    `ending` is the post whose end was refused, with what was sent.
    """
    place = unit_of(person, clock.today())
    if form is None and place is not None:
        form = PostForm(viewer=request.user, unit=place)
    own = permissions.scope_of(request.user).teacher
    keeps = permissions.can_correct_teacher(request.user, person, place_of(person))
    may_give = form is not None and bool(form.fields["role"].choices) and own != person  # type: ignore[attr-defined]
    context = {
        "teacher": person,
        "phone": phone or (person.phone if own == person else masked_phone(person.phone)),
        "hides_phone": bool(person.phone) and not phone and own != person,
        "unit": place,
        "sees_unit": place is not None and permissions.can_view_unit(request.user, place),
        "posts": posts_shown(request, person, ending),
        "employments": staff.employments_of(person),
        "form": form if may_give else None,
        "keeps": keeps,
        "moves": keeps and place is not None and permissions.keeps_schools(request.user, place),
    }
    return render(request, "schools/teacher.html", context, status=status)


def posts_shown(
    request: HttpRequest, person: Teacher, ending: tuple[UUID, EndPostForm] | None
) -> list[tuple[Post, EndPostForm, bool]]:
    """The posts of a person, each with the form that ends it and whether the viewer may."""
    refused = dict([ending]) if ending else {}
    shown = []
    for post in staff.posts_of(person):
        first = max(clock.today(), post.starts_on)
        open_still = post.ends_on is None or post.ends_on > first
        may_end = open_still and permissions.can_change_post(
            request.user, teacher=person, role=post.role, unit=post.unit
        )
        form = refused.get(post.pk) or end_form(post, initial={"ends_on": first})
        shown.append((post, form, may_end))
    return shown


def end_form(post: Post, data: Any = None, **values: Any) -> EndPostForm:
    """The form that ends a post, with identities of its own on a page of several."""
    return EndPostForm(data, auto_id=f"{post.pk}-%s", **values)


@require_GET
def teacher(request: HttpRequest, teacher_id: UUID) -> HttpResponse:
    """One person: where they work and which posts they hold."""
    person = services.open_teacher(actor=request.user, teacher_id=teacher_id)
    return teacher_page(request, person)


@never_cache
@require_POST
def reveal_phone(request: HttpRequest, teacher_id: UUID) -> HttpResponse:
    """The page of a person with the whole phone number, once."""
    person = services.reveal_phone(actor=request.user, teacher_id=teacher_id)
    return teacher_page(request, person, phone=person.phone)


@require_POST
def give_post(request: HttpRequest, teacher_id: UUID) -> HttpResponseBase:
    """Give a person a post in the unit where they work."""
    person = staff.get_teacher_for(request.user, teacher_id)
    place = unit_of(person, clock.today())
    if place is None:
        messages.error(request, _("这位教师目前没有任职单位，不能任命职务。"))
        return redirect("schools:teacher", teacher_id=teacher_id)
    form = PostForm(request.POST, viewer=request.user, unit=place)
    if not form.is_valid():
        return teacher_page(request, person, form, status=422)
    give = partial(services.give_post, actor=request.user, teacher=person, unit=place)

    def act(values: dict[str, Any]) -> None:
        try:
            give(**values)
        except services.PrincipalStands as refusal:
            form.ask_to_confirm(str(refusal))

    carried_out(form, act)
    if form.errors:
        return teacher_page(request, person, form, status=refused_with(form))
    messages.success(request, _("职务已任命。"))
    return redirect("schools:teacher", teacher_id=teacher_id)


def refused_with(form: forms.Form) -> int:
    """409 for a form that contradicts what is on record, 422 for one that is filled in wrongly."""
    return 409 if form.non_field_errors() else 422


@require_POST
def end_post(request: HttpRequest, post_id: UUID) -> HttpResponseBase:
    """End a post; the rights end on the next request of that day."""
    post = staff.get_post_for(request.user, post_id)
    form = end_form(post, request.POST)
    if form.is_valid():
        end = partial(services.end_post, actor=request.user, post=post)
        carried_out(form, lambda values: bool(end(**values)))
    if form.errors:
        refused = (post.pk, form)
        return teacher_page(request, post.teacher, ending=refused, status=refused_with(form))
    messages.success(request, _("职务已结束，权限随之停止。"))
    return redirect("schools:teacher", teacher_id=post.teacher_id)
