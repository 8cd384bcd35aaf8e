"""Names: matching that forgives spelling habits of machines, and masking for the public."""

import re
import unicodedata
from typing import Final

# Middle dots that NFKC leaves apart; the first is the one of GB/T 15834 and of identity cards.
_MIDDLE_DOTS: Final = dict.fromkeys(map(ord, "·•‧・･∙⋅●．.᛫⸱"), "·")
# Private-use code points that older exports carry for characters of GB 18030-2005.
_PRIVATE_USE: Final = {
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE832: "\u9fb8",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE863: "\u4dae",
    0xE864: "\u9fbb",
}
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_VARIATION: Final = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BRACKETS: Final = str.maketrans("（）［］〔〕【】", "()[][][]")

_COMPOUND_SURNAMES: Final = frozenset(
    re.findall(
        r"\S+",
        """
        欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 轩辕 宇文 长孙 鲜于 闾丘
        司空 公冶 公羊 澹台 赫连 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 端木 百里 东郭 南门 呼延
        微生 梁丘 左丘 东门 西门 南宫 第五 独孤 完颜 拓跋 万俟 闻人 亓官 巫马 乐正 漆雕 壤驷
        公良 夹谷 宰父 谷梁 段干 羊舌 欧陽 司馬 諸葛 東方 歐陽
        """,
    )
)


def has_private_use(name: str) -> bool:
    """Whether the name carries code points that only some machines can show."""
    return any(unicodedata.category(c) == "Co" for c in name)


def matching_key(name: str) -> str:
    """The spelling under which two names are compared; never stored as the name itself.

    NFKC, without spaces, invisible characters and variation selectors; brackets and middle dots
    unified; known private-use characters mapped; Latin letters folded. Variant characters such as
    呂 and 吕 stay different: they are two names.
    """
    plain = unicodedata.normalize("NFKC", name.translate(_PRIVATE_USE))
    plain = _VARIATION.sub("", _INVISIBLE.sub("", plain))
    return plain.translate(_BRACKETS).translate(_MIDDLE_DOTS).casefold()


def matches(one: str, other: str) -> bool:
    """Whether two spellings mean the same name; empty names match nothing."""
    key = matching_key(one)
    return key != "" and key == matching_key(other)


def masked(name: str) -> str:
    """The name as the public sees it: the surname, then one star whatever the length.

    王小明 → 王*, 欧阳娜娜 → 欧阳*, 阿卜杜拉·买买提 → 阿*, Anna Smith → A*.
    """
    plain = name.strip()
    if not plain:
        return "*"
    surname = plain[:2] if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]
    return f"{surname}*"
