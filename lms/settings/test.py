"""The test suite, and `make run` with a clock that can be set."""

from lms.settings import environment as env
from lms.settings import fake_clock
from lms.settings.base import *  # noqa: F403
from lms.settings.base import INSTALLED_APPS, STARTING_FAULTS, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "demo", *env.words("LMS_TEST_APPS")]
DEBUG = False
SECRET_KEY = "for-tests-only-" + "x" * 40
MEDIA_LINK_SECRET = env.text("MEDIA_LINK_SECRET") or f"media-links-{SECRET_KEY}"
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS: list[str] = []
_served = env.text("LMS_PROCESS") == "web"
DATABASES = {"default": env.database(env.text("DATABASE_URL", "sqlite://"), pooled=_served)}
WHITENOISE_AUTOREFRESH = True
DEMO_SIGN_INS = True
CERTIFICATE_MARK = "演示样本"
DEMO_CODE = env.text("DEMO_CODE", "000000")
LMS_FAKE_NOW = env.text("LMS_FAKE_NOW")
if LMS_FAKE_NOW and not STARTING_FAULTS:
    LMS_FAKE_NOW_SINCE = fake_clock.began(LMS_FAKE_NOW, VAR_DIR / "run")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AUDIT_SEAL_FILE = VAR_DIR / "test" / "seals.log"
ROOT_URLCONF = env.text("LMS_ROOT_URLCONF", "lms.urls")
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
