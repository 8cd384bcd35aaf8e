"""How numbers of a sheet stand on a page."""

from typing import Any

from django import template

from evaluation.models import SheetLine
from evaluation.selectors import wording

register = template.Library()


@register.filter
def share(value: int | None) -> str:
    """A share in ten-thousandths as per cent."""
    return wording.percent(value)


@register.filter
def points(value: int) -> str:
    """A difference of two shares in percentage points."""
    return wording.points(value)


@register.simple_tag
def figure_of(figures: dict[str, SheetLine], code: str) -> str:
    """A number of a sheet in words; a dash where the sheet has none."""
    line = figures.get(code)
    return wording.value_in_words(code, line.numerator, line.denominator) if line else "–"


@register.simple_tag(takes_context=True)
def sorted_by(context: Any, code: str) -> str:
    """The address of the same list in another order."""
    query = context["request"].GET.copy()
    query["sort"] = code
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.simple_tag
def ratio_of(shares: dict[str, tuple[int, int]], code: str) -> str:
    """A share of a school in words."""
    return wording.value_in_words(code, *shares.get(code, (0, 0)))
