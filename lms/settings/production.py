"""Production: everything from the environment; refuses to start half-configured."""

from pathlib import Path

from core import crypto
from lms.settings import environment as env
from lms.settings.base import *  # noqa: F403
from lms.settings.base import (
    FIELD_KEYS_FILE,
    LMS_MODE,
    STARTING_FAULTS,
)

_faults = [*STARTING_FAULTS]
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
MEDIA_LINK_SECRET = env.text("MEDIA_LINK_SECRET") or f"media-links-{SECRET_KEY}"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL") or env.outer_address(
    CSRF_TRUSTED_ORIGINS, ALLOWED_HOSTS
)
SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"{WAGTAILADMIN_BASE_URL}/about/")
NOT_STATED = [
    name for name in ("BASE_URL", "TRUSTED_PROXY_COUNT", "MEDIA_LINK_SECRET") if not env.text(name)
]
_url = env.text("DATABASE_URL")

if not _url.startswith(("postgres://", "postgresql://")):
    _faults.append("DATABASE_URL：正式环境必须使用 PostgreSQL，不能使用 SQLite。")
if env.is_weak_secret(SECRET_KEY):
    _faults.append("SECRET_KEY：未设置、使用了默认值或太简单，请设置至少 40 个字符的随机值。")
if env.text("DEBUG", "0") not in {"", "0", "false"}:
    _faults.append("DEBUG：正式环境不能打开调试模式。")
if not Path(FIELD_KEYS_FILE).is_file():
    _faults.append(f"FIELD_KEYS_FILE：找不到字段加密密钥文件 {FIELD_KEYS_FILE}。")
else:
    try:
        crypto.read_key_file(Path(FIELD_KEYS_FILE))
    except crypto.KeyFault:
        _faults.append(f"FIELD_KEYS_FILE：{FIELD_KEYS_FILE} 读不出可用的密钥，请检查内容与权限。")
    if Path(FIELD_KEYS_FILE).stat().st_mode & 0o027:
        _faults.append(f"FIELD_KEYS_FILE：{FIELD_KEYS_FILE} 其他用户也能读写，请 chmod 400。")
if not env.text("REDIS_URL"):
    _faults.append("REDIS_URL：正式环境必须设置 Redis 或 Valkey 的地址。")
if env.is_weak_secret(MEDIA_LINK_SECRET, at_least=32):
    _faults.append("MEDIA_LINK_SECRET：请设置至少 32 个字符的随机值，并写入 nginx 的录像配置。")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    _faults.append("ALLOWED_HOSTS：请列出本站域名。")
if not WAGTAILADMIN_BASE_URL.startswith("https://"):
    _faults.append("BASE_URL：应为本站对外的 https:// 网址，证书二维码由它生成。")
if env.text("DEMO_PASSWORD") or env.text("DEMO_CODE"):
    _faults.append("DEMO_PASSWORD / DEMO_CODE：正式环境不允许演示账号。")
env.refuse(LMS_MODE, _faults)

DATABASES = {
    "default": env.database(_url, pooled=env.text("LMS_PROCESS") == "web"),
}
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_SSL_REDIRECT = env.text("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
LAST_PERSON_COOKIE_NAME = "__Host-person"
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.storage.ModuleManifestStorage"},
}
