"""A tool as evidence in a lab."""
