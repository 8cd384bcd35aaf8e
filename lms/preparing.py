"""What stands ready before the first page: keys, tables, catalogues."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core.management import call_command, get_commands
from django.db import DatabaseError

from core import crypto
from core.search import upkeep
from demo.rules import people
from lms import translations

SIGN_INS = {
    "teacher": "教师",
    "mentor": "导师",
    "classteacher": "班主任",
    "psych": "心理教师",
    "principal": "校长",
    "schooladmin": "学校管理员",
    "registrar": "学分证书管理员",
    "county": "县区管理人员",
    "bureau": "市局管理人员",
    "editor": "内容编辑",
    "auditor": "审计员",
    "stranger": "外县教师",
}


def prepare() -> None:
    """Make what is missing; harmless to repeat. Keys are made outside production only."""
    if settings.LMS_MODE != "production":
        make_field_keys()
    crypto.ensure_index_key(Path(settings.FIELD_KEYS_FILE))
    translations.compile_all()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    upkeep.rebuild_when_needed()


def make_field_keys() -> None:
    """A key file at ``FIELD_KEYS_FILE`` where there is none."""
    if not Path(settings.FIELD_KEYS_FILE).exists():
        crypto.new_key_file(Path(settings.FIELD_KEYS_FILE))


def wants_demo() -> bool:
    """Nobody can sign in yet, and the demo bureau is at hand."""
    return (
        settings.DEMO_SIGN_INS
        and "demo" in get_commands()
        and not get_user_model().objects.exists()
    )


def demo_accounts() -> list[str]:
    """Sign-ins of the demo, by name and staff number or by name and the published password.

    A real editor may be called ``editor``. A database that is empty or away holds none.
    """
    numbers = {person.sign_in: person.staff_number for person in people.sign_ins()}
    named = get_user_model().objects.filter(username__in=numbers).order_by("username")
    try:
        found = list(named.values_list("username", "password", "teacher__staff_number"))
    except DatabaseError:
        return []
    return [
        name
        for name, secret, number in found
        if number == numbers[name] or check_password(people.PASSWORD, secret)
    ]


def demo_refusal() -> str:
    """Why production may not run on this database, in one line; empty where it may."""
    found = demo_accounts() if settings.LMS_MODE == "production" else []
    if not found:
        return ""
    named = "、".join(found)
    return f"数据库里有演示账号（{named}），正式环境不能启动；请换用没有载入过演示数据的数据库。"


def sign_ins() -> list[str]:
    """Lines that name the demo accounts which exist, for the terminal."""
    if not settings.DEMO_SIGN_INS:
        return []
    present = set(
        get_user_model().objects.filter(username__in=SIGN_INS).values_list("username", flat=True)
    )
    if not present:
        return []
    password = os.environ.get("DEMO_PASSWORD", people.PASSWORD)
    names = [f"{name}（{role}）" for name, role in SIGN_INS.items() if name in present]
    return [f"演示账号，密码 {password}，动态码 {settings.DEMO_CODE}：", "  " + "、".join(names)]
