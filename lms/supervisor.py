"""``make run``: one command that prepares, starts and ends every process of the platform.

Holds no Django, so that it stays small and single-threaded: on Linux the kernel ends the
children when the thread that started them dies.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from lms import broker as brokers
from lms import starting, worker
from lms.settings import environment as env

VAR = env.VAR_DIR
BIN = Path(sys.executable).parent
GRACE_SECONDS = 8
MAX_DEATHS_A_MINUTE = 5


class Refused(SystemExit):
    """The platform cannot start; the message says in one line what to do."""


class Child:
    """A process that is started again when it dies by itself."""

    def __init__(self, name: str, command: tuple[str, ...], *, on_parent_death: int) -> None:
        self.name = name
        self.command = command
        self.on_parent_death = on_parent_death
        self.log = VAR / "logs" / f"{name}.log"
        self.deaths: list[float] = []
        self.process: subprocess.Popen[bytes] | None = None
        self.is_handed_over = False

    def start(self) -> None:
        with _open_log(self.log) as stream:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=env.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=worker.follow_parent(self.on_parent_death),
            )

    def revive(self) -> bool:
        """Start again after an unexpected end. Raises Refused when it keeps dying."""
        if self.process is None or self.is_handed_over or self.process.poll() is None:
            return False
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < 60] + [now]
        if len(self.deaths) > MAX_DEATHS_A_MINUTE:
            raise Refused(f"{self.name} 无法启动，最后的日志（{self.log}）：\n{self.tail()}")
        say(f"{self.name} 意外退出（{self.process.returncode}），已重新启动。")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.start()
        return True

    def hand_over(self) -> int:
        """From now on another process ends this one: it is not started again. Gives its number."""
        self.is_handed_over = True
        return self.process.pid if self.process is not None else 0

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """End the process, by force after ``GRACE_SECONDS``."""
        if self.process is None:
            return
        self.ask_to_end()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def tail(self, lines: int = 15) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


class House:
    """All processes of one installation, and the wish to stop."""

    def __init__(self) -> None:
        self.host = env.text("HOST", "127.0.0.1")
        self.port = starting.port()
        self.children: list[Child] = []
        self.stopping = False
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), self._stop)

    def _stop(self, *_: Any) -> None:
        if not self.stopping:
            say("正在停止……")
        self.stopping = True

    @property
    def address(self) -> str:
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{shown}:{self.port}/"

    def launch(self, name: str, *command: str, on_parent_death: int = signal.SIGKILL) -> Child:
        child = Child(name, command, on_parent_death=on_parent_death)
        child.start()
        self.children.append(child)
        _note_children(self.children)
        return child

    def dismiss(self, child: Child) -> None:
        """End a child whose work is done."""
        child.end()
        self.children.remove(child)
        _note_children(self.children)

    def wait_until(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Poll ``ready`` while reviving children. Raises Refused when time is over."""
        end = time.monotonic() + seconds
        while not self.stopping and not ready():
            if time.monotonic() > end:
                raise Refused(f"{what} 在 {seconds:.0f} 秒内没有就绪，日志在 {VAR / 'logs'}。")
            self.look_after()
            time.sleep(0.1)

    def look_after(self) -> None:
        """Start again what died by itself."""
        for child in self.children:
            if not self.stopping and child.revive():
                _note_children(self.children)

    def end(self) -> None:
        """End all children; the broker last, so that the others can still say goodbye."""
        for child in self.children:
            if child.name != "broker":
                child.ask_to_end()
        for child in reversed(self.children):
            child.end()
        (VAR / "run" / "children.json").unlink(missing_ok=True)
        (VAR / "run" / "broker").unlink(missing_ok=True)


def main() -> int:
    """Run until Ctrl-C; 0 after an orderly end."""
    env.read_env_file(env.BASE_DIR / ".env")
    for folder in ("logs", "run"):
        (VAR / folder).mkdir(parents=True, exist_ok=True)
    house = House()
    with _single_instance():
        _end_leftovers()
        try:
            _refuse_busy_port(house)
            _run(house)
        finally:
            house.end()
    say("已停止。")
    return 0


def _run(house: House) -> None:
    started = time.monotonic()
    chosen = brokers.choose(
        env.text("REDIS_URL"), VAR, none_wanted=env.text("LMS_WITHOUT_BROKER") == "1"
    )
    os.environ["LMS_BROKER"] = chosen.name
    if chosen.command:
        _start_broker(house, chosen)
    say(chosen.announcement)
    say("正在准备数据库……")
    os.environ.update(HOST=house.host, PORT=str(house.port))
    waiting = house.launch("waiting", sys.executable, "-m", "lms.waiting")
    state = _prepare()
    os.environ["LMS_WAITING_PID"] = str(waiting.hand_over())
    web = ("-c", str(env.BASE_DIR / "deploy" / "gunicorn.conf.py"), "lms.wsgi")
    house.launch("web", str(BIN / "gunicorn"), *web, on_parent_death=signal.SIGTERM)
    _launch_workers(house, chosen.url)
    house.wait_until(lambda: _answers(house.address + "healthz"), 120, "网站")
    house.dismiss(waiting)
    os.environ.pop("LMS_WAITING_PID")
    if house.stopping:
        return
    say(f"已就绪（{time.monotonic() - started:.0f} 秒）：{house.address}")
    _keep_running(house, _start_demo(state))


