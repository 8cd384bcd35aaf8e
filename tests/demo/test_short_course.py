"""The twenty-second course leads from a seat to a credit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from certification.models import Certificate, CreditPosting
from core import clock
from courses import services as courses
from courses.models import Lesson, Response
from demo.rules import places
from demo.services import build_short_course, bureau
from demo.services.learning import build_issuer

pytestmark = pytest.mark.django_db


def test_the_short_course_is_watched_answered_and_credited(deliver):
    users = bureau.build_sign_ins(bureau.build_units(places.SIZES["s"]))
    build_issuer(bureau_officer=users["bureau"])
    run = build_short_course(editor=users["editor"])
    assert build_short_course(editor=users["editor"]) == run
    deliver()
    recording, quiz = Lesson.objects.filter(course=run.course).order_by("position")
    begin = clock.now() - timedelta(minutes=5)
    with clock.frozen(begin):
        courses.enrol(actor=users["teacher"], run=run)
        session = courses.start_watch(actor=users["teacher"], lesson=recording)
    with clock.frozen(begin + timedelta(seconds=21)):
        answer = courses.record_watch(
            actor=users["teacher"],
            token=session.token,
            ranges=[(0, session.duration_ms)],
            position_ms=session.duration_ms,
            visible=True,
        )
        assert (answer.accepted, answer.percent, answer.completed) == (True, 100, True)
        attempt = courses.start_attempt(actor=users["teacher"], lesson=quiz)
        responses = Response.objects.filter(attempt=attempt).select_related("version")
        right = {row.version.question_id: row.version.correct for row in responses}
        assert courses.hand_in(
            actor=users["teacher"], attempt=attempt, answers=right
        ).attempt.passed
    deliver()
    assert Certificate.objects.with_state(clock.today()).get().state == "valid"
    assert CreditPosting.objects.get().counted_hours == Decimal("0.50")
