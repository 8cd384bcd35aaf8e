"""Counties by their real names and codes; schools by names nobody has given yet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

BUREAU_CODE, BUREAU_NAME = "XY", "信阳市教育体育局"

# Source: GB/T 2260, codes of the administrative divisions of Xinyang.
COUNTIES = (
    ("411502", "浉河区"),
    ("411503", "平桥区"),
    ("411521", "罗山县"),
    ("411522", "光山县"),
    ("411523", "新县"),
    ("411524", "商城县"),
    ("411525", "固始县"),
    ("411526", "潢川县"),
    ("411527", "淮滨县"),
    ("411528", "息县"),
)
FIRST_SCHOOLS = (
    ("411502", "青禾", "primary"),
    ("411502", "茗山", "junior"),
    ("411502", "明湖", "senior"),
    ("411503", "云岭", "primary"),
    ("411503", "松溪", "junior"),
    ("411503", "启帆", "nine_year"),
    ("411521", "鹤鸣", "primary"),
    ("411521", "望川", "senior"),
)
ENDINGS = {
    "primary": "小学",
    "junior": "初级中学",
    "senior": "高级中学",
    "nine_year": "学校",
    "vocational": "中等职业学校",
}
STAGES = ("primary", "primary", "primary", "junior", "nine_year", "primary", "junior", "senior")
FORE = "青云松竹明朝晨春秋星海江枫兰桂梧白清远知"
AFT = "禾岭溪湖川帆原泉林园桥台岚源舟塘坡雁汀谷"


@dataclass(frozen=True, slots=True)
class County:
    """A county or district of the prefecture."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class School:
    """An invented school; the code is the county's followed by four digits."""

    code: str
    name: str
    county: str
    stage: str


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a bureau is made."""

    counties: int
    schools: int
    teachers_per_school: int
    pupils_per_school: int
    is_bulk: bool


SIZES = {
    "s": Size(3, 8, 14, 210, is_bulk=False),
    "m": Size(10, 250, 40, 600, is_bulk=True),
    "l": Size(10, 2500, 40, 600, is_bulk=True),
}


def counties(size: Size) -> tuple[County, ...]:
    return tuple(County(code, name) for code, name in COUNTIES[: size.counties])


def schools(size: Size) -> tuple[School, ...]:
    """The eight named schools first, then as many more as the size asks, spread evenly."""
    names = dict(COUNTIES)
    made = [
        School(f"{county}{number:04}", f"{names[county]}{word}{ENDINGS[stage]}", county, stage)
        for number, (county, word, stage) in enumerate(FIRST_SCHOOLS, start=1)
    ]
    words = ["".join(pair) for pair in product(FORE, AFT)]
    taken = {(county, word) for county, word, _ in FIRST_SCHOOLS}
    for number in range(len(made) + 1, size.schools + 1):
        county, name = COUNTIES[number % size.counties]
        word = words[number // size.counties % len(words)]
        stage = STAGES[number % len(STAGES)]
        if (county, word) in taken:
            word = f"新{word}"
        made.append(School(f"{county}{number:04}", f"{name}{word}{ENDINGS[stage]}", county, stage))
    return tuple(made)
