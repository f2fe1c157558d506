"""Quiz items, their marking, draws, attempts and figures: plain Python, the same for every page, file and test."""
