"""Texts of one meaning together, and who speaks for each group; no model is asked."""
