"""Weights on this machine: the catalogue, fetching, checking, converting."""
