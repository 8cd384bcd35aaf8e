"""Who reacts to what: every reaction of the product stands on this page.

Each line reads: when this fact was published, let that service act. Reactions are harmless to
repeat. Providers (a lower room asking for a higher room's facts) are registered here too.
"""

from accounts.permissions import register_standing
from lms.standing import PostStanding


def connect() -> None:
    """Register all reactions and providers; called once at start."""
    register_standing(PostStanding())
    _who_edits_recordings()


def _who_edits_recordings() -> None:
    from media import permissions
    from schools.models import Role
    from schools.permissions import scope_of

    permissions.editors_are(lambda user: scope_of(user).holds(Role.EDITOR, Role.BUREAU_OFFICER))
