"""Invented people: the same seed gives the same names, numbers and posts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from demo.rules.places import BUREAU_CODE, School, Size, schools

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
MEN = ("建志国海文俊浩子永家明宇晓学立", "强军华伟平明杰涛鹏飞宇辉斌林峰")
WOMEN = ("晓雅思佳欣丽雪文玉秀慧静春若雨", "敏静芳娟英梅燕玲婷雯洁琳怡颖涵")
SINGLE = "敏静伟强磊洋勇军杰娟涛超霞平刚燕颖琳鑫岚"
RARE = "𫘧𬍛𬴊骉翀昶婳玥烨甦"


PASSWORD = "xinyang-demo"  # noqa: S105 (published with the demo, refused in production)


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher of the demo bureau; ``sign_in`` is the account name, empty for most."""

    staff_number: str
    name: str
    unit: str
    roles: tuple[tuple[str, str], ...] = ()
    sign_in: str = ""


HOME, COUNTY, FAR = "4115020002", "411502", "4115210008"

SIGN_INS = (
    ("teacher", "周晓岚", HOME, ()),
    ("mentor", "陈立明", HOME, ()),
    ("classteacher", "吴桂芳", HOME, ("class_teacher",)),
    ("psych", "叶知秋", HOME, ("psychology_teacher",)),
    ("principal", "赵国栋", HOME, ("principal",)),
    ("schooladmin", "孙慧敏", HOME, ("school_admin",)),
    ("registrar", "钱文静", COUNTY, ("registrar",)),
    ("county", "李振华", COUNTY, ("county_officer",)),
    ("bureau", "王建业", BUREAU_CODE, ("bureau_officer",)),
    ("editor", "郑思源", BUREAU_CODE, ("editor",)),
    ("auditor", "冯守正", BUREAU_CODE, ("auditor",)),
    ("stranger", "胡远航", FAR, ()),
)
# A character outside every font at hand: her certificate waits until a font has it.
UNPRINTABLE = Person("9000013", "沈𱍊", HOME)


def sign_ins() -> tuple[Person, ...]:
    """The people a visitor can be."""
    return tuple(
        Person(f"90{number:05}", name, unit, tuple((role, unit) for role in roles), account)
        for number, (account, name, unit, roles) in enumerate(SIGN_INS, start=1)
    )


def staff(size: Size, seed: int) -> tuple[Person, ...]:
    """The teachers of every school, without the sign-ins; names depend on seed and school only."""
    return tuple(person for school in schools(size) for person in staff_of(school, size, seed))


def staff_of(school: School, size: Size, seed: int) -> tuple[Person, ...]:
    dice = Random(f"{seed}/{school.code}")  # noqa: S311 (invented names, not secrets)
    signed_in = sum(1 for _, _, unit, _ in SIGN_INS if unit == school.code)
    count = size.teachers_per_school - signed_in
    prefix = f"{school.code[4:6]}{school.code[6:]}"
    return tuple(
        Person(
            f"{prefix}{number:03}",
            _name(dice),
            school.code,
            _roles(number, school.code, is_home=school.code == HOME),
        )
        for number in range(1, count + 1)
    )


def _name(dice: Random) -> str:
    surname, kind = dice.choice(SURNAMES), dice.random()
    if kind < 0.01:
        return surname + dice.choice(RARE)
    if kind < 0.2:
        return surname + dice.choice(SINGLE)
    first, second = dice.choice((MEN, WOMEN))
    return surname + dice.choice(first) + dice.choice(second.replace(surname, "华"))


def _roles(number: int, unit: str, *, is_home: bool) -> tuple[tuple[str, str], ...]:
    roles = {1: "principal", 2: "psychology_teacher", 3: "school_admin", 4: "deputy"}
    if is_home and number <= 3:
        return ()
    role = roles.get(number, "grade_head" if number in {5, 6} else "class_teacher")
    return ((role, unit),) if number <= 12 else ()
