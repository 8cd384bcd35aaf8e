"""Whoever started a job sees its state; for everybody else it does not exist."""

from __future__ import annotations

import uuid

import pytest

from accounts.models import User
from core.models import Job, JobState


@pytest.fixture
def wang(db):
    return User.objects.create_user("wangfang", name="王芳")


@pytest.fixture
def li(db):
    return User.objects.create_user("liqiang", name="李强")


@pytest.fixture
def job(wang):
    return Job.objects.create(
        kind="import", state=JobState.FAILED, done=30, total=120, error="第 31 行缺少姓名。",
        error_code="rejected", actor_id=wang.pk,
    )  # fmt: skip


def test_the_owner_reads_state_and_reason(client, wang, job):
    client.force_login(wang)
    answer = client.get(f"/api/v1/jobs/{job.pk}")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["state"], body["done"], body["total"], body["percent"]) == ("failed", 30, 120, 25)
    assert (body["error"], body["error_code"]) == ("第 31 行缺少姓名。", "rejected")


def test_a_stranger_cannot_tell_it_from_a_missing_one(client, li, job):
    client.force_login(li)
    foreign = client.get(f"/api/v1/jobs/{job.pk}")
    missing = client.get(f"/api/v1/jobs/{uuid.uuid4()}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert foreign["Content-Type"] == "application/problem+json"


def test_a_visitor_is_asked_to_sign_in(client, job):
    assert client.get(f"/api/v1/jobs/{job.pk}").status_code == 401
