"""A draft as evidence in a lab."""