def _launch_workers(house: House, redis_url: str) -> None:
    """One worker for quick work with the schedule; recordings one by one in a worker of their own,
    so that no search entry and no certificate waits behind an encoding."""
    if not redis_url:
        house.launch("worker", *worker.command("", with_schedule=True))
        return
    quick = worker.command(redis_url, with_schedule=True, queues="default,mail,search")
    house.launch("worker", *quick)
    slow = worker.command(redis_url, with_schedule=False, queues="media", threads=1)
    house.launch("media-worker", *slow)


def _keep_running(house: House, demo: Child | None) -> None:
    try:
        while not house.stopping:
            house.look_after()
            demo = _report_demo(demo)
            time.sleep(0.2)
    finally:
        if demo is not None:
            demo.end()


def _start_broker(house: House, chosen: brokers.Broker) -> None:
    brokers.prepare_places(chosen, VAR)
    path = chosen.url.removeprefix("unix://")
    Path(path).unlink(missing_ok=True)
    house.launch("broker", *chosen.command, on_parent_death=signal.SIGTERM)
    house.wait_until(lambda: _listens(path), 20, "队列服务")
    os.environ["REDIS_URL"] = chosen.url
    (VAR / "run" / "broker").write_text(chosen.url, encoding="utf-8")


def _start_demo(state: dict[str, Any]) -> Child | None:
    """Load the demo bureau behind the running site, where there is none."""
    if not state["wants_demo"]:
        say("\n".join(state["sign_ins"]))
        return None
    say("正在后台载入演示数据，页面会陆续充实……")
    command = (sys.executable, str(env.BASE_DIR / "manage.py"), "demo")
    demo = Child("demo", command, on_parent_death=signal.SIGTERM)
    demo.start()
    return demo


def _report_demo(demo: Child | None) -> Child | None:
    if demo is None or demo.process is None or demo.process.poll() is None:
        return demo
    if demo.process.returncode == 0:
        say("演示数据已载入。")
        say("\n".join(_prepare()["sign_ins"]))
    else:
        say(f"演示数据没有载入完，最后的日志（{demo.log}）：\n{demo.tail()}")
    return None


def _prepare() -> dict[str, Any]:
    """Keys, tables and catalogues, in a process of its own; says what to announce."""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, str(env.BASE_DIR / "manage.py"), "prepare", "--json"],
        cwd=env.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    said: dict[str, Any] = json.loads((ended.stdout.splitlines() or ["{}"])[-1])
    if ended.returncode:
        reason = said.get("refused", {}).get("message", "原因见上。")
        raise Refused(f"数据库没有准备好：{reason}")
    return said


def _open_log(path: Path, limit: int = 10_000_000) -> IO[bytes]:
    if path.exists() and path.stat().st_size > limit:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


class _single_instance:
    """Only one supervisor per ``var``: two would share the broker's files."""

    def __enter__(self) -> None:
        self.lock = (VAR / "run" / "lock").open("a")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"已有一个实例在使用 {VAR}，请先停止它。") from None

    def __exit__(self, *_: object) -> None:
        self.lock.close()


def _refuse_busy_port(house: House) -> None:
    family = socket.AF_INET6 if ":" in house.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((house.host, house.port))
        except OSError as error:
            raise Refused(
                f"无法使用 {house.host}:{house.port}（{error.strerror}），"
                f"请换一个端口：PORT={house.port + 1} make run"
            ) from None


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _note_children(children: list[Child]) -> None:
    pids = [child.process.pid for child in children if child.process is not None]
    note = VAR / "run" / "children.json"
    whole = note.with_suffix(".new")
    whole.write_text(json.dumps(pids), encoding="ascii")
    whole.replace(note)


def _end_leftovers() -> None:
    """End children of a supervisor that was killed where the kernel does not do it (macOS)."""
    note = VAR / "run" / "children.json"
    if not note.is_file():
        return
    for pid in json.loads(note.read_text(encoding="ascii")):
        shown = subprocess.run(  # noqa: S603
            ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        if str(BIN) in shown or str(VAR) in shown:
            os.killpg(pid, signal.SIGTERM)
    note.unlink()


def say(text: str) -> None:
    if text:
        print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
