"""The suite's settings: test mode, and the servers that ``TEST_…_URL`` name.

pytest-django reads settings before any conftest, so the environment is set here.
"""

import os

os.environ.setdefault("LMS_MODE", "test")
os.environ.setdefault("LMS_CACHE", "memory")
os.environ.setdefault("LMS_TEST_APPS", "tests.core.shelf")
for _name in ("DATABASE_URL", "REDIS_URL"):
    if os.environ.get(f"TEST_{_name}"):
        os.environ[_name] = os.environ[f"TEST_{_name}"]

from lms.settings import *  # noqa: E402, F403
from lms.settings import CACHES  # noqa: E402

# the processes of a run may share a Redis: none of them clears what another has cached
CACHES["default"]["KEY_PREFIX"] = f"lms-test-{os.getpid()}"

PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]
