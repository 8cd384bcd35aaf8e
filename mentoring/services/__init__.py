"""What people do in mentoring."""

from mentoring.services.by_hand import assign_by_hand, follow_pupil
from mentoring.services.contacting import CHECK_IN, amend_check_in, log_check_in, void_check_in
from mentoring.services.counting import count_schools, order_count
from mentoring.services.departing import follow_mentor
from mentoring.services.handing_over import (
    accept_handover,
    brief_handover,
    offer_handover,
    refuse_handover,
    withdraw_handover,
)
from mentoring.services.needs import (
    declare_conflict,
    follow_care,
    limit_mentor,
    set_care_cadence,
    settle_cadences,
)
from mentoring.services.opening import (
    left_by_mentor,
    open_caseload,
    open_gaps,
    open_handover,
    open_mentor,
    open_pupil,
    open_run,
)
from mentoring.services.proposing import assign_school, compute_assignment, propose_assignment
from mentoring.services.publishing import publish_assignment
from mentoring.services.repairing import accept_repair

__all__ = [
    "CHECK_IN",
    "accept_handover",
    "accept_repair",
    "amend_check_in",
    "assign_by_hand",
    "assign_school",
    "brief_handover",
    "compute_assignment",
    "count_schools",
    "declare_conflict",
    "follow_care",
    "follow_mentor",
    "follow_pupil",
    "left_by_mentor",
    "limit_mentor",
    "log_check_in",
    "offer_handover",
    "open_caseload",
    "open_gaps",
    "open_handover",
    "open_mentor",
    "open_pupil",
    "open_run",
    "order_count",
    "propose_assignment",
    "publish_assignment",
    "refuse_handover",
    "set_care_cadence",
    "settle_cadences",
    "void_check_in",
    "withdraw_handover",
]
