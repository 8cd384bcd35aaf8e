"""The trade's arithmetic: how often a pupil is seen, how far a signal has climbed, who gets it."""
