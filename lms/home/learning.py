"""A learner's part: what runs out first, what is open, what the ledger holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import clock
from courses import selectors as courses
from courses.models import Enrolment, EnrolmentState
from courses.selectors.catalogue import Card, CatalogueFilters, cards, catalogue
from lms.home.parts import Due, Section
from website.rules import address_in

OFFERS = 3


def learning_section(viewer: Any) -> Section:
    """The viewer's courses under way, the one that ends first on top."""
    under_way = [
        row for row in courses.my_enrolments(viewer) if row.state == EnrolmentState.ENROLLED
    ]
    progress = courses.progress_of_many(under_way)
    today = clock.today()
    return Section(
        code="learning",
        title=_("我的学习"),
        due=tuple(_lesson_due(row, progress[row.pk], today) for row in under_way),
        empty=_("目前没有正在学习的课程。"),
        more_url=reverse("courses:learn"),
        more=_("全部课程学习"),
    )


def offers_section(viewer: Any) -> Section:
    """Courses that are open to enrol in now and in which the viewer does not take part yet."""
    mine = {row.run.course_id for row in courses.my_enrolments(viewer)}
    open_now = catalogue(CatalogueFilters(open=True)).exclude(pk__in=mine)
    shown = cards(open_now[:OFFERS], get_language() or "zh-hans")
    return Section(
        code="offers",
        title=_("可以报名的课程"),
        due=tuple(_offer(card) for card in shown),
        empty=_("目前没有可以报名的新课程。"),
        more_url=address_in(get_language() or "zh-hans", "courses/"),
        more=_("浏览全部课程"),
    )


def _lesson_due(enrolment: Enrolment, progress: Any, today: date) -> Due:
    run, lesson = enrolment.run, progress.next_lesson
    closes = run.learn_closes_on
    last_day = closes - timedelta(days=1) if closes else None
    note = [_("已完成 %(percent)s%%") % {"percent": progress.percent}]
    if lesson is not None:
        note.append(_("下一节：%(lesson)s") % {"lesson": lesson.title})
    if last_day is not None:
        note.append(_deadline(last_day, today))
    target = (
        reverse("courses:lesson", args=[run.code, lesson.pk])
        if lesson is not None
        else reverse("courses:run", args=[run.code])
    )
    return Due(
        icon="book-open",
        title=run.course.label,
        note=" · ".join(note),
        url=target,
        link=_("继续学习"),
        late=last_day is not None and last_day < today,
        testid=f"continue-{run.code}",
    )


def _deadline(last_day: date, today: date) -> str:
    left = (last_day - today).days
    if left < 0:
        return _("学习时间已结束")
    if left == 0:
        return _("今天是最后一天")
    return ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left}


def _offer(card: Card) -> Due:
    course = card.course
    note = _("%(hours)s 学时 · %(category)s") % {
        "hours": f"{course.credit_hours.normalize():f}",
        "category": course.category.label,
    }
    return Due(
        icon="graduation-cap",
        title=card.title,
        note=note,
        url=card.page.url if card.page else "/courses/",
        link=_("查看并报名"),
        testid=f"offer-{course.code}",
    )
