"""Categories of the ledger, its entries with their signatures."""

from wellbeing.models.categories import LedgerCategory
from wellbeing.models.ledger import Closing, LedgerEntry, LedgerSignature, Standing, Step

__all__ = [
    "Closing",
    "LedgerCategory",
    "LedgerEntry",
    "LedgerSignature",
    "Standing",
    "Step",
]
