"""Building the demo bureau, each part harmless to repeat."""

from demo.services.building import build, standing_seed
from demo.services.films import make_film
from demo.services.journey import build_short_course
from demo.services.report import report, summary
from demo.services.resetting import reset

__all__ = [
    "build",
    "build_short_course",
    "make_film",
    "report",
    "reset",
    "standing_seed",
    "summary",
]
