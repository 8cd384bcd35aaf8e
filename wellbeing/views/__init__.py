"""Pages of the locked room, and the form at its letter box."""
