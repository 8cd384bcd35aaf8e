"""Reads of the locked room, each for a viewer; and the bare cadence for the outside."""

from wellbeing.selectors.care import CareSince, all_care, care_of

__all__ = ["CareSince", "all_care", "care_of"]
