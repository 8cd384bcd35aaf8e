"""Evaluation: what a term of mentoring comes to, from facts of contact alone.

Knows contacts and assignments as plain facts. Owns the definitions of the indicators.
Publishes nothing yet: its first content is the indicators, which need no database.
Demanded by the mentor scheme of the bureau (全员导师制): figures that pay hangs on.
"""
