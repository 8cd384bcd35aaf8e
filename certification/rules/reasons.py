"""How many letters, digits or Chinese characters a reason must have, by act."""

from typing import Final

REVOKING: Final = 4
REISSUING: Final = 2
