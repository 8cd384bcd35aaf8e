"""Reads of evaluation."""

from evaluation.selectors.facts import facts_of_term

__all__ = ["facts_of_term"]
