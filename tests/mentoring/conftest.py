from __future__ import annotations

from collections.abc import Iterator

import pytest

from core import clock
from tests.mentoring.build import NOON, School, a_small_school


@pytest.fixture
def in_march() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def school(db: None, in_march: None) -> School:
    return a_small_school()
