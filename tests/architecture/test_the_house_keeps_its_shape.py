"""Sizes and words that the house agreed on."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = """
    core accounts schools media courses wellbeing certification mentoring evaluation
    website demo lms
"""
TOP = [name for name in ROOMS.split() if (ROOT / name).is_dir()]
SOURCES = sorted(
    path for room in TOP for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)


def test_there_is_something_to_measure():
    assert {"core", "accounts", "lms"} <= set(TOP)
    assert len(SOURCES) > 20


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400, "cut the module by use case"
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []


def test_every_room_stands_in_the_floor_plan():
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]
    inside = next(c for c in plan["contracts"] if c["name"] == "The order inside a room")
    floors = next(c for c in plan["contracts"] if c["name"] == "Apps call downwards")
    named = {word.strip(" ()") for layer in floors["layers"] for word in layer.split("|")}
    assert set(TOP) == set(plan["root_packages"])
    assert set(TOP) <= named
    assert set(TOP) - {"core", "lms", "demo"} == set(inside["containers"])


def test_every_field_of_ours_is_named_in_chinese():
    unnamed = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in TOP
        for field in model._meta.local_fields
        if not field.name.endswith("_ptr")
        and not any("\u4e00" <= sign <= "\u9fff" for sign in str(field.verbose_name))
        and field.model.__module__.split(".")[0] in TOP
        and field.name not in {"id", "password", "last_login", "is_superuser"}
    ]
    assert unnamed == []


def test_every_constraint_says_in_chinese_what_it_demands():
    silent = [
        f"{model._meta.label}: {constraint.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"courses", "media"}
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
        or not any("\u4e00" <= sign <= "\u9fff" for sign in str(constraint.violation_error_message))
    ]
    assert silent == [], "else a form would show the constraint's name"
