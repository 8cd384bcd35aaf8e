"""Accounts and what belongs to them."""

from accounts.models.notices import Notice
from accounts.models.privacy import PrivacyAcknowledgement, PrivacyNotice
from accounts.models.second_factor import Authenticator, RecoveryCode
from accounts.models.sessions import Session
from accounts.models.slips import Slip
from accounts.models.user import User, UserManager

__all__ = [
    "Authenticator",
    "Notice",
    "PrivacyAcknowledgement",
    "PrivacyNotice",
    "RecoveryCode",
    "Session",
    "Slip",
    "User",
    "UserManager",
]
