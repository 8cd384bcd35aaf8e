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
    assert "计入继续教育12.5学时（专业科目），准予结业。" in text


def test_the_qr_code_leads_to_the_verification_page():
    found = zxingcpp.read_barcodes(picture_of(typesetter.typeset(SHEET)))
    assert [code.text for code in found] == [SHEET.address]


CROWDED = dataclasses.replace(
    SHEET,
    issuer="信阳市浉河区教育体育局教师发展中心继续教育办公室",
    title="信阳市中小学教师信息技术应用能力提升工程培训结业证书",
    name="阿依古丽·买买提明",
    course_title="课程" * 100,
    address="https://jsjy.training.xinyang-education.gov.cn/verify/XY2026TRA1N1DT/",
)


def top_and_bottom(page: pypdfium2.PdfPage, words: str) -> tuple[float, float]:
    """Upper and lower edge of the first place where the words stand, in mm from the top."""
    text = page.get_textpage()
    start, length = text.search(words).get_next()
    boxes = [text.get_charbox(index) for index in range(start, start + length)]
    height = page.get_height()
    millimetres = 25.4 / 72
    top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
    return (height - top) * millimetres, (height - bottom) * millimetres


@pytest.mark.parametrize("sheet", [SHEET, CROWDED], ids=["ordinary", "crowded"])
def test_nothing_runs_into_the_qr_code_and_its_address_stands_beneath(sheet):
    pdf = typesetter.typeset(sheet)
    text = text_of(pdf)
    assert text.count(sheet.issuer) == 2
    for words in (sheet.title, sheet.course_title, sheet.address):
        assert words in text
    page = pypdfium2.PdfDocument(pdf)[0]
    (code,) = zxingcpp.read_barcodes(picture_of(pdf, scale=4))
    assert code.text == sheet.address
    per_pixel = 25.4 / 72 / 4
    above, below = code.position.top_left.y * per_pixel, code.position.bottom_left.y * per_pixel
    assert above - top_and_bottom(page, "特发此证")[1] > 4, "the quiet zone stays white"
    address_top, address_bottom = top_and_bottom(page, sheet.address[8:])
    assert below < address_top < below + 5
    assert address_bottom < 210 - 24, "inside the inner frame"


def test_an_apostrophe_in_a_latin_name_is_as_narrow_as_a_letter():
    pdf = typesetter.typeset(dataclasses.replace(SHEET, name="Anne O’Sullivan"))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    start, _length = text.search("O’Sullivan").get_next()
    (left, *_o), (right, *_s) = text.get_charbox(start), text.get_charbox(start + 2)
    assert 15 < right - left < 30, "O and apostrophe together, in points, at 23 points"


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


def test_a_sample_says_so_across_the_page_and_in_words_that_can_be_copied():
    sample = dataclasses.replace(SHEET, mark="演示样本")
    words = without_spaces("演示样本，不作学时和资格的依据")
    assert words in text_of(typesetter.typeset(sample))
    assert "演示样本" not in text_of(typesetter.typeset(SHEET))
    real, marked = picture_of(typesetter.typeset(SHEET)), picture_of(typesetter.typeset(sample))
    middle = (*(side // 4 for side in real.size), *(3 * side // 4 for side in real.size))
    assert real.crop(middle).tobytes() != marked.crop(middle).tobytes()


def test_the_seal_is_a_picture_with_transparency():
    picture = Image.open(io.BytesIO(SEAL))
    assert (picture.mode, picture.size) == ("RGBA", (480, 480))
    assert picture.getpixel((0, 0))[3] == 0
    assert picture.getpixel((240, 240)) == (200, 22, 29, 255)
    assert seal.drawn_seal("某某县教师发展中心继续教育专用章") != SEAL
