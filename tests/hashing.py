"""A password hash that costs nothing, so that a suite of thousands of sign-ins stays quick."""

from accounts.hashers import MeasuredArgon2Hasher


class QuickHasher(MeasuredArgon2Hasher):
    """The product's own algorithm with the least work; the real one has tests of its own."""

    time_cost = 1
    memory_cost = 8
