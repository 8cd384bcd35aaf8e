"""What people do in mentoring."""

from mentoring.services.by_hand import assign_by_hand, follow_pupil
from mentoring.services.contacting import amend_check_in, log_check_in, void_check_in
from mentoring.services.needs import declare_conflict, limit_mentor, set_care_cadence
from mentoring.services.opening import open_caseload, open_gaps, open_pupil, open_run
from mentoring.services.proposing import assign_school, compute_assignment, propose_assignment
from mentoring.services.publishing import publish_assignment
from mentoring.services.repairing import accept_repair

__all__ = [
    "accept_repair",
    "amend_check_in",
    "assign_by_hand",
    "assign_school",
    "compute_assignment",
    "declare_conflict",
    "follow_pupil",
    "limit_mentor",
    "log_check_in",
    "open_caseload",
    "open_gaps",
    "open_pupil",
    "open_run",
    "propose_assignment",
    "publish_assignment",
    "set_care_cadence",
    "void_check_in",
]
