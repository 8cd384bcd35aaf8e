"""A PostgreSQL server of the test's own, run by somebody without rights."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults.house import free_port


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    on_path = shutil.which("initdb")
    places = [*(path.parent for path in found), *([Path(on_path).parent] if on_path else [])]
    return places[-1] if places else None


class Cluster:
    """Its data folder, its port, and how it is stopped and started."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder, self.bin, self.port = folder, bin_folder, free_port()
        self.url = f"postgresql://keeper@127.0.0.1:{self.port}/postgres"
        self.user = None
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(folder, self.user)

    def make(self) -> None:
        words = ("--auth", "trust", "--username", "keeper", "--encoding", "UTF8", "--no-locale")
        self._call("initdb", *words, "--pgdata", str(self.folder / "data"))

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1"
            f" -c unix_socket_directories={self.folder} -c max_connections=60"
        )
        self._control("start", "--options", options, "--log", str(self.folder / "log"))

    def stop(self) -> None:
        """At once, as a crash stops it: sessions break off, nothing is written out."""
        self._control("stop", "--mode", "immediate")

    def _control(self, verb: str, *words: str) -> None:
        self._call("pg_ctl", verb, "--wait", "--pgdata", str(self.folder / "data"), *words)

    def _call(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self.bin / program), *words],
            user=self.user,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="lms-cluster-"))
    made = Cluster(folder, bin_folder)
    try:
        made.make()
        made.start()
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)
