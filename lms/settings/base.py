"""What every mode shares."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from core import alarms, logs
from lms.settings import environment as env
from lms.settings import operators

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
LMS_MODE = env.text("LMS_MODE", "dev")
STARTING_FAULTS = [*operators.faults(), *env.clock_faults(LMS_MODE)]

INSTALLED_APPS = [
    "lms",
    "website",
    "evaluation",
    "mentoring",
    "certification",
    "courses",
    "wellbeing",
    "media",
    "schools",
    "accounts",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "guardian",
    "axes",
    "django_htmx",
    "template_partials",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.HeadMiddleware",
    "core.page_cache.PageCacheMiddleware",
    "core.content_policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "core.middleware.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lms.middleware.SessionAgeMiddleware",
    "core.content_policy.FrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.ActorMiddleware",
    "core.middleware.NulMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "lms.middleware.AccessMiddleware",
]

# our own subclass of the middleware that it looks for stands in MIDDLEWARE
SILENCED_SYSTEM_CHECKS = ["security.W002"]
ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["accounts.hashers.MeasuredArgon2Hasher"]
PASSWORD_RESET_TIMEOUT = 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "phone"]},
    },
]
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 10**9  # none; axes cannot count down from None
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "core.http.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.views.door.locked_out"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
LAST_PERSON_COOKIE_NAME = "person"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.stale.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "autoplay": ["self"],
    "camera": [],
    "display-capture": [],
    "fullscreen": ["self"],
    "geolocation": [],
    "gyroscope": [],
    "microphone": [],
    "payment": [],
    "picture-in-picture": ["self"],
    "usb": [],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["lms.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
WHITENOISE_USE_FINDERS = LMS_MODE != "production"
if WHITENOISE_USE_FINDERS:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "uploads")))
MEDIA_URL = "/files/"

FIELD_KEYS_FILE = Path(env.text("FIELD_KEYS_FILE", str(VAR_DIR / "keys" / "fields.json")))
SIGNING_KEYS_DIR = Path(env.text("SIGNING_KEYS_DIR", str(VAR_DIR / "keys" / "signing")))
LMS_FFMPEG = env.text("LMS_FFMPEG")
MEDIA_LINK_SECRET = env.text("MEDIA_LINK_SECRET")
LMS_FAKE_NOW = ""
LMS_FAKE_NOW_SINCE = 0.0
READING_MAY_WRITE = {
    "audit": ["core_auditevent"],
    "session": ["accounts_session"],
    "verification": ["core_throttlecount", "certification_verificationlog"],
    "pictures": ["wagtailimages_rendition"],
}
AUDIT_SEAL_FILE = Path(env.text("AUDIT_SEAL_FILE", str(VAR_DIR / "audit" / "seals.log")))

REDIS_URL = env.text("REDIS_URL") or env.running_broker(LMS_MODE)
LMS_BROKER = env.text("LMS_BROKER", "redis" if REDIS_URL else "drain")
if env.text("LMS_CACHE") == "memory" and not REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
elif REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "core.cache.ForgivingRedisCache",
            "LOCATION": env.redis_database(REDIS_URL, 1),
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
            "KEY_PREFIX": "lms",
            "TIMEOUT": 300,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
            "TIMEOUT": 300,
        }
    }

CELERY_BROKER_URL = env.celery_broker(REDIS_URL) if REDIS_URL else "memory://"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 4 * 3600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "core.tasks.sweep", "schedule": 30.0},
    "seal-audit": {"task": "core.tasks.seal_audit", "schedule": 60.0},
    "forget-old": {"task": "core.tasks.forget_old", "schedule": 6 * 3600.0},
    "publish-scheduled": {"task": "core.tasks.publish_scheduled", "schedule": 60.0},
    "editors-of-today": {"task": "lms.tasks.settle_editors", "schedule": 60.0},
    "figures-of-today": {"task": "lms.tasks.count_schools", "schedule": 3600.0},
    "evaluations-of-today": {"task": "lms.tasks.refresh_evaluations", "schedule": 3600.0},
    "forget-failures": {"task": "accounts.tasks.forget_old_failures", "schedule": 6 * 3600.0},
    "forget-sessions": {"task": "accounts.tasks.forget_expired_sessions", "schedule": 3600.0},
}

WATCH_BUSY_BEATS_PER_SECOND = 150

TASKS = {"default": {"BACKEND": "core.task_backend.JobBackend", "QUEUES": []}}

WAGTAIL_SITE_NAME = "信阳市教师发展与全员导师平台"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"{WAGTAILADMIN_BASE_URL}/about/")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai", "UTC"]
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "csv"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "core.search.backend"}}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
LOGGING = logs.configuration(env.text("LOG_LEVEL", "INFO"))
_mail = None if STARTING_FAULTS else operators.read_mail(env.text("EMAIL_URL"))
if _mail is not None:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
    LOGGING = logs.configuration(
        env.text("LOG_LEVEL", "INFO"), sender=_mail.sender, operators=_mail.operators
    )
if env.text("SENTRY_DSN") and not STARTING_FAULTS:
    alarms.report_to(env.text("SENTRY_DSN"), LMS_MODE)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600
DEMO_SIGN_INS = False
CERTIFICATE_MARK = ""
DEMO_CODE = ""
