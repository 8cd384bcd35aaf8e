"""``demo`` over what stands already: one seed, and no reset under a running house."""

from __future__ import annotations

import fcntl
import json

import pytest
from django.core.management import CommandError, call_command

from core import audit
from demo import services
from demo.management.commands import demo
from schools.models import Teacher


@pytest.fixture
def seven(db):
    """A bureau whose people were invented from seed 7."""
    audit.record(None, "demo.begun", seed=7, size="s")


def test_another_seed_is_refused_because_the_people_are_of_the_first(seven):
    with pytest.raises(CommandError) as refusal:
        call_command("demo", "--seed", "8")
    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith("库里的演示数据由种子 7 生成，不能再用 8；")
    assert not Teacher.objects.exists()


def test_without_a_seed_the_standing_one_goes_on(seven, monkeypatch, capsys):
    built = []
    monkeypatch.setattr(services, "build", lambda **words: built.append(words))
    monkeypatch.setattr(services, "report", lambda **words: words)
    call_command("demo", "--json")
    assert json.loads(capsys.readouterr().out) == {"size": "s", "seed": 7}
    assert built == [{"size": "s", "seed": 7}]
    call_command("demo", "--seed", "7")


@pytest.mark.django_db
def test_where_nothing_stands_the_wanted_seed_or_2026_is_taken():
    assert (demo._seed(None), demo._seed(0)) == (2026, 0)
    assert services.standing_seed() is None


@pytest.mark.django_db
def test_a_reset_under_a_running_house_is_refused_and_nothing_is_dropped(
    settings, tmp_path, monkeypatch
):
    settings.VAR_DIR = tmp_path
    dropped = []
    monkeypatch.setattr(services, "reset", lambda: dropped.append(1))
    monkeypatch.setattr(services, "build", lambda **words: None)
    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="网站正在运行（make run），请先停止它"):
            call_command("demo", "--reset")
    assert dropped == []
    call_command("demo", "--reset")
    assert dropped == [1]
