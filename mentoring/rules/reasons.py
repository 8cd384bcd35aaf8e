"""How much a reason in this room says: letters, digits or Chinese characters, and signs in all."""

from typing import Final

SHORTEST: Final = 4
LONGEST: Final = 200
