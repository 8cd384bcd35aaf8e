"""What people do in the locked room: one verb each."""

from wellbeing.services.closing import close_signal, confirm_unfounded, join_signal
from wellbeing.services.ledger import confirm_entry, end_entry, propose_entry, withdraw_entry
from wellbeing.services.signals import acknowledge_signal, raise_signal

__all__ = [
    "acknowledge_signal",
    "close_signal",
    "confirm_entry",
    "confirm_unfounded",
    "end_entry",
    "join_signal",
    "propose_entry",
    "raise_signal",
    "withdraw_entry",
]
