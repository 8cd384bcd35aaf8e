"""Who may reach which address: every URL name has exactly one rule here.

A name is ``"<namespace>:<name>"`` as Django resolves it. Addresses that come from Wagtail and the
API's own documents are ruled by the prefix of their path. What has no rule does not exist.
A rule speaks of the door only; which *objects* somebody sees is decided by the room's selectors.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One standing that an address demands.

    ``kind`` is public, signed_in, roles, cms, locked or closed; ``detail`` names roles or the room.
    """

    kind: str
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(self.detail)})" if self.detail else self.kind


PUBLIC = Rule("public")
CLOSED = Rule("closed")
SIGNED_IN = Rule("signed_in")
CMS = Rule("cms")
CO_EDITED = Rule("cms", ("co_editors",))


def roles(*names: str) -> Rule:
    """Holders of at least one of these posts today (``schools.models.Role`` values)."""
    return Rule("roles", tuple(str(name) for name in names))


def locked(room: str) -> Rule:
    """A locked room: only its own gate decides, for superusers too; without a gate it is closed."""
    return Rule("locked", (room,))


LOCKED_ROOM = locked("wellbeing")

ACCOUNT_KEEPERS = roles("school_admin", "county_officer", "bureau_officer")

CERTIFICATE_READERS = roles(
    "registrar", "county_officer", "bureau_officer", "principal", "deputy", "school_admin"
)
SCHOOL_KEEPERS = roles("county_officer", "bureau_officer")
BUREAU = roles("bureau_officer")
HELP_KEEPERS = roles("bureau_officer", "editor")
REGISTRARS = roles("registrar")
PLANNERS = roles("principal", "deputy", "school_admin")
HEADS = roles("principal", "deputy")
PRINCIPALS = roles("principal")
STAFF_READERS = roles(
    "principal", "deputy", "school_admin", "registrar", "county_officer", "bureau_officer"
)
PUPIL_KEEPERS = roles("school_admin")
CONTACT_PEOPLE = roles("class_teacher", "psychology_teacher", "school_admin")
PUPIL_PEOPLE = roles("class_teacher", "psychology_teacher", "school_admin", "principal", "deputy")
LOG_READERS = roles("auditor", "principal", "deputy", "school_admin", "psychology_teacher")
CLASS_READERS = roles(
    "principal", "deputy", "school_admin", "psychology_teacher", "county_officer", "bureau_officer"
)
CLASS_PEOPLE = roles(
    "class_teacher",
    "principal",
    "deputy",
    "school_admin",
    "psychology_teacher",
    "county_officer",
    "bureau_officer",
)

