"""A worksheet as evidence in a lab."""
