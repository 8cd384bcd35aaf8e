"""Addresses of the door and of the own account."""

from django.urls import path

from accounts.views import door, inbox, managed, own

app_name = "accounts"

urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/code/", door.code, name="code"),
    path("sign-in/enrol/", door.enrol, name="enrol"),
    path("sign-in/slip/", door.slip, name="slip"),
    path("sign-in/forgotten/", door.forgotten, name="forgotten"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("account/", own.profile, name="profile"),
    path("account/fragment/", inbox.fragment, name="fragment"),
    path("account/password/", own.password, name="password"),
    path("account/privacy/", inbox.privacy, name="privacy"),
    path("account/kept/", inbox.kept, name="kept"),
    path("account/sessions/others/end/", own.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<uuid:session_id>/end/", own.end_session, name="end_session"),
    path("account/second-factor/", own.second_factor_page, name="second_factor"),
    path("account/second-factor/new/", own.replace_authenticator, name="replace_authenticator"),
    path("account/recovery-codes/", own.recovery_codes, name="recovery_codes"),
    path("account/recovery-codes/file/", own.recovery_codes_file, name="recovery_codes_file"),
    path("account/people/", managed.people, name="people"),
    path("account/people/<uuid:user_id>/", managed.person, name="person"),
    path("account/people/<uuid:user_id>/slip/", managed.issue_slip, name="issue_slip"),
    path("account/people/<uuid:user_id>/second-factor/", managed.reissue, name="reissue"),
    path("account/people/<uuid:user_id>/switch/", managed.switch, name="switch"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/all/read/", inbox.read_all_notices, name="read_all_notices"),
    path("notices/<uuid:notice_id>/read/", inbox.read_notice, name="read_notice"),
]
