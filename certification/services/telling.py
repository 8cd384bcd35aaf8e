"""What notices to a holder say of a certificate."""

from __future__ import annotations

from certification.models import Certificate
from courses.selectors.outcomes import english_titles_of


def course_values(certificate: Certificate) -> dict[str, str]:
    """What a notice calls the course, in both languages."""
    english = english_titles_of([certificate.completion_id])
    return {
        "course": certificate.course_title,
        "course_en": english.get(certificate.completion_id, ""),
    }
