"""Mentoring: every pupil has a mentor, chosen by an exact and explainable assignment.

Knows pupils and teachers (schools) and who is qualified (certification). Owns rules, limits,
conflicts, wishes, cadences, computed assignments, and who is whose mentor.
Publishes MentorsAssigned and MentorChanged.
Demanded by the mentor scheme of the bureau (全员导师制).
"""
