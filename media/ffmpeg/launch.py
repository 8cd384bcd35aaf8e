"""Becomes another program under limits; run as a script, without site packages.

Arguments: parent's process id, CPU seconds, largest file in bytes, then the command.
The program dies with its parent (Linux), is nice, and writes no core file.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Ask the kernel for SIGKILL when the parent ends; leave at once if it already has."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def main() -> None:
    """Set the limits, then become the command."""
    parent, cpu_seconds, file_bytes, *command = sys.argv[1:]
    die_with(int(parent))
    os.nice(10)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_bytes), int(file_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(command[0], command)  # noqa: S606  the caller's argument list, no shell


if __name__ == "__main__":
    main()
