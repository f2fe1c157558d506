"""Pages of the academy, by noun."""
