"""The points of the report that is wanted, and which passages belong to each."""
