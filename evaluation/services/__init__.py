"""What is done with the sheets of a school's term."""

from evaluation.services.computing import (
    compute_sheets,
    evaluate_now,
    mark_stale,
    recompute,
    recompute_differing,
    refresh_open_terms,
)
from evaluation.services.deciding import announce_sheets, freeze_sheets
from evaluation.services.objecting import (
    answer_objection,
    object_to_figure,
    withdraw_objection,
)
from evaluation.services.opening import (
    open_objection,
    open_rows,
    open_sheet,
    open_sheets,
    open_term,
)
from evaluation.services.schemes import publish_scheme

__all__ = [
    "announce_sheets",
    "answer_objection",
    "compute_sheets",
    "evaluate_now",
    "freeze_sheets",
    "mark_stale",
    "object_to_figure",
    "open_objection",
    "open_rows",
    "open_sheet",
    "open_sheets",
    "open_term",
    "publish_scheme",
    "recompute",
    "recompute_differing",
    "refresh_open_terms",
    "withdraw_objection",
]
