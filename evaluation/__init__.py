"""Evaluation: what a term of mentoring comes to, from facts of contact alone.

Knows contacts and assignments as plain facts (mentoring) and who is qualified (certification).
Owns the definitions of the indicators, schemes, sheets, their notice and their freezing.
Publishes nothing: it is the last room that counts.
Demanded by the mentor scheme of the bureau (全员导师制): figures that pay hangs on.
"""
