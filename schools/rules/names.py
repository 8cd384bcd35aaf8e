"""How Chinese names are cleaned and spelled for search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SURNAMES: dict[str, str] = {
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai", "鲜于": "xian yu",
    "令狐": "ling hu", "单于": "chan yu", "宇文": "yu wen", "皇甫": "huang fu", "夏侯": "xia hou",
    "单": "shan", "曾": "zeng", "解": "xie", "区": "ou", "仇": "qiu", "查": "zha", "朴": "piao",
    "盖": "ge", "覃": "qin", "缪": "miao", "员": "yun", "秘": "bi", "折": "she", "翟": "zhai",
    "繁": "po", "召": "shao", "黑": "he", "谌": "chen", "车": "che", "种": "chong", "重": "chong",
    "乜": "nie", "祭": "zhai", "乐": "yue", "薄": "bo", "都": "du", "隗": "wei", "句": "gou",
    "洗": "xian", "冼": "xian", "粘": "nian", "角": "jue", "訾": "zi", "尉": "wei", "那": "na",
    "宓": "mi", "佴": "nai", "逄": "pang", "臧": "zang", "藏": "zang", "过": "guo", "石": "shi",
    "沈": "shen", "柏": "bai", "贾": "jia", "曲": "qu", "葛": "ge", "纪": "ji", "任": "ren",
    "燕": "yan", "应": "ying", "於": "yu", "晁": "chao", "瞿": "qu", "阚": "kan", "褚": "chu",
    "钭": "tou", "呙": "guo", "撒": "sa", "会": "gui", "卜": "bu", "牟": "mou", "长": "chang",
}  # fmt: skip
MIDDLE_DOTS = re.compile("[•・‧∙⋅･•.．]")
HAN = r"[㐀-鿿豈-﫿\U00020000-\U0003fffd〇]"
SPACE_BETWEEN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
SPELLED = re.compile(r"[a-z0-9]+")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in Latin letters: `full` without spaces, and the initials."""

    full: str
    initials: str


def visible_text(text: str) -> str:
    """The text without control characters, joiners and direction marks, ends stripped."""
    kept = "".join(
        " " if character in "\t\r\n" else character
        for character in text
        if character in "\t\r\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )
    return kept.strip()


def narrow(text: str) -> str:
    """Full-width letters, digits and spaces as ordinary ones; Chinese characters untouched."""
    return "".join(
        chr(ord(character) - 0xFEE0)
        if "！" <= character <= "～"
        else " "
        if character == "　"
        else character
        for character in text
    )


def clean_name(text: str) -> str:
    """A person's name as the bureau writes it: no padding spaces, one kind of middle dot."""
    name = SPACE_BETWEEN_HAN.sub("", " ".join(narrow(visible_text(text)).split()))
    if re.search(HAN, name):
        name = MIDDLE_DOTS.sub("·", name)
    return name


def is_name(name: str) -> bool:
    """Whether a cleaned text can be a person's name: letters, spaces, dots, hyphens; no digits."""
    if not 1 <= len(name) <= LONGEST_NAME:
        return False
    return all(character.isalpha() or character in " ·-'’" for character in name) and any(
        character.isalpha() for character in name
    )


def spell(name: str) -> Spelling:
    """The pinyin of a name, its surname read as a surname (单 shan, 曾 zeng).

    The library takes 57 MB, so it is loaded on first use, in workers and commands.
    """
    from pypinyin import lazy_pinyin

    surname = next((name[:size] for size in (2, 1) if name[:size] in SURNAMES), "")
    syllables = SURNAMES[surname].split() if surname else []
    syllables += lazy_pinyin(name[len(surname) :])
    letters = ["".join(SPELLED.findall(syllable.lower())) for syllable in syllables]
    return Spelling(full="".join(letters), initials="".join(part[0] for part in letters if part))
