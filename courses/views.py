"""Pages of the learning room."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import services
from courses.models import AttemptState
from courses.selectors import (
    get_attempt_for,
    get_lesson_for,
    get_run_for,
    screens,
)
from courses.selectors.catalogue import offered_course
from courses.selectors.learning import get_learning_for, get_own_enrolment_for, get_progress_run_for
from media.http import with_player_csp

PER_PAGE = 50


@require_GET
def learn(request: HttpRequest) -> HttpResponse:
    """My courses: what is under way, what is done."""
    return render(request, "courses/learn.html", screens.learn_screen(request.user))


@require_GET
def run(request: HttpRequest, code: str) -> HttpResponse:
    """One run as its learner sees it; a code that was corrected since leads to the one in force."""
    enrolment = get_learning_for(viewer=request.user, code=code)
    if enrolment.run.code != code:
        return redirect("courses:run", code=enrolment.run.code)
    return render(request, "courses/run.html", screens.run_screen(enrolment))


@require_GET
@with_player_csp
def lesson(request: HttpRequest, code: str, lesson_id: UUID) -> HttpResponse:
    """One lesson as its learner sees it."""
    enrolment = get_learning_for(viewer=request.user, code=code)
    shown = get_lesson_for(viewer=request.user, lesson_id=lesson_id, enrolment=enrolment)
    screen = screens.lesson_screen(request.user, enrolment, shown)
    return render(request, f"courses/lesson_{shown.kind}.html", screen)


@require_GET
def transcript(request: HttpRequest, code: str, lesson_id: UUID) -> HttpResponse:
    """A recording lesson by its transcript and check questions, without any player."""
    enrolment = get_learning_for(viewer=request.user, code=code)
    shown = get_lesson_for(viewer=request.user, lesson_id=lesson_id, enrolment=enrolment)
    screen = screens.transcript_screen(request.user, enrolment, shown)
    return render(request, "courses/lesson_transcript.html", screen)


@require_POST
def read(request: HttpRequest, code: str, lesson_id: UUID) -> HttpResponse:
    """Record a reading and go on."""
    enrolment = get_learning_for(viewer=request.user, code=code)
    shown = get_lesson_for(viewer=request.user, lesson_id=lesson_id, enrolment=enrolment)
    services.mark_reading(actor=request.user, lesson=shown, enrolment=enrolment.pk)
    messages.success(request, _("已记录：您读完了这一课。"))
    return redirect("courses:run", code=enrolment.run.code)


@require_POST
def start_attempt(request: HttpRequest, code: str, lesson_id: UUID) -> HttpResponse:
    """Begin an attempt or go on with the one under way."""
    enrolment = get_learning_for(viewer=request.user, code=code)
    shown = get_lesson_for(viewer=request.user, lesson_id=lesson_id, enrolment=enrolment)
    attempt = services.start_attempt(actor=request.user, lesson=shown, enrolment=enrolment.pk)
    return redirect("courses:attempt", attempt_id=attempt.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Take a quiz, keep its answers, or look at its result."""
    own = get_attempt_for(viewer=request.user, attempt_id=attempt_id)
    if request.method == "POST":
        newer = services.save_answers(
            actor=request.user, attempt=own, answers=_answers(request), seen=_seen(request)
        )
        if not _tell_newer(request, newer):
            messages.success(request, _("答案已保存。"))
        return redirect("courses:attempt", attempt_id=own.pk)
    if own.state == AttemptState.OPEN:
        return render(request, "courses/attempt.html", screens.attempt_screen(own))
    return render(request, "courses/result.html", screens.result_screen(own))


@require_POST
def submission(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Hand an attempt in, unless another window has answered since: then look at it again.

    Questions without an answer are named first; the page that names them sends ``gaps``.
    """
    own = get_attempt_for(viewer=request.user, attempt_id=attempt_id)
    handed = services.hand_in(
        actor=request.user,
        attempt=own,
        answers=_answers(request),
        seen=_seen(request),
        asks_about_gaps=request.POST.get("gaps") != "accepted",
    )
    if handed.unanswered and not handed.newer:
        screen = screens.attempt_screen(own) | {"unanswered": handed.unanswered}
        return render(request, "courses/hand_in.html", screen)
    _tell_newer(request, handed.newer)
    return redirect("courses:attempt", attempt_id=own.pk)


@require_GET
def enrol_fragment(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """My standing to a course: the one personal part of its public page; alone, a page itself."""
    course = offered_course(course_id)
    screen = screens.standing_screen(request.user, course, request.GET.get("next", ""))
    is_part = request.headers.get("HX-Request") == "true"
    return render(
        request, "courses/enrol_fragment.html" if is_part else "courses/enrol.html", screen
    )


@require_POST
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    """Take a seat and begin."""
    enrolment = services.enrol(actor=request.user, run=get_run_for(viewer=request.user, code=code))
    messages.success(request, _("报名成功，可以开始学习。"))
    return redirect("courses:run", code=enrolment.run.code)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Give the seat back."""
    services.withdraw(
        actor=request.user, enrolment=get_own_enrolment_for(viewer=request.user, code=code)
    )
    messages.success(request, _("您已退出本班次，名额已释放；学过的记录仍然保留。"))
    return redirect("courses:learn")


@require_GET
def run_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the learners of a run are, for those who may see it."""
    shown = get_progress_run_for(viewer=request.user, code=code)
    page = Paginator(screens.learners(request.user, shown), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "courses/run_progress.html", screens.progress_screen(shown, page))


def _answers(request: HttpRequest) -> dict[UUID, list[str]]:
    """Fields named by a question's id; an empty value says that no option is chosen."""
    answers: dict[UUID, list[str]] = {}
    for name in request.POST:
        try:
            answers[UUID(name)] = [option for option in request.POST.getlist(name) if option]
        except ValueError:
            continue
    return answers


def _seen(request: HttpRequest) -> dict[UUID, int]:
    """Fields named seen-<question>: the sequence of each answer when the form was made."""
    seen: dict[UUID, int] = {}
    for name, value in request.POST.items():
        prefix, _dash, question = name.partition("-")
        if prefix == "seen" and isinstance(value, str) and value.isdecimal() and len(value) < 17:
            with suppress(ValueError):
                seen[UUID(question)] = int(value)
    return seen


def _tell_newer(request: HttpRequest, numbers: list[int]) -> bool:
    if numbers:
        text = _(
            "第 %(numbers)s 题在另一个窗口里有更新的答案，已保留较新的；请核对后再保存或交卷。"
        )
        listed = "、".join(str(number) for number in numbers)
        messages.warning(request, text % {"numbers": listed})
    return bool(numbers)