ACCESS: dict[str, Rule] = {
    "healthz": PUBLIC,
    "security_txt": PUBLIC,
    "home": SIGNED_IN,
    "access_log": LOG_READERS,
    "learning_report": STAFF_READERS,
    "readyz": PUBLIC,
    "api:api-root": CLOSED,
    "api_reference": PUBLIC,
    "no_such_call": PUBLIC,
    "api:job": SIGNED_IN,
    "api:openapi-json": PUBLIC,
    "api:me": SIGNED_IN,
    "wagtail_serve": PUBLIC,
    "site_picture": PUBLIC,
    "wagtaildocs_serve": PUBLIC,
    "wagtaildocs_authenticate_with_password": CLOSED,
    "api:courses": PUBLIC,
    "api:enrolments": SIGNED_IN,
    "api:enrolment": SIGNED_IN,
    "api:reading": SIGNED_IN,
    "api:transcript": SIGNED_IN,
    "api:watch": SIGNED_IN,
    "api:beats": SIGNED_IN,
    "api:attempts": SIGNED_IN,
    "api:attempt": SIGNED_IN,
    "api:answer": SIGNED_IN,
    "api:submission": SIGNED_IN,
    "courses:learn": SIGNED_IN,
    "courses:run": SIGNED_IN,
    "courses:lesson": SIGNED_IN,
    "courses:read": SIGNED_IN,
    "courses:transcript": SIGNED_IN,
    "courses:start-attempt": SIGNED_IN,
    "courses:attempt": SIGNED_IN,
    "courses:submission": SIGNED_IN,
    "courses:enrol-fragment": PUBLIC,
    "courses:enrol": SIGNED_IN,
    "courses:withdraw": SIGNED_IN,
    "courses:progress": SIGNED_IN,
    "wagtailcore_login": CLOSED,
    "wagtailcore_authenticate_with_password": CLOSED,
    "accounts:sign_in": PUBLIC,
    "accounts:code": PUBLIC,
    "accounts:enrol": PUBLIC,
    "accounts:slip": PUBLIC,
    "accounts:forgotten": PUBLIC,
    "accounts:sign_out": PUBLIC,
    "website:language": PUBLIC,
    "website:robots": PUBLIC,
    "website:sitemap": PUBLIC,
    "website:help": PUBLIC,
    "website:search": PUBLIC,
    "website:styleguide": PUBLIC,
    "media:file": PUBLIC,
    "accounts:fragment": PUBLIC,
    "accounts:profile": SIGNED_IN,
    "accounts:password": SIGNED_IN,
    "accounts:privacy": SIGNED_IN,
    "accounts:kept": SIGNED_IN,
    "accounts:end_other_sessions": SIGNED_IN,
    "accounts:end_session": SIGNED_IN,
    "accounts:second_factor": SIGNED_IN,
    "accounts:replace_authenticator": SIGNED_IN,
    "accounts:recovery_codes": SIGNED_IN,
    "accounts:recovery_codes_file": SIGNED_IN,
    "accounts:notices": SIGNED_IN,
    "accounts:read_all_notices": SIGNED_IN,
    "accounts:read_notice": SIGNED_IN,
    "accounts:people": ACCOUNT_KEEPERS,
    "accounts:person": ACCOUNT_KEEPERS,
    "accounts:issue_slip": ACCOUNT_KEEPERS,
    "accounts:reissue": ACCOUNT_KEEPERS,
    "accounts:switch": ACCOUNT_KEEPERS,
    "api:credits": SIGNED_IN,
    "api:certificates": SIGNED_IN,
    "api:revocation": REGISTRARS,
    "api:verify": PUBLIC,
    "certification:credits": SIGNED_IN,
    "certification:certificates": SIGNED_IN,
    "certification:certificate": SIGNED_IN,
    "certification:document": SIGNED_IN,
    "certification:registry": CERTIFICATE_READERS,
    "certification:revoke": REGISTRARS,
    "certification:reissue": REGISTRARS,
    "certification:retry": REGISTRARS,
    "certification:checks": REGISTRARS,
    "certification:check": REGISTRARS,
    "certification:check_result": REGISTRARS,
    "certification:verify": PUBLIC,
    "certification:verify_code": PUBLIC,
    "schools:index": STAFF_READERS,
    "schools:unit": STAFF_READERS,
    "schools:export": ACCOUNT_KEEPERS,
    "schools:accounts": ACCOUNT_KEEPERS,
    "schools:teacher": SIGNED_IN,
    "schools:teachers": STAFF_READERS,
    "schools:reveal_phone": SIGNED_IN,
    "schools:give_post": ACCOUNT_KEEPERS,
    "schools:end_post": ACCOUNT_KEEPERS,
    "schools:add_unit": SCHOOL_KEEPERS,
    "schools:correct_unit": SCHOOL_KEEPERS,
    "schools:add_teacher": ACCOUNT_KEEPERS,
    "schools:correct_teacher": ACCOUNT_KEEPERS,
    "schools:move_teacher": SCHOOL_KEEPERS,
    "schools:end_employment": ACCOUNT_KEEPERS,
    "schools:calendar": SIGNED_IN,
    "schools:add_year": BUREAU,
    "schools:add_term": BUREAU,
    "schools:correct_period": BUREAU,
    "schools:mark_days": BUREAU,
    "schools:unmark_days": BUREAU,
    "schools:help_lines": HELP_KEEPERS,
    "schools:open_help_line": HELP_KEEPERS,
    "schools:replace_help_line": HELP_KEEPERS,
    "schools:close_help_line": HELP_KEEPERS,
    "schools:unit_classes": CLASS_READERS,
    "schools:add_class": ACCOUNT_KEEPERS,
    "schools:move_up": PUPIL_KEEPERS,
    "schools:classes": PUPIL_PEOPLE,
    "schools:class": CLASS_PEOPLE,
    "schools:class_teacher": ACCOUNT_KEEPERS,
    "schools:add_pupil": PUPIL_KEEPERS,
    "schools:pupil": PUPIL_PEOPLE,
    "schools:reveal_number": CONTACT_PEOPLE,
    "schools:reveal_guardian_phone": CONTACT_PEOPLE,
    "schools:add_guardian": PUPIL_KEEPERS,
    "schools:correct_guardian": PUPIL_KEEPERS,
    "schools:remove_guardian": PUPIL_KEEPERS,
    "schools:join_household": PUPIL_KEEPERS,
    "schools:correct_pupil": PUPIL_KEEPERS,
    "schools:place_pupil": PUPIL_KEEPERS,
    "schools:leave_school": PUPIL_KEEPERS,
    "schools:imports": ACCOUNT_KEEPERS,
    "schools:template": ACCOUNT_KEEPERS,
    "schools:import": ACCOUNT_KEEPERS,
    "schools:confirm": ACCOUNT_KEEPERS,
    "schools:cancel": ACCOUNT_KEEPERS,
    "schools:partial": ACCOUNT_KEEPERS,
    "schools:errors": ACCOUNT_KEEPERS,
    "api:assignment_runs": PLANNERS,
    "api:assignment_run": PLANNERS,
    "api:publication": HEADS,
    "api:pupils": SIGNED_IN,
    "api:check_ins": SIGNED_IN,
    "api:amendments": SIGNED_IN,
    "api:draft_key": SIGNED_IN,
    "api:evaluation_sheets": SIGNED_IN,
    "api:evaluation_rows": SIGNED_IN,
    "api:evaluation_terms": PLANNERS,
    "api:evaluation_term": PLANNERS,
    "api:evaluation_announcement": HEADS,
    "api:evaluation_freeze": PRINCIPALS,
    "evaluation:index": SIGNED_IN,
    "evaluation:schemes": SIGNED_IN,
    "evaluation:publish_scheme": BUREAU,
    "evaluation:sheet": SIGNED_IN,
    "evaluation:rows": SIGNED_IN,
    "evaluation:object": SIGNED_IN,
    "evaluation:objection": SIGNED_IN,
    "evaluation:withdraw_objection": SIGNED_IN,
    "evaluation:answer_objection": HEADS,
    "evaluation:term": PLANNERS,
    "evaluation:what_if": PLANNERS,
    "evaluation:overview": SCHOOL_KEEPERS,
    "evaluation:compute": PLANNERS,
    "evaluation:announce": HEADS,
    "evaluation:freeze": PRINCIPALS,
    "mentoring:caseload": SIGNED_IN,
    "mentoring:check_in": SIGNED_IN,
    "mentoring:amend": SIGNED_IN,
    "mentoring:void": SIGNED_IN,
    "mentoring:pupil": SIGNED_IN,
    "mentoring:assignments": PLANNERS,
    "mentoring:propose": PLANNERS,
    "mentoring:assignment": PLANNERS,
    "mentoring:publish": HEADS,
    "mentoring:repair": HEADS,
    "mentoring:mentors": PLANNERS,
    "mentoring:gaps": PLANNERS,
    "mentoring:limit": PLANNERS,
    "mentoring:by_hand": HEADS,
    "mentoring:figures": SCHOOL_KEEPERS,
    "mentoring:unit_figures": SCHOOL_KEEPERS,
    "mentoring:handovers": SIGNED_IN,
    "mentoring:handover_offer": HEADS,
    "mentoring:handover": SIGNED_IN,
    "mentoring:handover_brief": SIGNED_IN,
    "mentoring:handover_accept": SIGNED_IN,
    "mentoring:handover_refuse": SIGNED_IN,
    "mentoring:handover_withdraw": HEADS,
    "api:raise_signal": SIGNED_IN,
    "api:signals": LOCKED_ROOM,
    "api:signal": LOCKED_ROOM,
    "api:acknowledgement": LOCKED_ROOM,
    "api:overdue_signals": LOCKED_ROOM,
    "api:ledger_categories": LOCKED_ROOM,
    "api:ledger": LOCKED_ROOM,
    "api:ledger_entry": LOCKED_ROOM,
    "api:ledger_confirmation": LOCKED_ROOM,
    "api:ledger_withdrawal": LOCKED_ROOM,
    "api:ledger_end": LOCKED_ROOM,
    "wellbeing:raise": SIGNED_IN,
    "wellbeing:sent": SIGNED_IN,
    "wellbeing:index": LOCKED_ROOM,
    "wellbeing:signal": LOCKED_ROOM,
    "wellbeing:acknowledge": LOCKED_ROOM,
    "wellbeing:close": LOCKED_ROOM,
    "wellbeing:confirm_unfounded": LOCKED_ROOM,
    "wellbeing:join": LOCKED_ROOM,
    "wellbeing:ledger": LOCKED_ROOM,
    "wellbeing:propose": LOCKED_ROOM,
    "wellbeing:entry": LOCKED_ROOM,
    "wellbeing:confirm": LOCKED_ROOM,
    "wellbeing:withdraw": LOCKED_ROOM,
    "wellbeing:end": LOCKED_ROOM,
    "api:imports": ACCOUNT_KEEPERS,
    "api:import": ACCOUNT_KEEPERS,
    "api:import_confirmation": ACCOUNT_KEEPERS,
}

PREFIXES: dict[str, Rule] = {
    "/cms/failwhale/": CLOSED,  # Wagtail's page that fails on purpose
    "/cms/course-": CO_EDITED,
    "/cms/users/": CLOSED,  # accounts are opened, closed and given slips in accounts, with a trace
    # what every page of the content admin asks for, and what a link in a lesson's text needs
    "/cms/sprite": CO_EDITED,
    "/cms/jsi18n/": CO_EDITED,
    "/cms/account/": CO_EDITED,
    "/cms/logout/": CO_EDITED,
    "/cms/dismissibles/": CO_EDITED,
    "/cms/choose-": CO_EDITED,
    "/cms/": CMS,
}
CO_EDITORS_START = "/cms/"
"""The first page of the content admin, exactly."""


def rule_for(name: str, path: str) -> Rule | None:
    """The rule of an address (the first fitting prefix wins); None where nobody has given one."""
    if path == CO_EDITORS_START:
        return CO_EDITED
    for prefix, rule in PREFIXES.items():
        if path.startswith(prefix):
            return rule
    return ACCESS.get(name)
