from __future__ import annotations

import io
import sys
import warnings
from types import SimpleNamespace

import pytest

from core import jobs, waking
from core.workbooks import child, reading


@pytest.fixture(params=["in a process of its own", "in this process"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code runs apart, as in production, and here, where its branches are counted."""
    if request.param == "in a process of its own":
        return

    def run_here(data: bytes) -> str:
        out = io.StringIO()
        monkeypatch.setattr(child, "limit_resources", lambda: None)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", out)
        with warnings.catch_warnings():
            child.main()
        return out.getvalue()

    monkeypatch.setattr(reading, "run_child", run_here)


@pytest.fixture
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the kinds of jobs that the test itself registers."""
    monkeypatch.setattr(jobs, "_handlers", {})


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """The messages that go to the broker."""
    messages: list[tuple[str, str, str]] = []
    monkeypatch.setattr(waking, "_send", lambda *words: messages.append(words) or True)
    return messages
