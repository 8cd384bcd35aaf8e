"""What people do in the locked room: one verb each."""

from wellbeing.services.ledger import confirm_entry, end_entry, propose_entry, withdraw_entry

__all__ = ["confirm_entry", "end_entry", "propose_entry", "withdraw_entry"]
