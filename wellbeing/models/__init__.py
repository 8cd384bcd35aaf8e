"""The ledger with its categories and signatures; signals with recipients, owners and endings."""

from wellbeing.models.categories import LedgerCategory
from wellbeing.models.closing import SignalClosing, SignalOutcome
from wellbeing.models.ledger import Closing, LedgerEntry, LedgerSignature, Standing, Step
from wellbeing.models.signals import Acknowledgement, Signal, SignalKept, SignalRecipient, Urgency

__all__ = [
    "Acknowledgement",
    "Closing",
    "LedgerCategory",
    "LedgerEntry",
    "LedgerSignature",
    "Signal",
    "SignalClosing",
    "SignalKept",
    "SignalOutcome",
    "SignalRecipient",
    "Standing",
    "Step",
    "Urgency",
]
