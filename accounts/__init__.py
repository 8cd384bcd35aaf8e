"""Who signs in, and how.

Knows: core.
Owns: users, second factor, sessions, one-time slips, notices.
Publishes: nothing yet that another room reacts to.
Demanded by: "private": each person sees what is theirs, and nobody else's.
"""
