"""The web server: two processes of four threads each (measured best on two cores).

Reading the settings here refuses a half configuration once, before any process is started.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("LMS_PROCESS", "web")

from lms import starting
from lms.settings import environment as env

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{starting.port()}"
worker_class = "gthread"
workers = env.number("WEB_PROCESSES", 2)
threads = 4
timeout = 60
graceful_timeout = 5
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Ask the database before the first process is made, and take the port over."""
    starting.refuse_a_demo_database()
    starting.take_the_port_over()
