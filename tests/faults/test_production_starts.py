"""Production refuses each half configuration in one clear line, and starts with a whole one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import crypto
from tests.faults.house import ROOT, fetch, free_port, house, wait_for

pytestmark = pytest.mark.timeout(1200)
WHOLE = {
    "LMS_MODE": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX",
    "DATABASE_URL": "postgresql:///lms_nowhere",
    "REDIS_URL": "redis://127.0.0.1:6379",
    "ALLOWED_HOSTS": "lms.example.cn",
    "MEDIA_LINK_SECRET": "media-0123456789abcdefghijklmnopqrstuvwxyz",
    "BASE_URL": "https://lms.example.cn",
    "TRUSTED_PROXY_COUNT": "1",
}


@pytest.fixture
def keys(tmp_path) -> str:
    crypto.new_key_file(tmp_path / "fields.json")
    return str(tmp_path / "fields.json")


def start(keys: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """The outcome of reading the settings, as every process does first."""
    environment = {"PATH": os.environ["PATH"], **WHOLE, "FIELD_KEYS_FILE": keys, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import lms.settings"],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL：正式环境必须使用 PostgreSQL"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL：正式环境必须使用 PostgreSQL"),
        ({"SECRET_KEY": None}, "SECRET_KEY：未设置、使用了默认值或太简单"),
        ({"SECRET_KEY": "change-me" + "x" * 50}, "SECRET_KEY：未设置、使用了默认值或太简单"),
        (
            {"SECRET_KEY": "django-insecure-" + "k9" * 30},
            "SECRET_KEY：未设置、使用了默认值或太简单",
        ),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY：未设置、使用了默认值或太简单"),
        ({"MEDIA_LINK_SECRET": "m" * 40}, "MEDIA_LINK_SECRET：请设置"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY：未设置、使用了默认值或太简单"),
        ({"DEBUG": "1"}, "DEBUG：正式环境不能打开调试模式"),
        ({"FIELD_KEYS_FILE": "/nowhere/keys.json"}, "FIELD_KEYS_FILE：找不到字段加密密钥文件"),
        ({"REDIS_URL": None}, "REDIS_URL：正式环境必须设置"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS：请列出本站域名"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS：请列出本站域名"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL：正式环境必须使用 PostgreSQL"),
        ({"FIELD_KEYS_FILE": "/dev/null/x"}, "FIELD_KEYS_FILE：找不到字段加密密钥文件"),
        ({"BASE_URL": "http://lms.example.cn"}, "BASE_URL：应为本站对外的 https:// 网址"),
        ({"EMAIL_URL": "mail.example.cn"}, "EMAIL_URL：写法有误，应如 smtps://"),
        ({"EMAIL_URL": "imap://h/?from=a@b&operators=c@d"}, "EMAIL_URL：写法有误"),
        ({"EMAIL_URL": "smtp://h/?from=a@b"}, "EMAIL_URL：写法有误"),
        ({"EMAIL_URL": "smtp://h:port/?from=a@b&operators=c@d"}, "EMAIL_URL：写法有误"),
        ({"STORAGE_URL": "s3://bucket"}, "STORAGE_URL：尚不支持对象存储"),
        ({"DEMO_PASSWORD": "x"}, "DEMO_PASSWORD / DEMO_CODE：正式环境不允许演示账号"),
        ({"DEMO_CODE": "000000"}, "DEMO_PASSWORD / DEMO_CODE：正式环境不允许演示账号"),
        ({"LMS_FAKE_NOW": "2026-03-01"}, "LMS_FAKE_NOW：只能在 LMS_MODE=test 下使用"),
    ],
)
def test_each_fault_is_one_line(keys, changes, named):
    ended = start(keys, **changes)
    assert ended.returncode == 2
    first, *faults = ended.stderr.splitlines()
    assert first == "LMS_MODE=production 无法启动："
    assert len(faults) == 1
    assert faults[0].startswith(named)
    assert "Traceback" not in ended.stderr


def test_a_key_file_without_a_usable_key_is_refused(tmp_path):
    (tmp_path / "fields.json").write_text('{"current": "k1", "keys": {}}')
    (tmp_path / "fields.json").chmod(0o400)
    ended = start(str(tmp_path / "fields.json"))
    assert "读不出可用的密钥，请检查内容与权限" in ended.stderr
    assert len(ended.stderr.splitlines()) == 2


@pytest.mark.parametrize("mode", [0o404, 0o444, 0o420])
def test_a_key_file_that_others_can_reach_is_refused(keys, mode):
    Path(keys).chmod(mode)
    ended = start(keys)
    first, fault = ended.stderr.splitlines()
    assert (ended.returncode, first) == (2, "LMS_MODE=production 无法启动：")
    assert fault == f"FIELD_KEYS_FILE：{keys} 其他用户也能读写，请 chmod 400。"


def test_a_number_that_is_none_is_one_line(keys):
    ended = start(keys, TRUSTED_PROXY_COUNT="one")
    assert ended.stderr.strip() == "TRUSTED_PROXY_COUNT：应为整数，当前为 'one'。"


def test_a_fake_clock_that_shows_no_instant_is_one_line(keys):
    ended = start(keys, LMS_MODE="test", LMS_FAKE_NOW="nonsense")
    first, fault = ended.stderr.splitlines()
    assert first == "LMS_MODE=test 无法启动："
    assert fault == "LMS_FAKE_NOW：应如 2026-03-01T08:00:00+08:00，当前为 'nonsense'。"


@pytest.mark.parametrize("port", ["0", "99999"])
@pytest.mark.parametrize("words", [("gunicorn", "-c", "deploy/gunicorn.conf.py"), ("supervisor",)])
def test_a_port_that_is_none_is_one_line(tmp_path, words, port):
    program, *rest = words
    command = [str(Path(sys.executable).parent / program), *rest, "lms.wsgi"]
    if program == "supervisor":
        command = [sys.executable, "-m", "lms.supervisor"]
    with house(tmp_path, PORT=port) as place:
        ended = subprocess.run(
            command, cwd=ROOT, env=place.environment, capture_output=True, text=True, check=False
        )
    assert (ended.returncode, ended.stderr) == (
        2,
        f"PORT：应为 1 到 65535 之间的整数，当前为 {port}。\n",
    )


def test_a_number_of_web_processes_that_is_none_is_one_line(tmp_path):
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    with house(tmp_path, WEB_PROCESSES="two") as place:
        ended = subprocess.run(
            [gunicorn, "-c", "deploy/gunicorn.conf.py", "--check-config", "lms.wsgi"],
            cwd=ROOT, env=place.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (
        2,
        "WEB_PROCESSES：应为整数，当前为 'two'。\n",
    )


def test_a_half_configured_web_server_refuses_once_and_ends(keys):
    """Its processes would otherwise be started again and again."""
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    environment = {"PATH": os.environ["PATH"], **WHOLE, "FIELD_KEYS_FILE": keys, "REDIS_URL": ""}
    ended = subprocess.run(
        [gunicorn, "-c", "deploy/gunicorn.conf.py", "lms.wsgi"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "LMS_MODE=production 无法启动：",
        "REDIS_URL：正式环境必须设置 Redis 或 Valkey 的地址。",
    ]


def test_a_storage_that_is_not_supported_is_refused_in_every_mode(keys):
    ended = start(keys, LMS_MODE="dev", STORAGE_URL="s3://bucket")
    first, fault = ended.stderr.splitlines()
    assert first == "LMS_MODE=dev 无法启动："
    assert fault.startswith("STORAGE_URL：尚不支持对象存储")


def test_an_error_collector_without_its_package_is_refused(keys, tmp_path):
    """A folder earlier on the path hides the package, as an installation without it would."""
    hide = "import sys; sys.modules['sentry_sdk'] = None; sys.modules.pop('sentry_sdk')\n"
    (tmp_path / "sitecustomize.py").write_text(
        hide
        + "import importlib.util as u; find = u.find_spec\n"
        + "u.find_spec = lambda name, *a: None if name == 'sentry_sdk' else find(name, *a)\n"
    )
    ended = start(keys, SENTRY_DSN="https://k@collector.example/1", PYTHONPATH=str(tmp_path))
    assert "SENTRY_DSN：没有安装上报组件" in ended.stderr
    assert "--extra sentry" in ended.stderr


def test_all_faults_are_named_at_once():
    ended = start("/nowhere", SECRET_KEY=None, REDIS_URL=None)
    assert len(ended.stderr.splitlines()) == 4


def test_an_unknown_mode_is_refused(keys):
    ended = start(keys, LMS_MODE="prod")
    assert ended.stderr.strip() == "LMS_MODE 只能是 dev、test 或 production，当前为 'prod'。"


def test_a_whole_configuration_is_accepted(keys):
    ended = start(keys)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "https://lms.example.cn"),
        ({"CSRF_TRUSTED_ORIGINS": "https://xuexi.example.cn"}, "https://xuexi.example.cn"),
        ({"ALLOWED_HOSTS": ".example.cn,jy.example.cn"}, "https://jy.example.cn"),
    ],
)
def test_what_can_be_derived_is_derived_and_deployment_is_told(keys, changes, address):
    left_out = {"BASE_URL": "", "TRUSTED_PROXY_COUNT": "", "MEDIA_LINK_SECRET": ""}
    environment = {"PATH": os.environ["PATH"], **WHOLE, "FIELD_KEYS_FILE": keys}
    code = (
        "import django; django.setup();"
        "from django.conf import settings as s; from lms import checks;"
        "print(s.WAGTAILADMIN_BASE_URL, s.TRUSTED_PROXY_COUNT, len(checks.nothing_is_guessed()))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT,
        env=environment | left_out | changes | {"DJANGO_SETTINGS_MODULE": "lms.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.stdout == f"{address} 0 3\n"


def test_the_example_file_names_every_setting():
    named = {
        line.lstrip("# ").split("=", 1)[0]
        for line in (ROOT / ".env.example").read_text().splitlines()
        if "=" in line
    }
    wanted = {
        "LMS_MODE", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "FIELD_KEYS_FILE",
        "SIGNING_KEYS_DIR", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "LMS_FFMPEG", "LMS_FAKE_NOW",
        "MEDIA_LINK_SECRET", "HOST", "PORT", "BASE_URL", "TRUSTED_PROXY_COUNT", "EMAIL_URL",
        "SENTRY_DSN", "STORAGE_URL", "DEMO_PASSWORD", "DEMO_CODE",
    }  # fmt: skip
    assert wanted <= named


@pytest.mark.skipif(
    not (os.environ.get("TEST_DATABASE_URL") and os.environ.get("TEST_REDIS_URL")),
    reason="runs with the servers that TEST_DATABASE_URL and TEST_REDIS_URL name (.ci/run)",
)
def test_production_serves_on_postgresql_and_redis(tmp_path, keys, django_db_blocker):
    name = f"lms_production_{os.getpid()}"
    server = os.environ["TEST_DATABASE_URL"].rpartition("/")[0]
    url = f"{server}/{name}"
    whole = WHOLE | {
        "DATABASE_URL": url,
        "REDIS_URL": os.environ["TEST_REDIS_URL"],
        "FIELD_KEYS_FILE": keys,
        "STATIC_ROOT": str(tmp_path / "static"),
        "MEDIA_ROOT": str(tmp_path / "uploads"),
    }
    admin = ["psql", f"{server}/postgres", "-qc"]
    subprocess.run([*admin, f"CREATE DATABASE {name}"], check=True)
    try:
        with house(tmp_path, **whole) as place:
            place.manage("prepare")
            place.manage("collectstatic", "--no-input", "-v", "0")
            deployed = place.manage("check", "--deploy", "--fail-level", "WARNING", check=False)
            assert deployed.returncode == 0, deployed.stderr
            _serve_and_look(place)
            _load_a_demo_sign_in(place)
            _refuses_everywhere(place)
    finally:
        subprocess.run([*admin, f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def _serve_and_look(place) -> None:
    port = free_port()
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    place.start(gunicorn, "-c", "deploy/gunicorn.conf.py", "lms.wsgi", PORT=str(port))
    address = f"http://127.0.0.1:{port}"
    host = {"Host": "lms.example.cn"}
    behind_proxy = {**host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    wait_for(lambda: fetch(f"{address}/healthz", host)[0] == 200, say=place.log())
    status, headers, _text = fetch(f"{address}/courses/", host)
    assert (status, headers["Location"]) == (301, "https://lms.example.cn/courses/")
    status, headers, _text = fetch(f"{address}/sign-in/", behind_proxy)
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, _headers, text = fetch(f"{address}/readyz", behind_proxy)
    assert (status, text) == (200, '{"status": "ready"}')
    assert fetch(f"{address}/healthz", {"Host": "evil.example"})[0] == 400


def _load_a_demo_sign_in(place) -> None:
    """As the demo bureau does outside production."""
    place.shell(
        "from accounts.services import create_account;"
        "create_account(actor=None, username='bureau', name='王建业', password='xinyang-demo')"
    )


def _refuses_everywhere(place) -> None:
    refused = "数据库里有演示账号（bureau）"
    for words in (("prepare",), ("check",), ("check", "--deploy"), ("refuse_demo",)):
        ended = place.manage(*words, check=False)
        assert ended.returncode != 0, words
        assert refused in ended.stderr, words
    bin_ = Path(sys.executable).parent
    gunicorn = (str(bin_ / "gunicorn"), "-c", "deploy/gunicorn.conf.py", "lms.wsgi")
    for command in (
        (*gunicorn, f"--bind=127.0.0.1:{free_port()}"),
        (sys.executable, "-m", "lms.worker"),
        (sys.executable, "-m", "lms.worker", "beat"),
    ):
        ended = subprocess.run(
            command, cwd=ROOT, env=place.environment,
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr.count(refused)) == (2, 1), ended.stderr
        assert "Traceback" not in ended.stderr
