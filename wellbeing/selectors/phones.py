"""The numbers above every form that may come too late: police, ambulance, the national line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from core import clock
from schools.selectors import help_lines

ALWAYS: Final[dict[str, Any]] = {
    "110": _("报警：有人受伤害或有危险"),
    "120": _("急救：受伤、服药、昏迷"),
    "12356": _("全国统一心理援助热线"),
}
"""National numbers, with the words for the day on which the register has none of its own."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and what it is for."""

    number: str
    name: str


def phones() -> list[Phone]:
    """110, 120 and 12356, in this order, named as the register of help lines names them today."""
    named = {
        line.number: line.label for line in help_lines(clock.today()).filter(number__in=ALWAYS)
    }
    return [Phone(number, str(named.get(number, words))) for number, words in ALWAYS.items()]
