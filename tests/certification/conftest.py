"""What many tests of certificates begin with: a day, a registrar, certificates in every state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certification.models import Certificate
from certification.services import reissue_certificate, revoke_certificate
from schools.models import Teacher
from tests.certification.making import a_certificate, a_run, an_issuer
from tests.people import a_county, a_school, a_teacher


@pytest.fixture
def monday(at: Callable[[str], None]) -> None:
    """It is Monday morning, 23 November 2026, in Xinyang."""
    at("2026-11-23T09:00:00+08:00")


@pytest.fixture
def registrar() -> Teacher:
    """陈登记 looks after the certificates of 浉河区."""
    return a_teacher("陈登记", school=a_county(), posts=["registrar"])


@pytest.fixture
def certificate(deliver: Callable[[], int]) -> Certificate:
    """王小明 holds a valid certificate."""
    an_issuer()
    made = a_certificate(a_teacher("王小明"))
    deliver()
    return made


@pytest.fixture
def shelf(
    deliver: Callable[[], int], registrar: Teacher, at: Callable[[str], None]
) -> dict[str, Certificate]:
    """One certificate in each state, by the state's name."""
    an_issuer(validity_years=3)
    at("2023-01-10T09:00:00+08:00")
    made = {"expired": a_certificate(a_teacher("赵过期"), a_run(code="RUN-2023"))}
    at("2026-11-23T09:00:00+08:00")
    for state, name in (
        ("valid", "王小明"),
        ("superseded", "李更名"),
        ("revoked", "孙撤销"),
    ):
        made[state] = a_certificate(a_teacher(name))
    far = a_school("罗山县第一中学", county=a_county("罗山县"))
    made["far"] = a_certificate(a_teacher("周远方", school=far))
    deliver()
    revoke_certificate(actor=registrar.user, certificate=made["revoked"], reason="名单有误，撤销")
    reissue_certificate(
        actor=registrar.user, certificate=made["superseded"], reason="验证码外泄", same_name=True
    )
    deliver()
    made["pending"] = a_certificate(a_teacher("吴等待"))
    return made
