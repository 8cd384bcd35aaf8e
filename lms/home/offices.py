"""What waits on the desks of registrars, school admins, leaders and editors."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certification import selectors as certification
from core import clock, trace
from core.trace import Wanted
from courses.selectors.staff import staff_progress
from lms.home.parts import Due, Figure, Section
from media import selectors as media
from schools.selectors.imports import imports_to_confirm
from schools.selectors.people import people_for


def registrar_section(viewer: Any) -> Section:
    """Certificates that wait, and the way to check a list."""
    waiting = certification.waiting_count(viewer)
    registry = reverse("certification:registry")
    due = []
    if waiting:
        due.append(
            Due(
                icon="hourglass",
                title=_("有 %(count)s 份证书待签发") % {"count": waiting},
                note=_("通常是姓名中的生僻字或信息不全，逐份查看原因后重试。"),
                url=f"{registry}?state=pending",
                link=_("逐份处理"),
                testid="certificates-waiting",
            )
        )
    due.append(
        Due(
            icon="file-check",
            title=_("查验一批证书"),
            note=_("上传表格，逐行给出结论，结果仍是表格。"),
            url=reverse("certification:checks"),
            link=_("上传名单"),
            testid="check-certificates",
        )
    )
    names = {"valid": _("有效"), "expired": _("已过期"), "revoked": _("已撤销")}
    return Section(
        code="registrar",
        title=_("证书管理"),
        due=tuple(due),
        figures=tuple(
            Figure(
                name,
                certification.registry(viewer=viewer, state=state).count(),
                f"{registry}?state={state}",
            )
            for state, name in names.items()
        ),
        more_url=registry,
        more=_("证书登记簿"),
    )


def roster_section(viewer: Any) -> Section:
    """Imports that wait for somebody, and people without a sign-in."""
    waiting = imports_to_confirm(viewer)
    due = [
        Due(
            icon="file-spreadsheet",
            title=_("名册“%(file)s”等待确认") % {"file": roster.file_name},
            note=_("新增 %(created)s 行，更新 %(updated)s 行，退回 %(rejected)s 行")
            % {
                "created": roster.created_count,
                "updated": roster.updated_count,
                "rejected": roster.rejected_count,
            },
            url=reverse("schools:import", args=[roster.pk]),
            link=_("核对并确认"),
            testid="import-waiting",
        )
        for roster in waiting[:5]
    ]
    people = reverse("schools:teachers")
    return Section(
        code="roster",
        title=_("名册与账号"),
        due=(*due, _accounts_due()),
        figures=(
            Figure(_("在职教职工"), people_for(viewer).count(), people),
            Figure(
                _("未开通账号"),
                people_for(viewer, without_account=True).count(),
                f"{people}?account=without",
            ),
        ),
        more_url=reverse("schools:index"),
        more=_("单位与人员"),
    )


def _accounts_due() -> Due:
    return Due(
        icon="user-round",
        title=_("账号管理"),
        note=_("签发密码单、重新办理身份验证器、停用或恢复账号。"),
        url=reverse("accounts:people"),
        link=_("打开"),
        testid="open-accounts-page",
    )


def progress_section(viewer: Any) -> Section:
    """How far the people of the viewer's units are with their courses: who takes two courses counts
    twice, and the words say so."""
    counts = staff_progress(viewer)
    report = reverse("learning_report")
    return Section(
        code="progress",
        title=_("本单位教师的学习"),
        figures=(
            Figure(_("在职教职工"), people_for(viewer).count(), reverse("schools:teachers")),
            Figure(_("学习中（人次）"), counts.learning, f"{report}?state=learning"),
            Figure(_("已结业（人次）"), counts.completed, f"{report}?state=completed"),
            Figure(_("已超期（人次）"), counts.late, f"{report}?state=late"),
        ),
        more_url=report,
        more=_("教师的学习"),
    )


def recordings_section(viewer: Any) -> Section:
    """Recordings that an editor has to look after: failed, in work, not published."""
    return Section(
        code="recordings",
        title=_("录像"),
        due=tuple(
            Due(
                icon="film",
                title=recording.title,
                note=recording.get_state_display(),
                url=reverse("recordings:detail", args=[recording.pk]),
                link=_("查看"),
            )
            for recording in media.recordings_in_work(viewer)[:8]
        ),
        empty=_("没有等待处理的录像。"),
        more_url=reverse("recordings:index"),
        more=_("全部录像"),
    )


def pages_section(viewer: Any) -> Section:
    """The way into the content admin."""
    return Section(
        code="pages",
        title=_("网页内容"),
        due=(
            Due(
                icon="pencil",
                title=_("进入内容管理"),
                note=_("草稿、审核、定时发布和课程内容都在这里。"),
                url="/cms/",
                link=_("打开"),
                testid="open-cms",
            ),
            Due(
                icon="phone",
                title=_("求助热线"),
                note=_("公开页面上的号码和服务时间，按日期启用和停用。"),
                url=reverse("schools:help_lines"),
                link=_("打开"),
                testid="open-help-lines",
            ),
        ),
    )


def log_section(viewer: Any) -> Section:
    """The way to who did and looked at what in the viewer's own units."""
    return Section(
        code="own-log",
        title=_("谁看过、改过本单位的信息"),
        due=(
            Due(
                icon="scroll-text",
                title=_("访问日志"),
                note=_("只有动作，没有内容；查看也会留下记录。"),
                url=reverse("access_log"),
                link=_("打开日志"),
                testid="open-own-log",
            ),
        ),
    )


def audit_section(viewer: Any) -> Section:
    """The access log and how far its chain is sealed."""
    log = reverse("access_log")
    today = clock.today()
    return Section(
        code="audit",
        title=_("访问日志"),
        due=(
            Due(
                icon="scroll-text",
                title=_("查看谁在什么时候做了什么、看了什么"),
                note=_("可按动作、人员和日期筛选；不显示任何内容。"),
                url=log,
                link=_("打开日志"),
                testid="open-access-log",
            ),
        ),
        figures=(
            Figure(
                _("今天的记录"), trace.events(Wanted(since=today)).count(), f"{log}?since={today}"
            ),
            Figure(_("尚未封存"), trace.events(Wanted(unsealed=True)).count(), f"{log}?sealed=no"),
        ),
    )
