"""Mentoring: every pupil has a mentor, chosen by an exact and explainable assignment.

Knows pupils and teachers (schools) and who is qualified (certification). Owns rules, limits,
conflicts, wishes, cadences, computed assignments, who is whose mentor, contacts and handovers.
Publishes MentorsAssigned, MentorChanged, CheckInLogged and CheckInVoided.
Demanded by the mentor scheme of the bureau (全员导师制).
"""
