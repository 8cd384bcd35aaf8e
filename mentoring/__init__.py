"""Mentoring: every pupil has a mentor, chosen by an exact and explainable assignment.

Knows pupils and teachers (schools). Owns the assignment of mentors.
Publishes nothing yet: its first content is the engine, which needs no database.
Demanded by the mentor scheme of the bureau (全员导师制).
"""
