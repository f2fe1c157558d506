"""Disclosure control: what could be learned about single people from a table, and a table from which it cannot."""
