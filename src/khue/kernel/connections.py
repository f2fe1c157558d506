"""Connections to the database are few, those who wait are many."""

from django.db import connections


def give_back() -> None:
    """This thread's connection goes back to the pool, before it waits for something else (a model, a turn, a reader);
    the next query takes one again. Not within a transaction, which needs it."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
