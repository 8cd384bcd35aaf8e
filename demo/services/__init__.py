"""Building the demo bureau, each part harmless to repeat."""

from demo.services.building import build
from demo.services.films import make_film

__all__ = ["build", "make_film"]
