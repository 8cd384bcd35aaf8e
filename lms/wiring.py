"""Who reacts to what: every reaction of the product stands on this page.

Each line reads: when this fact was published, let that service act. Reactions are harmless to
repeat. Providers (a lower room asking for a higher room's facts) are registered here too.
"""

from accounts.permissions import register_standing
from lms.standing import PostStanding


def connect() -> None:
    """Register all reactions and providers; called once at start."""
    register_standing(PostStanding())
