"""Which ffmpeg is used."""

import os
import subprocess
from functools import cache

import imageio_ffmpeg


def path() -> str:
    """The absolute path of ffmpeg: `LMS_FFMPEG`, else the one in the wheel."""
    return os.environ.get("LMS_FFMPEG") or imageio_ffmpeg.get_ffmpeg_exe()


@cache
def version() -> str:
    """The version ffmpeg gives itself; output bytes are comparable within one version only."""
    answer = subprocess.run(  # noqa: S603  our own path, no shell
        [path(), "-version"], capture_output=True, text=True, check=True, timeout=20
    )
    return answer.stdout.split()[2][:40]
