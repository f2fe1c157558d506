"""A fair queue before a model with few places, across all processes: `tickets.enter`."""
