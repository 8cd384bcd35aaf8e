"""Reads of mentoring, for screens and for higher rooms."""

from mentoring.selectors.assignments import Gap, gaps_for, get_run_for, runs_for

__all__ = ["Gap", "gaps_for", "get_run_for", "runs_for"]
