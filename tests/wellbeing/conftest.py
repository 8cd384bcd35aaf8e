from __future__ import annotations

from collections.abc import Iterator

import pytest

from core import clock
from tests.wellbeing.build import MONDAY, House, a_house


@pytest.fixture
def on_monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def house(db: None, on_monday: None) -> House:
    return a_house()
