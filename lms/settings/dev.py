"""Development and demonstration on one machine."""

import os

from lms.settings import environment as env
from lms.settings.base import *  # noqa: F403
from lms.settings.base import INSTALLED_APPS
from lms.settings.local_secret import local_secret

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
DEBUG = env.text("DEBUG", "0") == "1"
SECRET_KEY = env.text("SECRET_KEY") or local_secret()
MEDIA_LINK_SECRET = env.text("MEDIA_LINK_SECRET") or f"media-links-{SECRET_KEY}"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DATABASES = {"default": env.database(env.text("DATABASE_URL", "sqlite://"), pooled=False)}
DEMO_SIGN_INS = True
CERTIFICATE_MARK = "演示样本"
DEMO_CODE = env.text("DEMO_CODE", "000000")
os.environ.setdefault("DEMO_PASSWORD", "xinyang-demo")
