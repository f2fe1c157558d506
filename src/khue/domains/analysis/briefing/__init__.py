"""A brief's figures: found in its text, bound to cells of results, refreshed with them."""
