"""Days that people enter are held between a first and a last one."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Invalid
from schools.rules.days import FIRST_DAY, LAST_DAY


def require_between(field: str, day: date, first: date, last: date) -> None:
    """Raise Invalid, naming the field and both bounds, for a day outside [first, last]."""
    if first <= day <= last:
        return
    bounds = {"first": date_format(first), "last": date_format(last)}
    text = _("日期要在%(first)s到%(last)s之间，请核对年份和已有的记录。") % bounds
    raise Invalid(fields={field: text})


def require_civil(field: str, day: date) -> None:
    """Raise Invalid for a day outside the years that the bureau keeps."""
    require_between(field, day, FIRST_DAY, LAST_DAY)
