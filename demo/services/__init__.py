"""Building the demo bureau, each part harmless to repeat."""

from demo.services.building import build
from demo.services.films import make_film
from demo.services.report import report, summary

__all__ = ["build", "make_film", "report", "summary"]
