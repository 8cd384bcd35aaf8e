"""Who reacts to what: every reaction of the product stands on this page.

Each line reads: when this fact was published, let that service act. Reactions are harmless to
repeat. Providers (a lower room asking for a higher room's facts) are registered here too.
"""


def connect() -> None:
    """Register all reactions and providers; called once at start."""
