"""Reads of mentoring, for screens and for higher rooms."""

from mentoring.selectors.assignments import Gap, gaps_for, get_run_for, runs_for
from mentoring.selectors.caseload import Case, caseload_for

__all__ = ["Case", "Gap", "caseload_for", "gaps_for", "get_run_for", "runs_for"]
