"""The child process may be killed, hang or say nonsense: the server only sees a refusal."""

from __future__ import annotations

import io
import json
import resource
import runpy
import sys
import warnings
from types import SimpleNamespace

import pytest

from core.workbooks import WorkbookRefused, child, read_listings, read_table, write_workbook

PLAIN = "学校代码,工号,姓名\nS0001,1,王芳\n".encode()


def refusal(data: bytes) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as caught:
        read_table(io.BytesIO(data), "a.csv")
    return caught.value


def test_a_child_that_is_killed_means_a_refusal(monkeypatch, tmp_path):
    script = tmp_path / "child.py"
    script.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr("core.workbooks.reading.CHILD", script)
    assert refusal(PLAIN).code == "workbook_bomb"
    script.write_text("raise SystemExit(3)")
    assert refusal(PLAIN).code == "workbook_damaged"
    script.write_text('print(\'{"sheet": "教师", "hidden": false}\')')
    assert refusal(PLAIN).code == "workbook_damaged"
    script.write_text("import time; time.sleep(5)")
    monkeypatch.setattr("core.workbooks.reading.WALL_SECONDS", 0.2)
    assert refusal(PLAIN).code == "workbook_bomb"


def test_the_child_bounds_itself_where_the_system_can(monkeypatch):
    asked = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: asked.update({what: limits}))
    child.limit_resources()
    assert asked[resource.RLIMIT_CPU] == (60, 65)
    assert asked[resource.RLIMIT_AS] == (2**30, 2**30)
    assert asked[resource.RLIMIT_FSIZE] == (0, 0)

    def refuse(what, limits):
        raise OSError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    child.limit_resources()


@pytest.mark.parametrize(
    ("error", "reason"), [(MemoryError(), "bomb"), (RuntimeError("odd"), "damaged")]
)
def test_whatever_the_parser_raises_is_a_reason(monkeypatch, error, reason):
    def parse(data):
        raise error

    out = io.StringIO()
    monkeypatch.setattr(child, "limit_resources", lambda: None)
    monkeypatch.setattr(child, "read_any", parse)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PLAIN)))
    monkeypatch.setattr(sys, "stdout", out)
    child.main()
    assert out.getvalue() == f'{{"refused": "{reason}"}}\n'


def test_started_as_a_program_it_reads_what_it_is_given(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PLAIN)))
    monkeypatch.setattr(sys, "stdout", out)
    with warnings.catch_warnings():
        runpy.run_path(child.__file__, run_name="__main__")
    first, *_rest, last = out.getvalue().splitlines()
    assert (json.loads(first)["hidden"], last) == (False, '{"end": true}')


def test_a_list_in_which_nothing_stands_is_refused():
    with pytest.raises(WorkbookRefused) as caught:
        read_listings(io.BytesIO(write_workbook({"名单": []})), "名单.xlsx", known=["姓名"])
    assert caught.value.code == "workbook_empty_file"


def test_the_child_itself_takes_no_more_than_a_list_may_weigh(monkeypatch):
    monkeypatch.setattr(child, "MAX_BYTES", 2 * 1024 * 1024)
    with pytest.raises(child.Refusal) as refused:
        child.read_any(b"x" * (2 * 1024 * 1024 + 1))
    assert (refused.value.reason, refused.value.params) == ("too_large", {"limit": 2})
