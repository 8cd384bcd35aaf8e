"""Whatever the database refuses is said in Chinese, each constraint in words of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BaseConstraint

ROOMS = {
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).parent == Path(settings.BASE_DIR)
}
CONSTRAINTS = [
    pytest.param(constraint, id=constraint.name)
    for model in apps.get_models()
    if model._meta.app_label in ROOMS
    for constraint in model._meta.constraints
]


def test_the_rooms_are_found():
    assert {"core", "accounts", "schools", "certification", "wellbeing"} <= ROOMS


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_constraint_has_words_of_its_own(constraint):
    text = str(constraint.violation_error_message)
    assert text != str(BaseConstraint.default_violation_error_message)
    assert text != str(type(constraint).default_violation_error_message)
    assert re.search("[\u4e00-\u9fff]", text)
    assert text.endswith("。")
