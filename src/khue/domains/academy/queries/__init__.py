"""Reads of the academy, by noun."""
