"""Whatever editors do to a course: nobody's progress falls, nobody is stuck, done stays done."""

from __future__ import annotations

import random

import pytest

from core import clock, jobs
from courses import services
from courses.models import CompletionRule, CourseCompletion, Enrolment, Lesson
from courses.rules.completion import Facts, evaluate
from courses.selectors import progress_of_many
from courses.selectors.progress import explain
from courses.services.editing import NothingToLearn
from tests.courses.build import a_lesson, finish, pass_quiz, watch_all
from tests.people import a_teacher


class Life:
    """Random verbs of editors and learners on one course, by one seed."""

    def __init__(self, seed, course, run):
        self.chance, self.course, self.run = random.Random(seed), course, run
        self.people, self.percents = [], {}

    def offered(self):
        return list(Lesson.objects.filter(course=self.course, withdrawn_at=None))

    def add(self):
        required = self.chance.random() < 0.7
        a_lesson(self.course, "reading", title="新增阅读", required=required)

    def withdraw(self):
        lesson = self.chance.choice(self.offered())
        try:
            services.withdraw_lesson(actor=None, lesson=lesson)
        except NothingToLearn:
            assert lesson.required

    def toggle(self):
        lesson = self.chance.choice(self.offered())
        lesson.required = not lesson.required
        try:
            services.keep_content(actor=None, instance=lesson)
        except NothingToLearn:
            assert not Lesson.objects.filter(pk=lesson.pk, required=False).exists()

    def rule(self):
        lessons = [{"lesson": str(lesson.pk)} for lesson in self.offered()]
        needed = self.chance.randint(1, len(lessons))
        services.publish_rule(
            actor=None, course=self.course, data={"at_least": needed, "of": lessons}
        )

    def join(self):
        number = len(self.people)
        person = a_teacher(f"张{number}", number=f"L{number:03}")
        self.people.append((person, services.enrol(actor=person.user, run=self.run)))

    def learn(self):
        if not self.people:
            return
        person, _enrolment = self.chance.choice(self.people)
        readings = [lesson for lesson in self.offered() if lesson.kind == "reading"]
        if readings:
            services.mark_reading(actor=person.user, lesson=self.chance.choice(readings))

    def step(self):
        verbs = [self.add, self.withdraw, self.toggle, self.rule, self.join]
        self.chance.choice([*verbs, *[self.learn] * 5])()
        self.fall_nowhere()
        for job_id, _queue in jobs.due_jobs():
            jobs.run(job_id)

    def fall_nowhere(self):
        """Nobody's percentage is below what it was, before any job has run."""
        rows = list(Enrolment.objects.filter(run=self.run).select_related("rule", "run"))
        for key, progress in progress_of_many(rows).items():
            assert self.percents.get(key, 0) <= progress.percent

    def hold(self):
        """0 ≤ progress ≤ 100, never below what was, and completed exactly at 100."""
        rows = list(Enrolment.objects.filter(run=self.run).select_related("rule", "run"))
        for key, progress in progress_of_many(rows).items():
            before = self.percents.get(key, 0)
            assert 0 <= before <= progress.percent <= 100
            assert all(0 <= lesson.percent <= 100 for lesson in progress.lessons)
            self.percents[key] = progress.percent
        done = {row.pk for row in rows if row.state == "completed"}
        assert done == {key for key, percent in self.percents.items() if percent == 100}
        assert done == set(CourseCompletion.objects.values_list("enrolment", flat=True))
        for row in rows:
            rule, verdict = explain(row)
            assert verdict.met == (row.pk in done) or row.pk in done
            assert rule.version >= row.rule.version


def finish_offered(person, enrolment, lessons):
    """Do every lesson that is still offered, whatever was withdrawn meanwhile."""
    for lesson in lessons:
        if lesson.kind == "reading":
            services.mark_reading(actor=person.user, lesson=lesson)
        elif lesson.kind == "quiz":
            pass_quiz(person.user, lesson)
        else:
            watch_all(person.user, lesson, clock.now())


@pytest.mark.parametrize("seed", range(8))
def test_progress_never_falls_and_nobody_is_stuck(seed, course, run):
    life = Life(seed, course, run)
    life.join()
    for _step in range(25):
        life.step()
        life.hold()
    for person, enrolment in life.people:
        finish_offered(person, enrolment, life.offered())
    life.hold()
    assert set(life.percents.values()) == {100}


def test_each_completion_names_a_version_that_it_meets(course, run, wang):
    enrolment = services.enrol(actor=wang.user, run=run)
    finish(wang.user, enrolment)
    completion = CourseCompletion.objects.get()
    rule = CompletionRule.objects.get(course=course, version=completion.rule_version)
    _rule, verdict = explain(enrolment)
    assert evaluate(rule.data, facts_of(enrolment)).met == verdict.met is True


def facts_of(enrolment):
    done = frozenset(enrolment.lessons_done.values_list("lesson", flat=True))
    return Facts(done=done, percents={})
