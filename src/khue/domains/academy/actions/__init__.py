"""Writes of the academy, by noun."""
