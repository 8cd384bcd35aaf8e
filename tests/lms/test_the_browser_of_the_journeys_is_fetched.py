"""``make test`` on a machine without Chromium installs it, or says in one line how to."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

HOW = "没有找到 Chromium：请执行 apt-get install chromium fonts-noto-cjk"


@pytest.fixture
def machine(tmp_path):
    """A PATH of its own, with just these programs; each call of apt-get is noted."""

    def place(name: str, text: str) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)

    def run(**environment: str) -> tuple[int, str, str]:
        ended = subprocess.run(
            ["/bin/sh", str(Path(settings.BASE_DIR) / "dev" / "chromium")],
            env={"PATH": str(tmp_path), **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        calls = tmp_path / "calls"
        return ended.returncode, ended.stderr, calls.read_text() if calls.exists() else ""

    place("id", "echo 0")
    run.place = place
    run.note = f'echo "$@" >> {tmp_path}/calls'
    return run


def test_a_browser_that_is_there_is_left_alone(machine):
    machine.place("apt-get", machine.note)
    machine.place("chromium", "exit 0")
    assert machine() == (0, "", "")


def test_a_browser_at_a_place_of_its_own_is_enough(machine, tmp_path):
    machine.place("my-browser", "exit 0")
    assert machine(LMS_CHROMIUM=str(tmp_path / "my-browser")) == (0, "", "")


def test_root_on_debian_gets_it_installed(machine):
    machine.place("apt-get", machine.note)
    code, said, calls = machine()
    assert (code, said) == (0, "正在安装 Chromium 和中文字体（约 440 MB）……\n")
    assert calls == "install -y --no-install-recommends chromium fonts-noto-cjk\n"


def test_an_old_list_of_packages_is_renewed_once(machine, tmp_path):
    machine.place(
        "apt-get",
        f"{machine.note}\n"
        f'if [ "$1" = update ]; then : > {tmp_path}/renewed; fi\n'
        f"[ -e {tmp_path}/renewed ]",
    )
    code, _said, calls = machine()
    assert (code, [line.split()[0] for line in calls.splitlines()]) == (
        0,
        ["install", "update", "install"],
    )


def test_whoever_may_not_install_is_told_how_in_one_line(machine):
    machine.place("id", "echo 1000")
    machine.place("apt-get", machine.note)
    machine.place("sudo", "exit 1")
    code, said, calls = machine()
    assert (code, calls) == (1, "")
    assert said.splitlines()[-1].startswith(HOW)


def test_a_machine_without_apt_is_told_how_in_one_line(machine):
    code, said, _calls = machine()
    assert code == 1
    [line] = said.splitlines()
    assert line.startswith(HOW)
