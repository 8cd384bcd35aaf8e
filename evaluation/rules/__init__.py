"""The arithmetic of evaluation: which contacts count, covered days, the indicators of a term."""
