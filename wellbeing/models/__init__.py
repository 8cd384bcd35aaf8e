"""The ledger with its categories and signatures; signals with their recipients and owners."""

from wellbeing.models.categories import LedgerCategory
from wellbeing.models.ledger import Closing, LedgerEntry, LedgerSignature, Standing, Step
from wellbeing.models.signals import Acknowledgement, Signal, SignalKept, SignalRecipient, Urgency

__all__ = [
    "Acknowledgement",
    "Closing",
    "LedgerCategory",
    "LedgerEntry",
    "LedgerSignature",
    "Signal",
    "SignalKept",
    "SignalRecipient",
    "Standing",
    "Step",
    "Urgency",
]
