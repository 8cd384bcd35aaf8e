"""The project: settings, addresses, wiring, the home page of each role.

Knows every room; is known by none.
Owns: who reacts to what (wiring), who may open which address (access), /home/, the API's root.
Publishes: nothing.
Demanded by: "teachers taking courses, administrators verifying certificates, mentors, the public".
"""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
