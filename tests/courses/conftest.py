"""One course with one run, and three people around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from courses.models import Course, CourseRun
from schools.models import Teacher
from tests.courses.build import a_course, a_run
from tests.people import a_teacher


@pytest.fixture
def in_march(at: Callable[[str], None], db: Any) -> None:
    """It is a Monday morning in March 2026."""
    at("2026-03-02T08:00:00+08:00")


@pytest.fixture
def course(in_march: None) -> Course:
    return a_course()


@pytest.fixture
def run(course: Course) -> CourseRun:
    return a_run(course)


@pytest.fixture
def wang(in_march: None) -> Teacher:
    return a_teacher("王敏")


@pytest.fixture
def li(in_march: None) -> Teacher:
    return a_teacher("李娜")
