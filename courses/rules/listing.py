"""A course in schema.org terms, and its safe embedding into a page."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def course_listing(
    *,
    name: str,
    description: str,
    code: str,
    url: str,
    hours: Decimal,
    language: str,
    runs: Iterable[tuple[str, date, date | None]],
) -> dict[str, Any]:
    """Describe a course and its runs. Source: schema.org Course and CourseInstance."""
    listing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": name,
        "courseCode": code,
        "url": url,
        "inLanguage": language,
        "isAccessibleForFree": True,
        "timeRequired": f"PT{hours.normalize():f}H",
        "hasCourseInstance": [_instance(*run) for run in runs],
    }
    return listing | ({"description": description} if description else {})


def data_block(listing: Mapping[str, Any]) -> str:
    """Write a script element of type application/ld+json that text cannot break out of."""
    text = json.dumps(listing, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _instance(code: str, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    instance = {
        "@type": "CourseInstance",
        "name": code,
        "courseMode": "online",
        "startDate": starts_on.isoformat(),
    }
    return instance | ({"endDate": ends_on.isoformat()} if ends_on else {})
