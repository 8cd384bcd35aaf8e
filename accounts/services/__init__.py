"""What can be done with accounts; every act names its actor and leaves a trace."""

from accounts.services.notices import mark_all_notices_read, mark_notice_read, notify
from accounts.services.opening import (
    AccountTaken,
    correct_name,
    correct_phone,
    create_account,
    disable_account,
    enable_account,
)
from accounts.services.passwords import PasswordRefused, change_password, set_password
from accounts.services.privacy import acknowledge_privacy
from accounts.services.second_factor import (
    confirm_authenticator,
    reissue_second_factor,
    renew_recovery_codes,
    start_authenticator,
)
from accounts.services.sessions import end_other_sessions, end_session, end_sessions_of
from accounts.services.slips import IssuedSlip, SlipRefused, issue_slip, redeem_slip

__all__ = [
    "AccountTaken",
    "IssuedSlip",
    "PasswordRefused",
    "SlipRefused",
    "acknowledge_privacy",
    "change_password",
    "confirm_authenticator",
    "correct_name",
    "correct_phone",
    "create_account",
    "disable_account",
    "enable_account",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "issue_slip",
    "mark_all_notices_read",
    "mark_notice_read",
    "notify",
    "redeem_slip",
    "reissue_second_factor",
    "renew_recovery_codes",
    "set_password",
    "start_authenticator",
]
