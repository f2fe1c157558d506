"""Who may do what in the academy, by noun."""
