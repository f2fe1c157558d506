"""A synthesis as evidence in a lab."""
