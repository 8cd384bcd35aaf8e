"""What every room needs and that knows no room.

Knows: nothing above Django.
Owns: errors, clock, outbox, jobs, audit chain, field encryption, idempotency, http.
Publishes: nothing of its own; carries the events of every room.
Demanded by: "Pay and titles hang on these figures … they must be right, explainable and private".
"""
