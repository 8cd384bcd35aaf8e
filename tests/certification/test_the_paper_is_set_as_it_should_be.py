"""The printed certificate: text that can be copied, a QR code that can be read, no holes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zlib
from decimal import Decimal

import pypdfium2
import pytest
import typst
import zxingcpp
from PIL import Image

from certification.printing import seal, typesetter
from certification.printing.sheet import Sheet, hours_text, lines

SEAL = seal.drawn_seal("信阳市教育体育局（演示）")
SHEET = Sheet(
    issuer="信阳市教育体育局",
    title="培训结业证书",
    name="王小明",
    course_title="青少年心理健康教育",
    category_name="专业科目",
    credit_hours=Decimal("12.50"),
    completed_on=dt.date(2026, 11, 20),
    issued_on=dt.date(2026, 11, 23),
    expires_on=dt.date(2029, 11, 22),
    number="信教体培证字〔2026〕000123号",
    code="XY2026TRA1N1DT",
    address="https://px.example.cn/verify/XY2026TRA1N1DT/",
    seal=SEAL,
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return without_spaces(document[0].get_textpage().get_text_bounded())


def without_spaces(text: str) -> str:
    return "".join(text.split())


def picture_of(pdf: bytes, scale: float = 2) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()


def test_all_facts_can_be_copied_from_the_paper():
    text = text_of(typesetter.typeset(SHEET))
    for fact in (
        "培训结业证书",
        "王小明",
        "“青少年心理健康教育”",
        "信教体培证字〔2026〕000123号",
        "XY202-6TRA1-N1DT",
        "有效期至 2029年11月22日",
        "https://px.example.cn/verify/XY2026TRA1N1DT/",
        "二〇二六年十一月二十三日",
    ):
        assert without_spaces(fact) in text, fact
    assert "12.5学时" in text


def test_the_qr_code_leads_to_the_verification_page():
    found = zxingcpp.read_barcodes(picture_of(typesetter.typeset(SHEET)))
    assert [code.text for code in found] == [SHEET.address]


def test_the_same_facts_give_the_same_bytes():
    assert typesetter.typeset(SHEET) == typesetter.typeset(dataclasses.replace(SHEET))
    other = dataclasses.replace(SHEET, name="王晓明")
    assert typesetter.typeset(other) != typesetter.typeset(SHEET)


def test_the_paper_is_archivable_and_accessible():
    pdf = typesetter.typeset(SHEET)
    plain = pdf + b"".join(_streams(pdf))
    for mark in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
        b"/OutputIntents",
        b"/MarkInfo",
        b"/Lang(zh-CN)",
        b"/H1",
        b"/Alt",
    ):
        assert mark in plain, mark
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)


def _streams(pdf: bytes) -> list[bytes]:
    found, start = [], 0
    while (start := pdf.find(b"stream\n", start)) >= 0:
        start += 7
        try:
            found.append(zlib.decompressobj().decompress(pdf[start:]))
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize(
    "name",
    ["㛃〇", "龘䶮", "阿卜杜拉·买买提", "欧阳娜娜", "李#strong[x]", '"\\u{41}', "Ｊohn O’Brien"],
)
def test_rare_and_odd_names_are_set_as_they_are(name: str):
    text = text_of(typesetter.typeset(dataclasses.replace(SHEET, name=name)))
    assert without_spaces(name) in text


def test_a_very_long_name_stays_on_its_line():
    name = "阿卜杜热依木·阿卜杜克热木·买买提江·吐尔逊阿吉·阿不都热合曼·艾山江"
    assert f"{name}同志：" in text_of(typesetter.typeset(dataclasses.replace(SHEET, name=name)))


@pytest.mark.parametrize("character", ["\ue863", "\U0003fffd"])
def test_a_character_that_no_font_has_is_named_and_nothing_is_printed(character: str):
    with pytest.raises(typesetter.GlyphMissing) as refusal:
        typesetter.typeset(dataclasses.replace(SHEET, name=f"王{character}"))
    assert refusal.value.characters == character


@pytest.mark.skipif(
    not any(file.exists() for file in typesetter.RARE_FONT_FILES),
    reason="the font for rare characters is not installed on this machine",
)
def test_the_font_for_rare_characters_is_used_where_it_is():
    text = text_of(typesetter.typeset(dataclasses.replace(SHEET, name="陈𪜀·𬎆")))
    assert "陈𪜀·𬎆" in text


def test_another_fault_of_the_typesetter_is_not_taken_for_a_missing_character():
    with pytest.raises(typst.TypstError):
        typesetter.typeset(dataclasses.replace(SHEET, seal=b"no picture"))


def test_hours_are_written_without_needless_zeros_and_expiry_only_where_there_is_one():
    assert [hours_text(Decimal(h)) for h in ("12.00", "12.50", "0.25", "100")] == [
        "12",
        "12.5",
        "0.25",
        "100",
    ]
    assert len(lines(dataclasses.replace(SHEET, expires_on=None))) == 2


def test_the_seal_is_a_picture_with_transparency():
    picture = Image.open(io.BytesIO(SEAL))
    assert (picture.mode, picture.size) == ("RGBA", (480, 480))
    assert picture.getpixel((0, 0))[3] == 0
    assert picture.getpixel((240, 240)) == (200, 22, 29, 255)
    assert seal.drawn_seal("某某县教师发展中心继续教育专用章") != SEAL
