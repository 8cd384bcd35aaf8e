from __future__ import annotations

import io
import sys
import warnings
from types import SimpleNamespace

import pytest

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
