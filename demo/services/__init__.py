"""Building the demo bureau, each part harmless to repeat."""

from demo.services.films import make_film

__all__ = ["make_film"]
