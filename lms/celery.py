"""The Celery application: it wakes job rows, it does not hold them."""

import ctypes
import os
import signal
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
PR_SET_PDEATHSIG = 1

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["core", "accounts", "lms"])
app.set_default()


@beat_embedded_init.connect
def end_schedule_with_worker(**_: Any) -> None:
    """The schedule's process must not outlive a killed worker: two schedules would tick."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
