"""Settings, chosen by ``LMS_MODE``: dev, test or production."""

from lms.settings import environment as _environment

_environment.read_env_file(_environment.BASE_DIR / ".env")

_mode = _environment.text("LMS_MODE", "dev")
if _mode == "production":
    from lms.settings.production import *  # noqa: F403
elif _mode == "test":
    from lms.settings.test import *  # noqa: F403
elif _mode == "dev":
    from lms.settings.dev import *  # noqa: F403
else:
    _environment.end(f"LMS_MODE 只能是 dev、test 或 production，当前为 {_mode!r}。")

_environment.refuse(_mode, STARTING_FAULTS)  # noqa: F405
