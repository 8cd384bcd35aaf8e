"""The calendar of the bureau and its help lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.http import whole_number
from schools import services
from schools.forms import (
    CloseLineForm,
    DaysForm,
    HelpLineForm,
    NewHelpLineForm,
    PeriodForm,
    TermForm,
)
from schools.selectors import dates
from schools.views.asking import ask, tell

ONE_DAY = timedelta(days=1)

HELP_LINE_FACTS = (
    *("name", "description", "hours"),
    *("name_en", "description_en", "hours_en"),
    *("position", "is_emergency"),
)


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """School years, terms and marked days; the bureau keeps them here."""
    this_year = clock.today().year
    asked = whole_number(request.GET.get("year", ""), this_year)
    year = asked if 2000 <= asked <= 2100 else this_year
    context = {
        "years": dates.school_years(),
        "year": year,
        "stretches": dates.marked_days(year),
        "keeps": dates.keeps_calendar(request.user),
    }
    return render(request, "schools/calendar.html", context)


def period_of(values: dict[str, Any]) -> dict[str, Any]:
    """What a form says of a period, its end half-open."""
    last_on = values["last_on"]
    return {**{k: v for k, v in values.items() if k != "last_on"}, "ends_on": last_on + ONE_DAY}


@require_http_methods(["GET", "POST"])
def add_year(request: HttpRequest) -> HttpResponseBase:
    """Add a school year."""
    return ask(
        request,
        PeriodForm(request.POST or None),
        lambda values: services.add_school_year(actor=request.user, **period_of(values))[1],
        done=_("学年已添加。"),
        back=reverse("schools:calendar"),
        title=_("添加学年"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def add_term(request: HttpRequest) -> HttpResponseBase:
    """Add a term to a school year."""
    return ask(
        request,
        TermForm(request.POST or None),
        lambda values: services.add_term(actor=request.user, **period_of(values))[1],
        done=_("学期已添加。"),
        back=reverse("schools:calendar"),
        title=_("添加学期"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def correct_period(request: HttpRequest, kind: str, period_id: UUID) -> HttpResponseBase:
    """Correct the name or dates of a school year or term."""
    period = dates.period_for(request.user, kind, period_id)
    initial = {"name": period.name, "starts_on": period.starts_on, "last_on": period.last_on}
    return ask(
        request,
        PeriodForm(request.POST or None, initial=initial),
        lambda values: services.correct_period(
            actor=request.user, period=period, **period_of(values)
        )[1],
        done=_("已更正。"),
        back=reverse("schools:calendar"),
        title=_("更正学年或学期"),
        kicker=period.name,
        button=_("保存"),
    )


@require_http_methods(["GET", "POST"])
def mark_days(request: HttpRequest) -> HttpResponseBase:
    """Mark days off and working weekends."""
    form, page = DaysForm(request.POST or None), reverse("schools:calendar")
    first = form.cleaned_data["first_on"] if form.is_valid() else None
    return ask(
        request,
        form,
        lambda values: services.mark_days(actor=request.user, **values),
        done=_("校历已更新。"),
        back=page,
        after=f"{page}?year={first.year}" if first else "",
        title=_("标记放假或调休"),
        lead=_("这段日期原有的标记会被替换。"),
        button=_("标记"),
    )


@require_POST
def unmark_days(request: HttpRequest) -> HttpResponseBase:
    """Ask whether the mark of a stretch of days goes, and take it away."""
    form = DaysForm({**request.POST.dict(), "kind": "holiday"})
    if not form.is_valid():
        return redirect("schools:calendar")
    year = form.cleaned_data["first_on"].year
    days = {name: form.cleaned_data[name] for name in ("first_on", "last_on")}
    if request.POST.get("sure") != "1":
        marked = dates.marked_between(request.user, **days)
        return render(request, "schools/unmark.html", {"marked": marked, **days})
    count = services.unmark_days(actor=request.user, **days)
    tell(request, _("标记已取消，这些日期按星期几上课。"), changed=count > 0)
    return redirect(f"{reverse('schools:calendar')}?year={year}")


@require_GET
def help_lines(request: HttpRequest) -> HttpResponse:
    """Every help line: shown, still to come, over."""
    return render(request, "schools/help_lines.html", {"lines": dates.help_lines_by_state()})


@require_http_methods(["GET", "POST"])
def open_help_line(request: HttpRequest) -> HttpResponseBase:
    """Show a number from a day on."""
    return ask(
        request,
        NewHelpLineForm(request.POST or None),
        lambda values: services.open_help_line(actor=request.user, **values)[1],
        done=_("热线已登记，到启用日期会出现在公开页面上。"),
        back=reverse("schools:help_lines"),
        title=_("添加求助热线"),
        lead=_("请先打通一次，核对号码和服务时间。"),
        button=_("添加"),
    )


@require_http_methods(["GET", "POST"])
def replace_help_line(request: HttpRequest, line_id: UUID) -> HttpResponseBase:
    """Show other facts of a number from a day on."""
    line = dates.help_line_for(request.user, line_id)
    initial = {name: getattr(line, name) for name in HELP_LINE_FACTS}
    return ask(
        request,
        HelpLineForm(request.POST or None, initial=initial),
        lambda values: services.replace_help_line(actor=request.user, line=line, **values)[1],
        done=_("热线已更新，以前的内容留在记录里。"),
        back=reverse("schools:help_lines"),
        title=_("更改求助热线"),
        kicker=line.number,
        lead=_("从所填日期起显示新的内容。"),
        button=_("保存"),
    )


@require_http_methods(["GET", "POST"])
def close_help_line(request: HttpRequest, line_id: UUID) -> HttpResponseBase:
    """Stop showing a number from a day on."""
    line = dates.help_line_for(request.user, line_id)
    return ask(
        request,
        CloseLineForm(request.POST or None, line=line, initial={"ends_on": clock.today()}),
        lambda values: services.close_help_line(actor=request.user, line=line, **values)[1],
        done=_("停用日期已登记。"),
        back=reverse("schools:help_lines"),
        title=_("停用求助热线"),
        kicker=f"{line.name} {line.number}",
        lead=_("从所填日期起，求助页不再显示这个号码；停用不能撤回，要再显示须重新添加。"),
        button=_("停用"),
        is_danger=True,
    )
