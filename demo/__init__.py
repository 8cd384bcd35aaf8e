"""The demo bureau: real county names, invented schools and people, courses written for it.

It owns no tables: everything is built through the other rooms' own services, so that what a
visitor sees is what the product does. Installed in development and tests, never in production.
Clause: "as if it had always been in use" needs something to look at from the first minute.
"""
