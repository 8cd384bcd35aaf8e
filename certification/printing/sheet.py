"""The words of a printed certificate; always Chinese, whatever language the reader's screen has."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from certification.rules import codes, dates


@dataclass(frozen=True)
class Sheet:
    """Every fact that stands on the paper; equal sheets give equal bytes.

    `seal` is a PNG with alpha; `address` is the verification page of this code. `mark` stands large
    across the page and in the lines where the paper is a sample; empty on a real one.
    """

    issuer: str
    title: str
    name: str
    course_title: str
    category_name: str
    credit_hours: Decimal
    completed_on: dt.date
    issued_on: dt.date
    expires_on: dt.date | None
    number: str
    code: str
    address: str
    seal: bytes
    mark: str = ""


def hours_text(hours: Decimal) -> str:
    """Hours without needless zeros: 12.00 → 12, 1.50 → 1.5."""
    plain = f"{hours:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def paragraphs(sheet: Sheet) -> list[str]:
    """The two sentences in the middle of the paper."""
    return [
        f"于{dates.formal(sheet.completed_on)}修完“{sheet.course_title}”课程的全部内容，考核合格，"
        f"计入继续教育{hours_text(sheet.credit_hours)}学时（{sheet.category_name}），准予结业。",
        "特发此证。",
    ]


def lines(sheet: Sheet) -> list[str]:
    """The lines beside the QR code: number, code and, where there is one, the last valid day."""
    texts = [f"证书编号　{sheet.number}", f"验证码　{codes.formatted(sheet.code)}"]
    if sheet.expires_on is not None:
        texts.append(f"有效期至　{dates.plain(sheet.expires_on)}")
    if sheet.mark:
        texts.append(f"{sheet.mark}，不作学时和资格的依据")
    return texts
